namespace MeanField.Solvers;

/// <summary>Has a solve save its state from time to time, and lets another solve go on from it to the same bits.</summary>
/// <remarks>
/// A state belongs to one solver with its options, on one game, with one seed, in one version of this library; only threads and the limits
/// (iterations, seconds, samples, tolerance, stalling) may differ where it is continued. A solver finds out a state of another solver or size; the rest is for
/// the caller to keep apart.
/// </remarks>
public sealed record CheckpointPlan
{
    /// <summary>The least time between two calls of <see cref="Store"/> while the solve goes on; zero calls it after every outer iteration. Saving and storing take
    /// at most about one percent of the time of a solve, more seldom where they are slow.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Takes a state, on the solving thread; the memory is the solver's and good until the call returns. Called while the solve goes on, and once
    /// when it ends without an answer: then with the state from which it can be continued, which may lie a moment before the end.</summary>
    public required Action<SolverCheckpoint> Store { get; init; }

    /// <summary>The state to go on from; empty to begin at the start.</summary>
    public ReadOnlyMemory<byte> Resume { get; init; }
}
