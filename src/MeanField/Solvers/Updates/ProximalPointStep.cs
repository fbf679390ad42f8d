namespace MeanField.Solvers.Updates;

/// <summary>The regularised mirror-descent step towards a proximal point (Isobe, Abe, Ariu 2024, algorithm 1).</summary>
internal static class ProximalPointStep
{
    /// <summary>
    /// logits(s, a) = λη log σ(a|s) + (1 − λη) log π(a|s) + η (Q(s, a) − V(s)); softmax of them is the next policy, the maximiser of
    /// (η/(1 − λη)) (Σ p Q − λ KL(p ‖ σ)) − KL(p ‖ π). Subtracting V changes no policy and keeps the logits small.
    /// </summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="learningRate">η, with λη less than 1.</param>
    /// <param name="weight">λ.</param>
    /// <param name="logReference">log σ, length P, finite.</param>
    /// <param name="actionValues">Q, length P.</param>
    /// <param name="stateValues">V, length S.</param>
    /// <param name="logPolicy">Length P: log π on entry, the logits on return.</param>
    public static void Apply(
        ReadOnlySpan<int> pairOffsets,
        double learningRate,
        double weight,
        ReadOnlySpan<double> logReference,
        ReadOnlySpan<double> actionValues,
        ReadOnlySpan<double> stateValues,
        Span<double> logPolicy
    )
    {
        var pull = weight * learningRate;
        for (var s = 0; s < stateValues.Length; s++)
        {
            for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
            {
                logPolicy[pair] =
                    (pull * logReference[pair])
                    + ((1 - pull) * logPolicy[pair])
                    + (learningRate * (actionValues[pair] - stateValues[s]));
            }
        }
    }
}
