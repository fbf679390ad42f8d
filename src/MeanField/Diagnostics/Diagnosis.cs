namespace MeanField.Diagnostics;

/// <summary>The assumptions of MF-TRPO's theory, examined on one game. Immutable.</summary>
public sealed record Diagnosis
{
    /// <summary>What was examined.</summary>
    public required DoctorOptions Options { get; init; }

    /// <summary>The seed of the random laws.</summary>
    public required long Seed { get; init; }

    /// <summary>The mean field found where Φ(μ) − μ is smallest, a fixed point of Φ as far as <see cref="Residual"/> says, by state.</summary>
    public required IReadOnlyList<double> MeanField { get; init; }

    /// <summary>‖Φ(μ) − μ‖₁ there.</summary>
    public required double Residual { get; init; }

    /// <summary>A-2.</summary>
    public required MonotonicityReport Monotonicity { get; init; }

    /// <summary>A-3.</summary>
    public required ChainReport Chain { get; init; }

    /// <summary>A-4.</summary>
    public required ConcentrabilityReport Concentrability { get; init; }

    /// <summary>η log(max A(s))/(1 − γ): the exploitability of an exact regularised equilibrium is that or less.</summary>
    public required double EntropyBiasBound { get; init; }

    /// <summary>Horizon and samples.</summary>
    public required TheoryBudget Budget { get; init; }

    /// <summary>The step sizes that the constants found promise to contract; <see langword="null"/> where A-2 is not found to hold.</summary>
    public required StepAdvice? Step { get; init; }

    /// <summary>The same from the derivative at the fixed point alone: near it, that is; <see langword="null"/> where it promises nothing or was
    /// not taken.</summary>
    public required StepAdvice? LocalStep { get; init; }

    /// <summary>Where A-2 fails: the lowest of 2, 4, ..., 64 times the temperature at which a smaller search finds no violation, or
    /// <see langword="null"/>.</summary>
    public required double? CalmTemperature { get; init; }

    /// <summary>Whether higher temperatures were tried.</summary>
    public required bool TriedTemperatures { get; init; }

    /// <summary>Whether some assumption is violated.</summary>
    public bool IsViolated =>
        Monotonicity.Verdict == AssumptionVerdict.Violated
        || Chain.Verdict == AssumptionVerdict.Violated
        || Concentrability.Verdict == AssumptionVerdict.Violated;
}
