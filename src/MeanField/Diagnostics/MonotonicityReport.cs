namespace MeanField.Diagnostics;

/// <summary>Assumption A-2, strict monotonicity of the population operator Φ(μ) = μ (P^{π_μ}_μ)^M: ⟨μ − μ', Φ(μ) − Φ(μ')⟩ ≤ C ‖μ − μ'‖₂² with
/// C &lt; 1. Every number here is the largest one found, so the true one is that or more. Immutable.</summary>
public sealed record MonotonicityReport
{
    /// <summary><see cref="AssumptionVerdict.Violated"/> where the ratio of <see cref="Pair"/> less its margin is at least 1.</summary>
    public required AssumptionVerdict Verdict { get; init; }

    /// <summary>The pair with the largest ratio found; the witness of a violation. <see langword="null"/> where no two laws were compared.</summary>
    public required WitnessPair? Pair { get; init; }

    /// <summary>The largest eigenvalue found of the symmetric part of DΦ on changes with sum zero: what the ratio tends to for near pairs.
    /// −∞ where no derivative was taken.</summary>
    public required double LargestEigenvalue { get; init; }

    /// <summary>Where that is, in words; empty where no derivative was taken.</summary>
    public required string EigenvaluePlace { get; init; }

    /// <summary>C, the larger of that eigenvalue and the ratio of <see cref="Pair"/>.</summary>
    public required double Constant { get; init; }

    /// <summary>L_F, the largest ‖(Φ − id)(μ) − (Φ − id)(μ')‖₂ / ‖μ − μ'‖₂ found, pairs and derivatives.</summary>
    public required double Lipschitz { get; init; }

    /// <summary>C of the derivative at the fixed point alone, or −∞.</summary>
    public required double LocalConstant { get; init; }

    /// <summary>L_F of the derivative at the fixed point alone, or 0.</summary>
    public required double LocalLipschitz { get; init; }

    /// <summary>Laws whose image was computed.</summary>
    public required int Laws { get; init; }

    /// <summary>Pairs compared.</summary>
    public required long Pairs { get; init; }

    /// <summary>Laws at which the derivative was taken.</summary>
    public required int Derivatives { get; init; }

    /// <summary>The dimension of the space of changes that each derivative was searched in.</summary>
    public required int Dimension { get; init; }

    /// <summary>Whether that is the space of all changes, so that eigenvalues are exact where they were taken.</summary>
    public required bool IsComplete { get; init; }
}
