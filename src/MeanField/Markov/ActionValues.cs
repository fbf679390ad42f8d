using System.Runtime.CompilerServices;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>One-step look-ahead values.</summary>
internal static class ActionValues
{
    /// <summary>
    /// Q(s, a) = r(s, a, μ) + γ Σ_s' P(s' | s, a, μ) V(s') for the pairs of a range of states. The current step's own −η log π(a|s) is not
    /// in Q; the entropy of later steps is in V.
    /// </summary>
    /// <param name="mdp">The game at μ.</param>
    /// <param name="blocks">The kernel laid out for vectors, or <see langword="null"/> to read its sparse rows.</param>
    /// <param name="stateValues">V, length S.</param>
    /// <param name="actionValues">Q, length P; only the pairs of the range are written.</param>
    /// <param name="start">The first state.</param>
    /// <param name="end">One past the last state.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Compute(
        FrozenMdp mdp,
        ActionBlocks? blocks,
        double[] stateValues,
        double[] actionValues,
        int start,
        int end
    )
    {
        if (blocks is not null)
        {
            blocks.LookAhead(mdp, stateValues, actionValues, start, end);
            return;
        }

        var (first, last) = (mdp.Game.PairOffsets[start], mdp.Game.PairOffsets[end]);
        var discount = mdp.Game.Discount;
        ArgumentOutOfRangeException.ThrowIfLessThan(stateValues.Length, mdp.Game.StateCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(actionValues.Length, last);
        fixed (
            int* rowOffsets = mdp.Game.RowOffsets,
                successors = mdp.Game.Successors
        )
        fixed (
            double* probabilities = mdp.Probabilities,
                rewards = mdp.Rewards,
                values = stateValues,
                result = actionValues
        )
        {
            var e = rowOffsets[first];
            for (var pair = first; pair < last; pair++)
            {
                var sum = 0.0;
                for (var rowEnd = rowOffsets[pair + 1]; e < rowEnd; e++)
                {
                    sum = Math.FusedMultiplyAdd(probabilities[e], values[successors[e]], sum);
                }

                result[pair] = Math.FusedMultiplyAdd(discount, sum, rewards[pair]);
            }
        }
    }
}
