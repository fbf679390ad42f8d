using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Comparisons;

/// <summary>How a cell went: a stored run, or why there is none. Immutable.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Run">The stored run; <see langword="null"/> where it could not be made.</param>
/// <param name="Failure">Why not, in one line.</param>
/// <param name="IsNew">Whether it was solved now and not found in the folder.</param>
public sealed record ComparisonOutcome(ComparisonCell Cell, StoredRun? Run, string? Failure, bool IsNew);
