namespace MeanField.Experiments.Reports;

/// <summary>How masses are placed on a colour scale. Chosen from the masses: linear where they are alike, square root where they
/// are skewed, logarithmic where a few hold nearly everything.</summary>
internal sealed class MassScale
{
    private const double LinearSkew = 6;
    private const double SquareRootSkew = 150;
    private const int MostDecades = 6;
    private const double PowerSpacing = 0.13;
    private const double NumberSpacing = 0.19;
    private readonly Func<double, double> _transform;
    private readonly bool _isLogarithmic;
    private readonly double _low;
    private readonly double _high;

    private MassScale(string name, double minimum, double maximum, Func<double, double> transform)
    {
        Name = name;
        Minimum = minimum;
        Maximum = maximum;
        _transform = transform;
        _isLogarithmic = minimum > 0;
        (_low, _high) = (transform(minimum), transform(maximum));
    }

    /// <summary><c>linear</c>, <c>square-root</c> or <c>logarithmic</c>.</summary>
    public string Name { get; }

    /// <summary>The mass at position 0; smaller ones are shown like it.</summary>
    public double Minimum { get; }

    /// <summary>The mass at position 1.</summary>
    public double Maximum { get; }

    /// <summary>Chooses the scale for masses.</summary>
    /// <param name="masses">Probabilities, at least one of them positive.</param>
    public static MassScale For(ReadOnlySpan<double> masses)
    {
        var sorted = masses.ToArray();
        Array.Sort(sorted);
        var maximum = sorted[^1] > 0 ? sorted[^1] : 1;
        var median = sorted[sorted.Length / 2];
        if (maximum <= LinearSkew * median || sorted.Length == 1)
        {
            return new MassScale("linear", 0, maximum, mass => mass);
        }

        if (maximum <= SquareRootSkew * median)
        {
            return new MassScale("square-root", 0, maximum, Math.Sqrt);
        }

        var small = sorted[sorted.Length / 20];
        var decades = small > 0 ? Math.Clamp(Math.Ceiling(Math.Log10(maximum / small)), 2, MostDecades) : MostDecades;
        return new MassScale("logarithmic", maximum * Math.Pow(10, -decades), maximum, Math.Log10);
    }

    /// <summary>The place of a mass on the scale, 0 to 1.</summary>
    public double Position(double mass) =>
        mass > Minimum ? Math.Clamp((_transform(mass) - _low) / (_high - _low), 0, 1) : 0;

    /// <summary>Labelled marks at round masses, from the largest down, far enough apart to be read.</summary>
    public IReadOnlyList<AxisTick> Ticks()
    {
        var ticks = new List<AxisTick>();
        foreach (var candidate in Candidates())
        {
            var position = Position(candidate);
            if (ticks.Count == 0 || ticks[^1].Position - position >= (_isLogarithmic ? PowerSpacing : NumberSpacing))
            {
                ticks.Add(new AxisTick(position, Label(candidate)));
            }
        }

        return ticks;
    }

    private string Label(double mass) =>
        _isLogarithmic ? DisplayNumber.PowerOfTen((int)Math.Round(Math.Log10(mass))) : DisplayNumber.Nearest(mass, 2);

    private IEnumerable<double> Candidates()
    {
        if (Name == "linear")
        {
            var step = RoundStep.AtLeast(Maximum / 5);
            for (var i = (int)Math.Floor(Maximum / step * (1 + 1e-12)); i >= 0; i--)
            {
                yield return i * step;
            }

            yield break;
        }

        int[] digits = _isLogarithmic ? [1] : [5, 2, 1];
        for (
            var decade = (int)Math.Floor(Math.Log10(Maximum));
            decade >= Math.Log10(Maximum) - MostDecades - 1;
            decade--
        )
        {
            foreach (var digit in digits)
            {
                var mass = digit * Math.Pow(10, decade);
                if (mass <= Maximum && mass >= Minimum && (_isLogarithmic || Position(mass) >= NumberSpacing))
                {
                    yield return mass;
                }
            }
        }

        if (!_isLogarithmic)
        {
            yield return 0;
        }
    }
}
