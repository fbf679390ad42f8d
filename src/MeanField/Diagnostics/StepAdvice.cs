namespace MeanField.Diagnostics;

/// <summary>What a strictly monotone operator promises for μ ← (1 − β) μ + β Φ(μ): ‖μ_{k+1} − μ*‖² ≤ (1 − 2 β (1 − C) + β² L²) ‖μ_k − μ*‖². Immutable.</summary>
/// <param name="Constant">C, less than 1.</param>
/// <param name="Lipschitz">L of Φ − id, greater than 0.</param>
public sealed record StepAdvice(double Constant, double Lipschitz)
{
    /// <summary>2 (1 − C)/L²: every smaller β contracts.</summary>
    public double Limit => 2 * (1 - Constant) / (Lipschitz * Lipschitz);

    /// <summary>β = (1 − C)/L², at most 1.</summary>
    public double Best => Math.Min(1, Limit / 2);

    /// <summary>What is left of the distance to μ* after an iteration with <see cref="Best"/>.</summary>
    public double Factor =>
        Math.Sqrt(Math.Max(0, 1 - (2 * Best * (1 - Constant)) + (Best * Best * Lipschitz * Lipschitz)));

    /// <summary>The advice for constants, or <see langword="null"/> where they promise nothing.</summary>
    public static StepAdvice? Create(double constant, double lipschitz) =>
        constant < 1 && lipschitz > 0 && double.IsFinite(constant) ? new StepAdvice(constant, lipschitz) : null;
}
