using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// Where P^π can be positive whatever the policy, and which products π(a|s) P(s'|s, a) add up to each entry. Immutable, but for what
/// is made at first use and <see cref="Interruption"/>; safe to share between threads.
/// </summary>
internal sealed class ChainPattern
{
    private readonly Lazy<EliminationPlan?> _plan;
    private readonly Lazy<ColorOrder> _colors;
    private readonly Lazy<ActionBlocks?> _blocks;
    private readonly Lazy<ChainTerms> _terms;

    public ChainPattern(TabularGame game)
    {
        Game = game;
        Offsets = new int[game.StateCount + 1];
        Columns = FindColumns(game, Offsets);
        _blocks = new Lazy<ActionBlocks?>(() => ActionBlocks.TryCreate(this));
        _terms = new Lazy<ChainTerms>(() => ChainTerms.Create(this));

        // A plan that was interrupted can be made later: the exception must not be kept.
        _plan = new Lazy<EliminationPlan?>(
            () => EliminationPlan.TryCreate(SymmetricGraph.FromPattern(Offsets, Columns), Columns, Interruption),
            LazyThreadSafetyMode.PublicationOnly
        );
        _colors = new Lazy<ColorOrder>(() => ColorOrder.Create(SymmetricGraph.FromPattern(Offsets, Columns)));
    }

    public TabularGame Game { get; }

    /// <summary>Asked by everything long that is done with chains on the pattern.</summary>
    public Interruption Interruption { get; set; } = Interruption.None;

    /// <summary>Row offsets, length S + 1.</summary>
    public int[] Offsets { get; }

    /// <summary>Successor states, ascending within a row.</summary>
    public int[] Columns { get; }

    /// <summary>The kernel laid out for vectors, or <see langword="null"/> where that does not pay; then there are <see cref="Terms"/>.</summary>
    public ActionBlocks? Blocks => _blocks.Value;

    /// <summary>Which products π(a|s) P(s'|s, a) add up to each entry.</summary>
    public ChainTerms Terms => _terms.Value;

    /// <summary>The elimination plan, or <see langword="null"/> when the factors would be too large.</summary>
    public EliminationPlan? Plan => _plan.Value;

    /// <summary>The order of sweeps.</summary>
    public ColorOrder Colors => _colors.Value;

    private static int[] FindColumns(TabularGame game, int[] offsets)
    {
        var columns = new List<int>(game.StateCount * 4);
        for (var s = 0; s < game.StateCount; s++)
        {
            var sorted = game.Successors[game.RowOffsets[game.PairOffsets[s]]..game.RowOffsets[game.PairOffsets[s + 1]]]
                .ToArray();
            Array.Sort(sorted);
            foreach (var column in sorted)
            {
                if (columns.Count == offsets[s] || columns[^1] != column)
                {
                    columns.Add(column);
                }
            }

            offsets[s + 1] = columns.Count;
        }

        return [.. columns];
    }
}
