namespace MeanField.Solvers;

/// <summary>What a solve is given besides the game and the method's own options. The answer does not depend on any of it, except
/// on <see cref="Seed"/> where something is drawn and on where time or the caller cuts the solve short.</summary>
public sealed record SolveContext
{
    /// <summary>Worker threads, 1 to 256. Default 1. The answer is the same to the last bit for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The seed of sample-based solvers and of random starts; exact solvers draw nothing else.</summary>
    public long Seed { get; init; }

    /// <summary>The clock for time limits and for the seconds in the result.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Told after each outer iteration, on the solving thread. Must return quickly.</summary>
    public Action<SolveProgress>? Progress { get; init; }

    /// <summary>Told of each scored outer iteration, on the solving thread; of a solve that goes on from a checkpoint, first of the earlier ones. Must return quickly.</summary>
    public Action<TraceRow>? Scored { get; init; }

    /// <summary>A mean field that is known, such as that of a root found by <see cref="NewtonSolver"/>, S shares in state order; each trace row then says how
    /// far from it the crowd is. The solve takes nothing else from it.</summary>
    public IReadOnlyList<double>? Reference { get; init; }

    /// <summary>Stops the solve within one inner iteration; the best iterate so far is returned.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Saves the state of a solver of the catalogue from time to time, and goes on from one; <see langword="null"/> (default) does neither.</summary>
    public CheckpointPlan? Checkpoints { get; init; }
}
