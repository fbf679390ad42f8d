using MeanField.Solvers;

namespace MeanField.Cli;

/// <summary>Guesses how long a running solve will take from what it has reported. Exploitability falls about geometrically near an
/// equilibrium, so its logarithm is fitted by a line over the later half of its improvements; the iteration limit bounds the guess.</summary>
internal sealed class RemainingTime
{
    private const int FewestForFit = 3;
    private readonly ThinnedHistory _iterations = new();
    private readonly ThinnedHistory _logarithms = new();
    private double _first = double.PositiveInfinity;
    private double _best = double.PositiveInfinity;
    private double _seconds;

    /// <summary>The last report.</summary>
    public SolveProgress Latest { get; private set; }

    /// <summary>Outer iterations a second over the later half of the reports; 0 before there are two.</summary>
    public double Rate
    {
        get
        {
            var recent = _iterations.LaterHalf;
            return recent.Length < 2 || recent[^1].Seconds <= recent[0].Seconds
                ? 0
                : (recent[^1].Value - recent[0].Value) / (recent[^1].Seconds - recent[0].Seconds);
        }
    }

    /// <summary>The part of the way that is done, 0 to 1: iterations of the limit, samples of the budget, or orders of magnitude of
    /// exploitability of those to the tolerance, whichever is most.</summary>
    public double Fraction
    {
        get
        {
            var goal = Math.Log(Latest.Tolerance);
            var byLimit = Latest.IterationLimit > 0 ? (double)Latest.Iteration / Latest.IterationLimit : 0;
            var bySamples = Latest.SampleLimit > 0 ? (double)Latest.Samples / Latest.SampleLimit : 0;
            var byFall =
                double.IsFinite(goal) && _first > goal && double.IsFinite(_first)
                    ? (_first - _best) / (_first - goal)
                    : 0;
            return Math.Clamp(Math.Max(Math.Max(byLimit, bySamples), byFall), 0, 1);
        }
    }

    /// <summary>Seconds left until the tolerance, the iteration limit or the sample budget, whichever is expected first; <see langword="null"/> while
    /// there is too little to go by.</summary>
    public double? SecondsLeft
    {
        get
        {
            if (Rate <= 0)
            {
                return null;
            }

            var toLimit = (Latest.IterationLimit - Latest.Iteration) / Rate;
            if (Latest is { SampleLimit: > 0, Samples: > 0, Iteration: > 0 })
            {
                var samplesAnIteration = (double)Latest.Samples / Latest.Iteration;
                toLimit = Math.Min(toLimit, (Latest.SampleLimit - Latest.Samples) / samplesAnIteration / Rate);
            }

            return ToTolerance() is { } toTolerance ? Math.Min(toLimit, toTolerance) : toLimit;
        }
    }

    /// <summary>Takes a report.</summary>
    /// <param name="seconds">Seconds since the start.</param>
    /// <param name="progress">The report.</param>
    public void Add(double seconds, SolveProgress progress)
    {
        Latest = progress;
        _seconds = seconds;
        _iterations.Add(seconds, progress.Iteration);
        var logarithm = Math.Log(progress.BestRegularizedExploitability);
        if (double.IsFinite(logarithm) && logarithm < _best)
        {
            _first = double.IsFinite(_first) ? _first : logarithm;
            _best = logarithm;
            _logarithms.Add(seconds, logarithm);
        }
    }

    private double? ToTolerance()
    {
        var recent = _logarithms.LaterHalf;
        var goal = Math.Log(Latest.Tolerance);
        if (_logarithms.Count < FewestForFit || !double.IsFinite(goal))
        {
            return null;
        }

        // No improvement for longer than the whole stretch that the line is fitted to: the line no longer tells anything.
        var stretch = recent[^1].Seconds - recent[0].Seconds;
        if (_seconds - recent[^1].Seconds > stretch)
        {
            return null;
        }

        var (meanSeconds, meanLogarithm) = (0.0, 0.0);
        foreach (var (at, logarithm) in recent)
        {
            meanSeconds += at / recent.Length;
            meanLogarithm += logarithm / recent.Length;
        }

        var (covariance, variance) = (0.0, 0.0);
        foreach (var (at, logarithm) in recent)
        {
            covariance += (at - meanSeconds) * (logarithm - meanLogarithm);
            variance += (at - meanSeconds) * (at - meanSeconds);
        }

        var end = meanSeconds + ((goal - meanLogarithm) * variance / covariance);
        return covariance < 0 ? Math.Max(0, end - _seconds) : null;
    }
}
