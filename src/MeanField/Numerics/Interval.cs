using System.Globalization;

namespace MeanField.Numerics;

/// <summary>A closed interval of doubles that contains a true value.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end, at least <paramref name="Lower"/>.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>The upper end less the lower end.</summary>
    public double Width => Upper - Lower;

    /// <summary>Whether a value lies in the interval, ends included.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>The interval as <c>[lower, upper]</c>, with all digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Lower:R}, {Upper:R}]");
}
