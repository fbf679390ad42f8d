using MeanField.Solvers;

namespace MeanField.Experiments.Reports;

/// <summary>The axis of outer iterations: linear, or logarithmic where that makes the course of a long run straighter, as it does
/// for rates such as 1/k.</summary>
internal sealed class IterationAxis
{
    private const int LeastForLogarithm = 50;
    private const double ClearlyStraighter = 0.05;
    private const double MostLabels = 6;
    private readonly int _first;
    private readonly int _last;

    private IterationAxis(int first, int last, bool isLogarithmic)
    {
        _first = first;
        _last = last;
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>Whether positions follow log(k + 1) and not k.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Chooses the axis for a trace.</summary>
    /// <param name="trace">At least one row.</param>
    public static IterationAxis For(IReadOnlyList<TraceRow> trace)
    {
        var first = trace.Min(row => row.Iteration);
        var last = trace.Max(row => row.Iteration);
        var isLogarithmic =
            last >= LeastForLogarithm
            && first < last / 10
            && Straightness(trace, Logarithm) > Straightness(trace, iteration => iteration) + ClearlyStraighter;
        return new IterationAxis(first, last, isLogarithmic);
    }

    /// <summary>The place of an iteration, 0 to 1; one half when there is only one.</summary>
    public double Position(int iteration) =>
        _first == _last ? 0.5
        : IsLogarithmic ? (Logarithm(iteration) - Logarithm(_first)) / (Logarithm(_last) - Logarithm(_first))
        : ((double)iteration - _first) / ((double)_last - _first);

    /// <summary>Labelled marks at round iterations.</summary>
    public IReadOnlyList<AxisTick> Ticks()
    {
        if (_first == _last)
        {
            return [new AxisTick(0.5, DisplayNumber.Count(_first))];
        }

        var rounds = IsLogarithmic ? PowersOfTen() : Multiples();
        return [.. rounds.Select(iteration => new AxisTick(Position(iteration), DisplayNumber.Count(iteration)))];
    }

    private static double Logarithm(int iteration) => Math.Log10(iteration + 1.0);

    private IEnumerable<int> PowersOfTen()
    {
        if (_first == 0)
        {
            yield return 0;
        }

        for (var power = _first == 0 ? 10L : 1L; power <= _last; power *= 10)
        {
            if (power >= _first)
            {
                yield return (int)power;
            }
        }
    }

    private IEnumerable<int> Multiples()
    {
        var step = (long)Math.Max(1, RoundStep.AtLeast(((double)_last - _first) / MostLabels));
        for (var iteration = (_first + step - 1) / step * step; iteration <= _last; iteration += step)
        {
            yield return (int)iteration;
        }
    }

    // The squared correlation of log φ_η with a function of the iteration: 1 when the curve is a straight line.
    private static double Straightness(IReadOnlyList<TraceRow> trace, Func<int, double> function)
    {
        var (n, x, y, xx, xy, yy) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (
            var row in trace.Where(row =>
                row.RegularizedExploitability.Upper is > LogAxis.Floor and < double.PositiveInfinity
            )
        )
        {
            var (a, b) = (function(row.Iteration), Math.Log10(row.RegularizedExploitability.Upper));
            (n, x, y, xx, xy, yy) = (n + 1, x + a, y + b, xx + (a * a), xy + (a * b), yy + (b * b));
        }

        var variances = ((n * xx) - (x * x)) * ((n * yy) - (y * y));
        var covariance = (n * xy) - (x * y);
        return variances > 0 ? covariance * covariance / variances : 0;
    }
}
