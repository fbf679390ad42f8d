using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MeanField.Games;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// The transition probabilities of a game laid out for vectors: for each state and each state that any action can lead to, the
/// probabilities of all actions side by side, padded with zeros to whole vectors. Look-ahead and induced chain then do all actions at once.
/// Immutable and safe to share between threads.
/// </summary>
internal sealed class ActionBlocks
{
    private const int Lanes = 8;

    // Where actions lead to quite different states, padding would cost more than vectors gain.
    private const int LargestPadding = 3;

    // One row of a policy is padded on the stack.
    private const int LargestWidth = 1024;

    private readonly ChainPattern _pattern;
    private readonly double[] _probabilities;
    private readonly int _width;

    private ActionBlocks(ChainPattern pattern, int width, double[] probabilities)
    {
        _pattern = pattern;
        _width = width;
        _probabilities = probabilities;
    }

    /// <summary>Lays a game out, or returns <see langword="null"/> where its transitions depend on the mean field or would be padded too much.</summary>
    public static ActionBlocks? TryCreate(ChainPattern pattern)
    {
        var game = pattern.Game;
        var width = (game.MaximumActionCount + Lanes - 1) / Lanes * Lanes;
        var size = (long)pattern.Columns.Length * width;
        if (
            game.Coupling == MeanFieldCoupling.RewardsAndTransitions
            || size > LargestPadding * (long)game.Successors.Length
            || width > LargestWidth
            || size > Array.MaxLength
        )
        {
            return null;
        }

        var probabilities = new double[size];
        for (var s = 0; s < game.StateCount; s++)
        {
            var row = pattern.Columns.AsSpan(pattern.Offsets[s]..pattern.Offsets[s + 1]);
            for (var pair = game.PairOffsets[s]; pair < game.PairOffsets[s + 1]; pair++)
            {
                for (var e = game.RowOffsets[pair]; e < game.RowOffsets[pair + 1]; e++)
                {
                    var slot = pattern.Offsets[s] + row.BinarySearch(game.Successors[e]);
                    probabilities[(slot * width) + pair - game.PairOffsets[s]] = game.Probabilities[e];
                }
            }
        }

        return new ActionBlocks(pattern, width, probabilities);
    }

    /// <summary>Q(s, a) = r(s, a, μ) + γ Σ P V for the pairs of a range of states, as <see cref="ActionValues.Compute"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void LookAhead(FrozenMdp mdp, double[] stateValues, double[] actionValues, int start, int end)
    {
        var lastPair = mdp.Game.PairOffsets[end];
        var discount = Vector512.Create(mdp.Game.Discount);
        var width = _width;
        var padded = stackalloc double[Lanes];
        fixed (
            int* offsets = _pattern.Offsets,
                columns = _pattern.Columns,
                pairOffsets = mdp.Game.PairOffsets
        )
        fixed (
            double* probabilities = _probabilities,
                values = stateValues,
                rewards = mdp.Rewards,
                result = actionValues
        )
        {
            for (var s = start; s < end; s++)
            {
                for (var group = 0; group < width; group += Lanes)
                {
                    var sum = Vector512<double>.Zero;
                    for (int slot = offsets[s], rowEnd = offsets[s + 1]; slot < rowEnd; slot++)
                    {
                        var block = Vector512.Load(probabilities + ((long)slot * width) + group);
                        sum = Vector512.FusedMultiplyAdd(block, Vector512.Create(values[columns[slot]]), sum);
                    }

                    // A whole vector may run into the pairs of the next states, which are written after these; not beyond the range.
                    var pair = pairOffsets[s] + group;
                    if (pair + Lanes <= lastPair)
                    {
                        Vector512.FusedMultiplyAdd(discount, sum, Vector512.Load(rewards + pair)).Store(result + pair);
                        continue;
                    }

                    sum.Store(padded);
                    for (var a = 0; pair + a < pairOffsets[s + 1] && a < Lanes; a++)
                    {
                        result[pair + a] = Math.FusedMultiplyAdd(mdp.Game.Discount, padded[a], rewards[pair + a]);
                    }
                }
            }
        }
    }

    /// <summary>P^π(s, s') = Σ_a π(a|s) P(s'|s, a) for the chain rows of a range of states.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Induce(double[] policy, double[] chainValues, int start, int end)
    {
        var width = _width;
        var padded = stackalloc double[width];
        new Span<double>(padded, width).Clear();
        fixed (
            int* offsets = _pattern.Offsets,
                pairOffsets = _pattern.Game.PairOffsets
        )
        fixed (
            double* probabilities = _probabilities,
                weights = policy,
                result = chainValues
        )
        {
            for (var s = start; s < end; s++)
            {
                // What follows the state's own pairs meets zeros in the block; at the very end there is nothing to read.
                var row = weights + pairOffsets[s];
                if (pairOffsets[s] + width > policy.Length)
                {
                    policy.AsSpan(pairOffsets[s]..pairOffsets[s + 1]).CopyTo(new Span<double>(padded, width));
                    row = padded;
                }

                for (int slot = offsets[s], rowEnd = offsets[s + 1]; slot < rowEnd; slot++)
                {
                    var sum = Vector512<double>.Zero;
                    for (var group = 0; group < width; group += Lanes)
                    {
                        var block = Vector512.Load(probabilities + ((long)slot * width) + group);
                        sum = Vector512.FusedMultiplyAdd(block, Vector512.Load(row + group), sum);
                    }

                    result[slot] = Vector512.Sum(sum);
                }
            }
        }
    }
}
