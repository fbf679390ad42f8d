namespace MeanField.Benchmarks.SideBySide;

/// <summary>The JSON line of <c>side-by-side</c>, keys in snake case: first those of the baseline, then those that only this side has.</summary>
/// <param name="States">S.</param>
/// <param name="Pairs">P.</param>
/// <param name="InnerIterations">K · L.</param>
/// <param name="Seconds">The K outer iterations, as the solver's own clock has them.</param>
/// <param name="MicrosecondsPerInner">Seconds over inner iterations, in microseconds.</param>
/// <param name="MaxMeanField">The largest entry of the population iterate μ_K.</param>
/// <param name="SetupSeconds">What the solver does before its first iteration; not in <paramref name="Seconds"/>.</param>
/// <param name="LargestResidual">The largest Bellman residual of any policy evaluation.</param>
/// <param name="AllocatedBytesPerInner">Managed bytes allocated an inner iteration after the first.</param>
/// <param name="PeakWorkingSetMegabytes">The most memory the process ever held, warm-up included, in units of 10⁶ bytes.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="TimedRuns">How often the loop ran; <paramref name="Seconds"/> is the median of them.</param>
internal sealed record SideBySideResult(
    int States,
    int Pairs,
    long InnerIterations,
    double Seconds,
    double MicrosecondsPerInner,
    double MaxMeanField,
    double SetupSeconds,
    double LargestResidual,
    double AllocatedBytesPerInner,
    double PeakWorkingSetMegabytes,
    int Threads,
    int TimedRuns
);
