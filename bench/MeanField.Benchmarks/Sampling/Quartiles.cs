namespace MeanField.Benchmarks.Sampling;

/// <summary>Median and quartiles of a few numbers, some of which may be infinite for what did not come within its limit. Between two ranks the numbers
/// are interpolated, and anything between a number and infinity is infinite.</summary>
/// <param name="Lower">A quarter lies below.</param>
/// <param name="Median">Half lies below.</param>
/// <param name="Upper">Three quarters lie below.</param>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <summary>The quartiles of at least one number; none of them is NaN.</summary>
    public static Quartiles Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return new Quartiles(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    /// <summary>The middle of at least one number.</summary>
    public static double MedianOf(IEnumerable<double> numbers) => Of(numbers).Median;

    private static double At(double[] sorted, double share)
    {
        var rank = share * (sorted.Length - 1);
        var (below, part) = ((int)rank, rank - (int)rank);
        if (part == 0)
        {
            return sorted[below];
        }

        return double.IsPositiveInfinity(sorted[below + 1])
            ? double.PositiveInfinity
            : sorted[below] + (part * (sorted[below + 1] - sorted[below]));
    }
}
