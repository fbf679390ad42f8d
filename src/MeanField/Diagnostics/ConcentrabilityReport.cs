namespace MeanField.Diagnostics;

/// <summary>Assumption A-4, that the restart law covers where the equilibrium goes. Immutable.</summary>
public sealed record ConcentrabilityReport
{
    /// <summary><see cref="AssumptionVerdict.Violated"/> where states are missed; <see cref="AssumptionVerdict.NoViolationFound"/> for a finite number,
    /// which is that of the fixed point found.</summary>
    public required AssumptionVerdict Verdict { get; init; }

    /// <summary>max_s d(s)/ν(s) with d = (1 − γ) Σ γ^t μ* (P^{π*}_{μ*})^t, or infinity.</summary>
    public required double Coefficient { get; init; }

    /// <summary>The state where that is.</summary>
    public required int WorstState { get; init; }

    /// <summary>States with d(s) &gt; 0 and ν(s) = 0.</summary>
    public required IReadOnlyList<int> MissedStates { get; init; }
}
