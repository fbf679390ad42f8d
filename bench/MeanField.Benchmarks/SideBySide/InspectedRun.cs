namespace MeanField.Benchmarks.SideBySide;

/// <summary>What an untimed run of the loop gave.</summary>
/// <param name="LargestResidual">The largest |r + γ P V − V| of any state in any policy evaluation.</param>
/// <param name="AllocatedBytesPerInner">Managed bytes an inner iteration, population steps included, after the first inner iteration.</param>
/// <param name="MeanField">μ_K by state.</param>
internal sealed record InspectedRun(double LargestResidual, double AllocatedBytesPerInner, double[] MeanField);
