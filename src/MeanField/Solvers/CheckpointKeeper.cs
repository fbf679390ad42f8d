using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>
/// Keeps a recent state in memory, because a solve that must stop in the middle of an iteration can only be continued from before it, and hands one to the
/// caller when it is time.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class CheckpointKeeper(
    CheckpointPlan plan,
    TimeProvider clock,
    Func<StateArchive, SolverCheckpoint> save
)
{
    // At most so much is lost of what was done before the iteration that was cut short.
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(0.1);
    private const int LeastPause = 100;

    private readonly StateArchive _archive = StateArchive.ForWriting();
    private readonly long _started = clock.GetTimestamp();
    private SolverCheckpoint? _kept;
    private TimeSpan _nextKeep;
    private TimeSpan _nextStore = plan.Interval;
    private bool _isTooLarge;

    private TimeSpan Now => clock.GetElapsedTime(_started);

    /// <summary>Called before each outer iteration.</summary>
    public void BeforeIteration()
    {
        var now = Now;
        var isStoring = now >= _nextStore && _kept is not null;
        if (now < _nextKeep && !isStoring)
        {
            return;
        }

        Keep();
        _nextKeep = Now + Longer(KeepEvery, LeastPause * (Now - now));
        if (isStoring)
        {
            Store();
            _nextStore = Now + Longer(plan.Interval, LeastPause * (Now - now));
        }
    }

    /// <summary>Called at the end of a solve that has no answer.</summary>
    /// <param name="isWhole">Whether the solver stands between two iterations, as if it went on.</param>
    /// <param name="elapsed">The time spent, what the kept state does without included.</param>
    public void AtEnd(bool isWhole, TimeSpan elapsed)
    {
        if (isWhole)
        {
            Keep();
        }

        _kept = _kept is { } kept ? kept with { Elapsed = elapsed } : null;
        Store();
    }

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private void Keep()
    {
        try
        {
            _archive.Rewind();
            _kept = _isTooLarge ? null : save(_archive);
        }
        catch (NotSupportedException)
        {
            (_isTooLarge, _kept) = (true, null);
        }
    }

    private void Store()
    {
        if (_kept is { } state)
        {
            plan.Store(state);
        }
    }
}
