namespace MeanField.Diagnostics;

/// <summary>What the finite-sample theory of MF-TRPO prescribes for a target. Immutable.</summary>
/// <param name="Target">ε.</param>
/// <param name="ReturnSpan">r, the span of soft returns at the fixed point: (max r − min r + η log max A(s))/(1 − γ).</param>
/// <param name="Horizon">T = ⌈log(8 r/ε)/(1 − γ)⌉ (paper, section 5, with the sign of the horizon corrected).</param>
public sealed record TheoryBudget(double Target, double ReturnSpan, int Horizon)
{
    /// <summary>(r/ε)⁶: the Õ(1/ε⁶) samples of the paper with every constant and logarithm it hides set to one. An order of magnitude at best.</summary>
    public double Samples => Math.Pow(Math.Max(1, ReturnSpan / Target), 6);
}
