namespace MeanField.Solvers.Updates;

/// <summary>The policy that takes the best action.</summary>
internal static class GreedyStep
{
    /// <summary>π(a|s) = 1 for the first a that maximises Q(s, ·), and 0 for the others.</summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="actionValues">Q, length P.</param>
    /// <param name="probabilities">Length P, overwritten.</param>
    public static void Apply(
        ReadOnlySpan<int> pairOffsets,
        ReadOnlySpan<double> actionValues,
        Span<double> probabilities
    )
    {
        probabilities.Clear();
        for (var s = 0; s < pairOffsets.Length - 1; s++)
        {
            var best = pairOffsets[s];
            for (var pair = best + 1; pair < pairOffsets[s + 1]; pair++)
            {
                best = actionValues[pair] > actionValues[best] ? pair : best;
            }

            probabilities[best] = 1;
        }
    }
}
