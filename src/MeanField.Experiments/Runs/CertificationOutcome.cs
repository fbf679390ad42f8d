using MeanField.Equilibrium;

namespace MeanField.Experiments.Runs;

/// <summary>What certifying a stored run came to. Immutable.</summary>
/// <param name="Stored">The record in run.json.</param>
/// <param name="Recomputed">The certificate recomputed from the game, the policy and the mean field in the files, or
/// <see langword="null"/> when they are not a policy and a mean field of the game.</param>
/// <param name="Findings">Everything that does not hold, each a sentence with the place, what was found and what was expected.</param>
public sealed record CertificationOutcome(RunRecord Stored, Certificate? Recomputed, IReadOnlyList<string> Findings)
{
    /// <summary>Whether the stored run is what it says it is.</summary>
    public bool Holds => Findings.Count == 0;
}
