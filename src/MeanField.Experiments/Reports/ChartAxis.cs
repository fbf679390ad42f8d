namespace MeanField.Experiments.Reports;

/// <summary>An axis of numbers: where each has its place, from 0 to 1, and which are marked.</summary>
/// <param name="Position">The place of a number.</param>
/// <param name="Ticks">The marks.</param>
internal sealed record ChartAxis(Func<double, double> Position, IReadOnlyList<AxisTick> Ticks)
{
    private const double MostLabels = 6;
    private const double LogarithmFrom = 10;
    private const int LogarithmFromIterations = 50;

    /// <summary>A logarithmic axis; zero has its place at the low end.</summary>
    public static ChartAxis Logarithmic(IEnumerable<double> values)
    {
        var axis = LogAxis.Covering(values);
        return new ChartAxis(axis.Position, axis.Ticks());
    }

    /// <summary>A linear axis that just covers all finite values.</summary>
    public static ChartAxis Linear(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        if (low == high)
        {
            return new ChartAxis(_ => 0.5, [new AxisTick(0.5, DisplayNumber.Nearest(low))]);
        }

        var step = RoundStep.AtLeast((high - low) / MostLabels);
        var ticks = new List<AxisTick>();
        for (var multiple = Math.Ceiling((low / step) - 1e-9); multiple * step <= high + (1e-9 * step); multiple++)
        {
            ticks.Add(new AxisTick(Place(multiple * step), DisplayNumber.Nearest(multiple * step)));
        }

        return new ChartAxis(Place, ticks);

        double Place(double value) => Math.Clamp((value - low) / (high - low), 0, 1);
    }

    /// <summary>The axis of a swept number: logarithmic where all values are positive and the largest is ten times the least.</summary>
    public static ChartAxis Swept(IReadOnlyList<double> values) =>
        values.Min() > 0 && values.Max() >= LogarithmFrom * values.Min() ? Logarithmic(values) : Linear(values);

    /// <summary>The axis of outer iterations from 0: linear for few, otherwise spaced as log(k + 1).</summary>
    public static ChartAxis Iterations(int last)
    {
        if (last < LogarithmFromIterations)
        {
            return Linear([0, Math.Max(1, last)]);
        }

        var ticks = new List<AxisTick> { new(0, "0") };
        for (var power = 10L; power <= last; power *= 10)
        {
            ticks.Add(new AxisTick(Place(power), DisplayNumber.Count(power)));
        }

        return new ChartAxis(Place, ticks);

        double Place(double iteration) => Math.Log10(iteration + 1) / Math.Log10(last + 1.0);
    }
}
