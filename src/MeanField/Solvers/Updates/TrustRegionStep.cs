using System.Runtime.CompilerServices;

namespace MeanField.Solvers.Updates;

/// <summary>
/// The closed form of the entropy-regularised trust-region step (MF-TRPO, equation 10; Shani et al. 2020, section 6):
/// maximise the linearised soft objective minus KL(π ‖ π_l)/t.
/// </summary>
internal static class TrustRegionStep
{
    /// <summary>
    /// logits(s, a) = (1 − η t) log π_l(a|s) + t (Q_l(s, a) − V_l(s)) for the pairs of a range of states; softmax of them is π_{l+1}.
    /// Subtracting V changes no policy and keeps the logits small, so that little is lost to rounding.
    /// </summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="start">The first state.</param>
    /// <param name="end">One past the last state.</param>
    /// <param name="temperature">η, zero or more.</param>
    /// <param name="stepSize">t, greater than zero, at most 1/η.</param>
    /// <param name="logPolicy">log π_l, length P, finite.</param>
    /// <param name="actionValues">Q_l, length P.</param>
    /// <param name="stateValues">V_l, length S.</param>
    /// <param name="logits">Length P; only the pairs of the range are written. Must not be the span of log π_l.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(
        ReadOnlySpan<int> pairOffsets,
        int start,
        int end,
        double temperature,
        double stepSize,
        ReadOnlySpan<double> logPolicy,
        ReadOnlySpan<double> actionValues,
        ReadOnlySpan<double> stateValues,
        Span<double> logits
    )
    {
        var keep = 1 - (temperature * stepSize);
        for (var s = start; s < end; s++)
        {
            var value = stateValues[s];
            for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
            {
                logits[pair] = (keep * logPolicy[pair]) + (stepSize * (actionValues[pair] - value));
            }
        }
    }

    /// <summary>t of the paper's rule in inner iteration l, from 0.</summary>
    /// <param name="iteration">l.</param>
    /// <param name="temperature">η.</param>
    /// <param name="constant">c, used where η = 0.</param>
    /// <param name="discount">γ.</param>
    /// <param name="rewardSpan">R, the largest less the smallest reward.</param>
    public static double PaperStepSize(
        int iteration,
        double temperature,
        double constant,
        double discount,
        double rewardSpan
    ) =>
        temperature > 0
            ? 1 / (temperature * (iteration + 2))
            : ConstantStepSize(temperature, constant, discount, rewardSpan) / Math.Sqrt(iteration + 1);

    /// <summary>t of the constant rule.</summary>
    /// <param name="temperature">η.</param>
    /// <param name="constant">c.</param>
    /// <param name="discount">γ.</param>
    /// <param name="rewardSpan">R; where all rewards are equal any step does, and 1 is taken.</param>
    public static double ConstantStepSize(double temperature, double constant, double discount, double rewardSpan) =>
        temperature > 0 ? constant / temperature : constant * (1 - discount) / (rewardSpan > 0 ? rewardSpan : 1);
}
