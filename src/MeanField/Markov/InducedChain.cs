using System.Runtime.CompilerServices;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// The Markov chain P^π_μ that a policy induces on the states, P^π(s, s') = Σ_a π(a|s) P(s'|s, a, μ), stored on the fixed pattern of every
/// successor that any action can reach.
/// </summary>
/// <remarks>Owned by one run and overwritten by <see cref="Update"/>, which allocates nothing. Safe to read from several threads.</remarks>
internal sealed class InducedChain : IChunkedWork
{
    private readonly ChainPattern _pattern;
    private FrozenMdp? _mdp;
    private double[] _policy = [];

    public InducedChain(TabularGame game)
        : this(new ChainPattern(game)) { }

    private InducedChain(ChainPattern pattern)
    {
        _pattern = pattern;
        Values = new double[pattern.Columns.Length];
    }

    /// <summary>The game whose states these are.</summary>
    public TabularGame Game => _pattern.Game;

    /// <summary>Asked by everything long that is done with this chain and its siblings, which then ends by an
    /// <see cref="OperationCanceledException"/>. Never wanted unless set.</summary>
    public Interruption Interruption
    {
        get => _pattern.Interruption;
        set => _pattern.Interruption = value;
    }

    /// <summary>Row offsets, length S + 1.</summary>
    public int[] Offsets => _pattern.Offsets;

    /// <summary>Successor states, ascending within a row.</summary>
    public int[] Columns => _pattern.Columns;

    /// <summary>P^π(s, s') for each entry of the pattern.</summary>
    public double[] Values { get; }

    /// <summary>The elimination plan of the pattern, made at first use and shared by siblings; <see langword="null"/> when the factors
    /// would be too large.</summary>
    public EliminationPlan? Plan => _pattern.Plan;

    /// <summary>The kernel laid out for vectors, where that pays.</summary>
    public ActionBlocks? Blocks => _pattern.Blocks;

    /// <summary>The order of sweeps, made at first use and shared by siblings.</summary>
    public ColorOrder Colors => _pattern.Colors;

    /// <summary>Another chain on the same pattern, with numbers of its own.</summary>
    public InducedChain Sibling() => new(_pattern);

    /// <summary>Recomputes the chain for a policy (one probability a pair).</summary>
    public void Update(FrozenMdp mdp, double[] policy, ThreadTeam team)
    {
        _mdp = mdp;
        _policy = policy;
        team.Run(this, Game.StateCount);
    }

    void IChunkedWork.Run(int start, int end)
    {
        if (_pattern.Blocks is { } blocks)
        {
            blocks.Induce(_policy, Values, start, end);
        }
        else
        {
            AddTerms(start, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void AddTerms(int start, int end)
    {
        var terms = _pattern.Terms;
        fixed (
            int* offsets = terms.Offsets,
                entries = terms.Entries,
                pairs = terms.Pairs
        )
        fixed (
            double* probabilities = _mdp!.Probabilities,
                policy = _policy,
                values = Values
        )
        {
            var term = offsets[Offsets[start]];
            for (var slot = Offsets[start]; slot < Offsets[end]; slot++)
            {
                var sum = 0.0;
                for (var last = offsets[slot + 1]; term < last; term++)
                {
                    sum = Math.FusedMultiplyAdd(policy[pairs[term]], probabilities[entries[term]], sum);
                }

                values[slot] = sum;
            }
        }
    }
}
