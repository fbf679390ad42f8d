namespace MeanField.Solvers.Updates;

/// <summary>The dual step of online mirror descent (Perolat et al. 2021, algorithm 1).</summary>
internal static class MirrorDescentStep
{
    /// <summary>y(s, a) ← y(s, a) + α (Q(s, a) − V(s)); softmax of y is the next policy. Subtracting V changes no policy and keeps y small.</summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="learningRate">α.</param>
    /// <param name="actionValues">Q, length P.</param>
    /// <param name="stateValues">V, length S.</param>
    /// <param name="dual">y, length P.</param>
    public static void Apply(
        ReadOnlySpan<int> pairOffsets,
        double learningRate,
        ReadOnlySpan<double> actionValues,
        ReadOnlySpan<double> stateValues,
        Span<double> dual
    )
    {
        for (var s = 0; s < stateValues.Length; s++)
        {
            for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
            {
                dual[pair] += learningRate * (actionValues[pair] - stateValues[s]);
            }
        }
    }
}
