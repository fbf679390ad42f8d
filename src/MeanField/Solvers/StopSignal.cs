namespace MeanField.Solvers;

/// <summary>Whether a solve must stop before its work is done: the caller wants it to, or the time limit has passed. The clock starts with it.</summary>
internal sealed class StopSignal(SolveContext context, double timeLimit)
{
    private readonly long _started = context.Clock.GetTimestamp();

    /// <summary>Time spent in processes that worked on the solve before.</summary>
    public TimeSpan Earlier { get; set; }

    /// <summary>Time spent so far, the earlier included.</summary>
    public TimeSpan Elapsed => Earlier + context.Clock.GetElapsedTime(_started);

    /// <summary>Why it must stop now, or <see langword="null"/>.</summary>
    public SolveStatus? Reason =>
        context.Cancellation.IsCancellationRequested ? SolveStatus.Cancelled
        : timeLimit > 0 && Elapsed.TotalSeconds >= timeLimit ? SolveStatus.TimeLimit
        : null;
}
