namespace MeanField.Markov;

/// <summary>Which products π(a|s) P(s'|s, a) add up to each entry of an induced chain. Immutable and safe to share between threads.</summary>
/// <param name="Offsets">One more than there are entries: the terms of entry i are <c>Offsets[i]</c> to <c>Offsets[i + 1]</c> − 1.</param>
/// <param name="Entries">The transition probability of each term, as an index into the game's stored rows.</param>
/// <param name="Pairs">The pair of each term.</param>
internal sealed record ChainTerms(int[] Offsets, int[] Entries, int[] Pairs)
{
    public static ChainTerms Create(ChainPattern pattern)
    {
        var game = pattern.Game;
        var slots = new int[game.Successors.Length];
        var offsets = new int[pattern.Columns.Length + 1];
        for (var s = 0; s < game.StateCount; s++)
        {
            var row = pattern.Columns.AsSpan(pattern.Offsets[s]..pattern.Offsets[s + 1]);
            for (var e = game.RowOffsets[game.PairOffsets[s]]; e < game.RowOffsets[game.PairOffsets[s + 1]]; e++)
            {
                slots[e] = pattern.Offsets[s] + row.BinarySearch(game.Successors[e]);
                offsets[slots[e] + 1]++;
            }
        }

        for (var slot = 0; slot < pattern.Columns.Length; slot++)
        {
            offsets[slot + 1] += offsets[slot];
        }

        var next = offsets.AsSpan(0, pattern.Columns.Length).ToArray();
        var entries = new int[slots.Length];
        var pairs = new int[slots.Length];
        for (var pair = 0; pair < game.PairCount; pair++)
        {
            for (var e = game.RowOffsets[pair]; e < game.RowOffsets[pair + 1]; e++)
            {
                var term = next[slots[e]]++;
                entries[term] = e;
                pairs[term] = pair;
            }
        }

        return new ChainTerms(offsets, entries, pairs);
    }
}
