using System.Runtime.InteropServices;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// Where P^π can be positive whatever the policy, and which products π(a|s) P(s'|s, a) add up to each entry. Immutable, but for what
/// is made at first use; safe to share between threads.
/// </summary>
internal sealed class ChainPattern
{
    private readonly Lazy<EliminationPlan?> _plan;
    private readonly Lazy<ColorOrder> _colors;

    public ChainPattern(TabularGame game)
    {
        Game = game;
        Offsets = new int[game.StateCount + 1];
        var slots = new int[game.Successors.Length];
        Columns = FindColumns(game, Offsets, slots);
        TermOffsets = new int[Columns.Length + 1];
        TermEntries = new int[slots.Length];
        TermPairs = new int[slots.Length];
        ListTerms(slots);
        _plan = new Lazy<EliminationPlan?>(() =>
            EliminationPlan.TryCreate(SymmetricGraph.FromPattern(Offsets, Columns), Columns)
        );
        _colors = new Lazy<ColorOrder>(() => ColorOrder.Create(SymmetricGraph.FromPattern(Offsets, Columns)));
    }

    public TabularGame Game { get; }

    /// <summary>Row offsets, length S + 1.</summary>
    public int[] Offsets { get; }

    /// <summary>Successor states, ascending within a row.</summary>
    public int[] Columns { get; }

    /// <summary>One more than there are entries: the terms of entry i are <c>TermOffsets[i]</c> to <c>TermOffsets[i + 1]</c> − 1.</summary>
    public int[] TermOffsets { get; }

    /// <summary>The transition probability of each term, as an index into the game's stored rows.</summary>
    public int[] TermEntries { get; }

    /// <summary>The pair of each term.</summary>
    public int[] TermPairs { get; }

    /// <summary>The elimination plan, or <see langword="null"/> when the factors would be too large.</summary>
    public EliminationPlan? Plan => _plan.Value;

    /// <summary>The order of sweeps.</summary>
    public ColorOrder Colors => _colors.Value;

    private static int[] FindColumns(TabularGame game, int[] offsets, int[] slots)
    {
        var columns = new List<int>(game.StateCount * 4);
        for (var s = 0; s < game.StateCount; s++)
        {
            var first = game.RowOffsets[game.PairOffsets[s]];
            var entries = game.Successors[first..game.RowOffsets[game.PairOffsets[s + 1]]];
            var sorted = entries.ToArray();
            Array.Sort(sorted);
            foreach (var column in sorted)
            {
                if (columns.Count == offsets[s] || columns[^1] != column)
                {
                    columns.Add(column);
                }
            }

            offsets[s + 1] = columns.Count;
            var distinct = CollectionsMarshal.AsSpan(columns)[offsets[s]..];
            for (var e = 0; e < entries.Length; e++)
            {
                slots[first + e] = offsets[s] + distinct.BinarySearch(entries[e]);
            }
        }

        return [.. columns];
    }

    private void ListTerms(int[] slots)
    {
        foreach (var slot in slots)
        {
            TermOffsets[slot + 1]++;
        }

        for (var slot = 0; slot < Columns.Length; slot++)
        {
            TermOffsets[slot + 1] += TermOffsets[slot];
        }

        var next = TermOffsets.AsSpan(0, Columns.Length).ToArray();
        for (var pair = 0; pair < Game.PairCount; pair++)
        {
            for (var e = Game.RowOffsets[pair]; e < Game.RowOffsets[pair + 1]; e++)
            {
                var term = next[slots[e]]++;
                TermEntries[term] = e;
                TermPairs[term] = pair;
            }
        }
    }
}
