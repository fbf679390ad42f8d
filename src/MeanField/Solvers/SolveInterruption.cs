namespace MeanField.Solvers;

/// <summary>When long computations of a solve are to be left: on request or at the time limit, by timers of the context's clock, but not while there is
/// grace, as for a score that is mostly done in a moment.</summary>
internal sealed class SolveInterruption(SolveContext context, double timeLimit) : IDisposable
{
    // Seconds that a timer can be set to.
    private const double LongestTimer = 4e6;
    private static readonly TimeSpan Preparation = TimeSpan.FromSeconds(0.6);

    private readonly CancellationTokenSource? _limit = timeLimit is > 0 and < LongestTimer
        ? new CancellationTokenSource(TimeSpan.FromSeconds(timeLimit), context.Clock)
        : null;

    private CancellationTokenSource _grace = new(Preparation, context.Clock);

    /// <summary>Whether the limit does not count: what was stored is taken up even where it is spent.</summary>
    public bool IgnoresLimit { get; set; }

    /// <summary>The exception to leave by, or <see langword="null"/> to go on.</summary>
    public SolveStoppedException? Reason()
    {
        var isCancelled = context.Cancellation.IsCancellationRequested;
        var isLate = !IgnoresLimit && _limit is { IsCancellationRequested: true };
        return (isCancelled || isLate) && _grace.IsCancellationRequested
            ? new SolveStoppedException(isCancelled ? SolveStatus.Cancelled : SolveStatus.TimeLimit)
            : null;
    }

    /// <summary>Begins a grace.</summary>
    public void GiveGrace(TimeSpan time)
    {
        _grace.Dispose();
        _grace = new CancellationTokenSource(time, context.Clock);
    }

    /// <summary>Ends it before its time.</summary>
    public void EndGrace() => _grace.Cancel();

    /// <inheritdoc />
    public void Dispose()
    {
        _limit?.Dispose();
        _grace.Dispose();
    }
}
