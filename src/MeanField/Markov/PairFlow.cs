using System.Runtime.CompilerServices;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>Sums over the transitions of all pairs, weighted by numbers that are no policy and may have either sign.</summary>
internal static class PairFlow
{
    /// <summary>destination(s') = Σ_{s,a} x(s, a) P(s' | s, a): where the mass of all pairs goes.</summary>
    /// <param name="mdp">P.</param>
    /// <param name="mass">x, length P.</param>
    /// <param name="destination">Length S, overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Push(FrozenMdp mdp, ReadOnlySpan<double> mass, Span<double> destination)
    {
        destination.Clear();
        fixed (
            int* rowOffsets = mdp.Game.RowOffsets,
                successors = mdp.Game.Successors
        )
        fixed (
            double* probabilities = mdp.Probabilities,
                moved = destination
        )
        {
            for (int pair = 0, e = 0; pair < mass.Length; pair++)
            {
                var weight = mass[pair];
                for (var rowEnd = rowOffsets[pair + 1]; e < rowEnd; e++)
                {
                    moved[successors[e]] = Math.FusedMultiplyAdd(weight, probabilities[e], moved[successors[e]]);
                }
            }
        }
    }

    /// <summary>expected(s, a) = Σ_s' P(s' | s, a) x(s').</summary>
    /// <param name="mdp">P.</param>
    /// <param name="values">x, length S.</param>
    /// <param name="expected">Length P, overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Expect(FrozenMdp mdp, ReadOnlySpan<double> values, Span<double> expected)
    {
        fixed (
            int* rowOffsets = mdp.Game.RowOffsets,
                successors = mdp.Game.Successors
        )
        fixed (
            double* probabilities = mdp.Probabilities,
                x = values
        )
        {
            for (int pair = 0, e = 0; pair < expected.Length; pair++)
            {
                var sum = 0.0;
                for (var rowEnd = rowOffsets[pair + 1]; e < rowEnd; e++)
                {
                    sum = Math.FusedMultiplyAdd(probabilities[e], x[successors[e]], sum);
                }

                expected[pair] = sum;
            }
        }
    }
}
