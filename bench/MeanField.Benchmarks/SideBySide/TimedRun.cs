namespace MeanField.Benchmarks.SideBySide;

/// <summary>What a timed run of the loop gave.</summary>
/// <param name="SetupSeconds">Before the first iteration: buffers, the pattern of the chain, the elimination plan.</param>
/// <param name="LoopSeconds">The K outer iterations.</param>
/// <param name="MeanField">μ_K by state.</param>
internal sealed record TimedRun(double SetupSeconds, double LoopSeconds, double[] MeanField);
