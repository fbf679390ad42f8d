namespace MeanField.Solvers.Updates;

/// <summary>The average of the policies of fictitious play: each counts in a state as much as its population was there.</summary>
internal static class OccupancyAverage
{
    /// <summary>
    /// Adds a policy to the sums n(s, a) = Σ_i μ_i(s) π_i(a|s) and normalises them: π̄(a|s) = n(s, a) / Σ_b n(s, b) (Perrin et al. 2020). In a state
    /// where no population was, π̄ is the policy added (ours).
    /// </summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="population">μ_i, length S.</param>
    /// <param name="policy">π_i, length P.</param>
    /// <param name="sums">n, length P.</param>
    /// <param name="average">π̄, length P, overwritten.</param>
    public static void Add(
        ReadOnlySpan<int> pairOffsets,
        ReadOnlySpan<double> population,
        ReadOnlySpan<double> policy,
        Span<double> sums,
        Span<double> average
    )
    {
        for (var s = 0; s < population.Length; s++)
        {
            var total = 0.0;
            for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
            {
                sums[pair] += population[s] * policy[pair];
                total += sums[pair];
            }

            for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
            {
                average[pair] = total > 0 ? sums[pair] / total : policy[pair];
            }
        }
    }
}
