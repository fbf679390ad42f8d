namespace MeanField.Experiments.Sweeps;

/// <summary>
/// The median of some numbers and the two numbers that cut off a quarter at each end. They are always numbers of the sample, and where a cut falls between
/// two the larger one, so that of proved upper ends none is made smaller and one that is infinite never spoils a finite neighbour.
/// </summary>
/// <param name="Lower">A quarter of the numbers, rounded down, are before it.</param>
/// <param name="Median">A half of them, rounded down.</param>
/// <param name="Upper">Three quarters, rounded down.</param>
public readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>Those of numbers; NaN where there are none.</summary>
    public static Quartiles Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        var count = sorted.Count;
        return count == 0
            ? new Quartiles(double.NaN, double.NaN, double.NaN)
            : new Quartiles(sorted[count / 4], sorted[count / 2], sorted[3 * count / 4]);
    }
}
