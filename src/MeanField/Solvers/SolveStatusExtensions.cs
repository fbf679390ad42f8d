namespace MeanField.Solvers;

/// <summary>The one test of success, and the status as text.</summary>
public static class SolveStatusExtensions
{
    /// <summary>Whether the solve reached its tolerance.</summary>
    public static bool IsSuccess(this SolveStatus status) => status == SolveStatus.Converged;

    /// <summary>The status as it stands in files: <c>converged</c>, <c>iteration-limit</c> and so on.</summary>
    public static string Text(this SolveStatus status) =>
        status switch
        {
            SolveStatus.Converged => "converged",
            SolveStatus.IterationLimit => "iteration-limit",
            SolveStatus.TimeLimit => "time-limit",
            SolveStatus.SampleLimit => "sample-limit",
            SolveStatus.Stalled => "stalled",
            SolveStatus.Diverged => "diverged",
            SolveStatus.SimulatorFailed => "simulator-failed",
            _ => "cancelled",
        };
}
