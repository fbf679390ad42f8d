using System.Runtime.CompilerServices;
using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Sampling;

/// <summary>
/// The simulator of a known kernel at one mean field: rewards looked up by pair, successors drawn by alias. It gives the law of
/// <see cref="TabularSimulator.Step"/>, many steps at a time.
/// </summary>
internal sealed class TabularBatch : IBatchSimulator, IChunkedWork
{
    private readonly TabularSimulator _simulator;
    private readonly FrozenMdp _mdp;
    private readonly double[] _rewards;
    private readonly double[] _thresholds;
    private readonly int[] _aliases;

    /// <summary>Prepares a simulator at the mean field of an MDP.</summary>
    /// <param name="simulator">The simulator.</param>
    /// <param name="mdp">Its game; moved by <see cref="MoveTo"/>.</param>
    public TabularBatch(TabularSimulator simulator, FrozenMdp mdp)
    {
        _simulator = simulator;
        _mdp = mdp;
        var game = simulator.Game;
        PairOffsets = game.PairOffsets.ToArray();
        _rewards = mdp.Rewards.ToArray();
        RewardSpan = _rewards.Max() - _rewards.Min();
        var isFixed = game.Coupling != MeanFieldCoupling.RewardsAndTransitions;
        _thresholds = isFixed ? simulator.Thresholds : new double[game.Probabilities.Length];
        _aliases = isFixed ? simulator.Aliases : new int[game.Probabilities.Length];
        if (!isFixed)
        {
            KernelAliases.Build(game, mdp.Probabilities, 0, game.PairCount, _thresholds, _aliases);
        }
    }

    public IGenerativeModel Model => _simulator;

    public int[] PairOffsets { get; }

    public double RewardSpan { get; private set; }

    public void MoveTo(ReadOnlySpan<double> meanField, ThreadTeam team)
    {
        _mdp.MoveTo(meanField, team);
        _mdp.Rewards.CopyTo(_rewards);
        RewardSpan = _rewards.Max() - _rewards.Min();
        if (_simulator.Coupling == MeanFieldCoupling.RewardsAndTransitions)
        {
            team.Run(this, _simulator.Game.PairCount);
        }
    }

    void IChunkedWork.Run(int start, int end) =>
        KernelAliases.Build(_simulator.Game, _mdp.Probabilities, start, end, _thresholds, _aliases);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Step(Lanes lanes, int count, ulong key, int step)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Lanes.Count);
        var game = _simulator.Game;
        fixed (
            int* rowOffsets = game.RowOffsets,
                successors = game.Successors,
                aliases = _aliases
        )
        fixed (
            int* pairs = lanes.Pair,
                next = lanes.Next,
                entries = lanes.Entry
        )
        fixed (
            double* thresholds = _thresholds,
                rewards = _rewards,
                uniforms = lanes.StepUniform,
                reward = lanes.Reward
        )
        {
            for (var lane = 0; lane < count; lane++)
            {
                var pair = pairs[lane];
                var row = rowOffsets[pair];
                var scaled = uniforms[lane] * (rowOffsets[pair + 1] - row);
                var place = (int)scaled;
                var entry = row + place;
                entry = AliasTable.Select(scaled - place < thresholds[entry], entry, row + aliases[entry]);
                entries[lane] = entry;
                next[lane] = successors[entry];
                reward[lane] = rewards[pair];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Observe(Lanes lanes, int count)
    {
        if (lanes.EntryCounts.Length == 0)
        {
            lanes.EntryCounts = new int[_thresholds.Length];
        }

        var counts = lanes.EntryCounts;
        foreach (var entry in lanes.Entry.AsSpan(0, count))
        {
            counts[entry]++;
        }
    }

    public void Collect(IReadOnlyCollection<Lanes> workers, IReadOnlyList<List<ObservedStep>> logs, EmpiricalGame model)
    {
        var game = _simulator.Game;
        var counts = workers.Where(lanes => lanes.EntryCounts.Length > 0).Select(lanes => lanes.EntryCounts).ToArray();
        for (var pair = 0; pair < game.PairCount; pair++)
        {
            for (var entry = game.RowOffsets[pair]; entry < game.RowOffsets[pair + 1]; entry++)
            {
                var seen = 0L;
                foreach (var part in counts)
                {
                    seen += part[entry];
                    part[entry] = 0;
                }

                if (seen > 0)
                {
                    model.Add(pair, game.Successors[entry], seen, _rewards[pair]);
                }
            }
        }
    }
}
