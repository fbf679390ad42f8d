namespace MeanField.Experiments.Reports;

/// <summary>Round numbers for axes.</summary>
internal static class RoundStep
{
    /// <summary>The smallest of 1, 2 and 5 times a power of ten that is at least a value.</summary>
    /// <param name="value">A positive number.</param>
    public static double AtLeast(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (value / power) switch
        {
            <= 1 + 1e-9 => power,
            <= 2 + 1e-9 => 2 * power,
            <= 5 + 1e-9 => 5 * power,
            _ => 10 * power,
        };
    }
}
