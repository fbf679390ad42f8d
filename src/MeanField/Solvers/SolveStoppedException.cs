namespace MeanField.Solvers;

/// <summary>A solve had to stop before anything was certified, so that there is no answer, not even a bad one.</summary>
public sealed class SolveStoppedException : OperationCanceledException
{
    /// <summary>Describes the stop.</summary>
    /// <param name="status">Why it stopped: <see cref="SolveStatus.Cancelled"/> or <see cref="SolveStatus.TimeLimit"/>.</param>
    public SolveStoppedException(SolveStatus status)
        : base(
            status == SolveStatus.TimeLimit
                ? "the time limit came before anything was certified, so there is no result"
                : "stopped before anything was certified, so there is no result"
        ) => Status = status;

    /// <summary>Why it stopped: <see cref="SolveStatus.Cancelled"/> or <see cref="SolveStatus.TimeLimit"/>.</summary>
    public SolveStatus Status { get; }
}
