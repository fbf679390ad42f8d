namespace MeanField.Experiments.Reports;

/// <summary>A logarithmic axis from one power of ten to another.</summary>
internal sealed class LogAxis
{
    /// <summary>The smallest value told apart: smaller ones and zero are shown at it.</summary>
    public const double Floor = 1e-16;

    private const int MostLabels = 9;
    private static readonly int[] IntermediateDigits = [2, 5];

    private LogAxis(int lowDecade, int highDecade)
    {
        LowDecade = lowDecade;
        HighDecade = highDecade;
    }

    /// <summary>The exponent at the low end.</summary>
    public int LowDecade { get; }

    /// <summary>The exponent at the high end.</summary>
    public int HighDecade { get; }

    /// <summary>The shortest axis of whole decades that shows all values.</summary>
    /// <param name="values">Any numbers; those that are not finite or not positive have no place and are ignored.</param>
    public static LogAxis Covering(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(value => value > 0 && double.IsFinite(value)))
        {
            var shown = Math.Log10(Math.Max(value, Floor));
            (low, high) = (Math.Min(low, shown), Math.Max(high, shown));
        }

        if (low > high)
        {
            return new LogAxis((int)Math.Log10(Floor), 0);
        }

        // A value such as 1e-9 must not open another decade because its logarithm was rounded.
        var lowDecade = (int)Math.Floor(low + 1e-9);
        return new LogAxis(lowDecade, Math.Max((int)Math.Ceiling(high - 1e-9), lowDecade + 1));
    }

    /// <summary>The place of a value, 0 to 1; that of zero is 0.</summary>
    public double Position(double value) =>
        Math.Clamp((Math.Log10(Math.Max(value, Floor)) - LowDecade) / (HighDecade - LowDecade), 0, 1);

    /// <summary>One mark a decade, every one, second or n-th labelled so that labels do not crowd; on one or two decades also
    /// labelled marks at 2 and 5.</summary>
    public IReadOnlyList<AxisTick> Ticks()
    {
        var decades = HighDecade - LowDecade;
        var stride = (decades + MostLabels - 1) / MostLabels;
        var ticks = new List<AxisTick>();
        for (var decade = LowDecade; decade <= HighDecade; decade++)
        {
            var isLabelled = (HighDecade - decade) % stride == 0;
            var label =
                decades <= 3 ? DisplayNumber.Nearest(Math.Pow(10, decade), 1) : DisplayNumber.PowerOfTen(decade);
            ticks.Add(new AxisTick((double)(decade - LowDecade) / decades, isLabelled ? label : ""));
            if (decades <= 2 && decade < HighDecade)
            {
                ticks.AddRange(
                    IntermediateDigits.Select(digit => new AxisTick(
                        (Math.Log10(digit) + decade - LowDecade) / decades,
                        DisplayNumber.Nearest(digit * Math.Pow(10, decade), 1)
                    ))
                );
            }
        }

        return ticks;
    }
}
