using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Sampling;

/// <summary>Alias tables of all rows of a kernel, laid out like the kernel.</summary>
internal static class KernelAliases
{
    /// <summary>Builds the tables of a range of pairs.</summary>
    /// <param name="game">The game.</param>
    /// <param name="probabilities">One number a stored entry.</param>
    /// <param name="start">The first pair.</param>
    /// <param name="end">One past the last pair.</param>
    /// <param name="thresholds">One number a stored entry.</param>
    /// <param name="aliases">One number a stored entry, counted from 0 within its row.</param>
    public static void Build(
        TabularGame game,
        ReadOnlySpan<double> probabilities,
        int start,
        int end,
        Span<double> thresholds,
        Span<int> aliases
    )
    {
        var longest = 0;
        for (var pair = start; pair < end; pair++)
        {
            longest = Math.Max(longest, game.RowOffsets[pair + 1] - game.RowOffsets[pair]);
        }

        var scratch = new int[longest];
        for (var pair = start; pair < end; pair++)
        {
            var row = game.RowOffsets[pair]..game.RowOffsets[pair + 1];
            AliasTable.Build(probabilities[row], thresholds[row], aliases[row], scratch);
        }
    }
}
