namespace MeanField.Solvers;

/// <summary>How a solve ended. Only <see cref="Converged"/> is success: <see cref="SolveStatusExtensions.IsSuccess"/>.</summary>
public enum SolveStatus
{
    /// <summary>The certified upper end of the regularised exploitability is at most the tolerance.</summary>
    Converged,

    /// <summary>All outer iterations were done first. Allow more, or take a larger population step if progress was steady.</summary>
    IterationLimit,

    /// <summary>The time limit came first.</summary>
    TimeLimit,

    /// <summary>The sample budget came first (sample-based solvers).</summary>
    SampleLimit,

    /// <summary>
    /// The best certified regularised exploitability has not improved for many scored iterations: the iterates rest away from the
    /// equilibrium or circle around it. Try more inner iterations, a smaller population step or a higher temperature. Of Newton's method: no start
    /// led to a root.
    /// </summary>
    Stalled,

    /// <summary>
    /// The iterates move away from the best one seen, or stopped being finite numbers. Try a smaller population step or a higher
    /// temperature; the game may not be monotone.
    /// </summary>
    Diverged,

    /// <summary>The caller asked to stop.</summary>
    Cancelled,

    /// <summary>A simulator threw or answered what no simulator may; what was computed before is kept.</summary>
    SimulatorFailed,
}
