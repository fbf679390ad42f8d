using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Sampling;

/// <summary>
/// The simulator of a game whose kernel is known: one draw from an alias table a step, whatever the number of successors. Resets are uniform.
/// Immutable and safe to share between threads.
/// </summary>
/// <remarks>Where transitions depend on the mean field a step asks the game for the row at that mean field instead.</remarks>
public sealed class TabularSimulator : IGenerativeModel
{
    private readonly double[] _thresholds;
    private readonly int[] _aliases;

    /// <summary>Builds the alias tables of a game, 12 bytes a stored probability.</summary>
    public TabularSimulator(TabularGame game)
    {
        Game = game;
        var isFixed = game.Coupling != MeanFieldCoupling.RewardsAndTransitions;
        _thresholds = isFixed ? new double[game.Probabilities.Length] : [];
        _aliases = isFixed ? new int[game.Probabilities.Length] : [];
        if (isFixed)
        {
            KernelAliases.Build(game, game.Probabilities, 0, game.PairCount, _thresholds, _aliases);
        }
    }

    /// <summary>The game.</summary>
    public TabularGame Game { get; }

    /// <inheritdoc />
    public int StateCount => Game.StateCount;

    /// <inheritdoc />
    public double Discount => Game.Discount;

    /// <inheritdoc />
    public MeanFieldCoupling Coupling => Game.Coupling;

    internal double[] Thresholds => _thresholds;

    internal int[] Aliases => _aliases;

    /// <inheritdoc />
    public int ActionCount(int state) => Game.PairOffsets[state + 1] - Game.PairOffsets[state];

    /// <inheritdoc />
    public int Reset(ref RandomNumbers random) => random.NextBelow(StateCount);

    /// <inheritdoc />
    public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random)
    {
        var reward = Game.Source.Reward(state, action, meanField);
        if (_thresholds.Length == 0)
        {
            return new SimulatedStep(DrawAt(state, action, meanField, random.NextDouble()), reward);
        }

        var pair = Game.PairOffsets[state] + action;
        var row = Game.RowOffsets[pair]..Game.RowOffsets[pair + 1];
        var entry = AliasTable.Draw(random.NextDouble(), _thresholds.AsSpan(row), _aliases.AsSpan(row));
        return new SimulatedStep(Game.Successors[row.Start.Value + entry], reward);
    }

    /// <inheritdoc />
    public string StateName(int state) => Game.Source.StateName(state);

    /// <inheritdoc />
    public string ActionName(int state, int action) => Game.Source.ActionName(state, action);

    private int DrawAt(int state, int action, ReadOnlySpan<double> meanField, double uniform)
    {
        var row = new TransitionRow();
        Game.Source.AddTransitions(state, action, meanField, row);
        var last = -1;
        foreach (var (successor, probability) in row.Entries)
        {
            last = probability > 0 ? successor : last;
            uniform -= probability;
            if (uniform < 0)
            {
                return successor;
            }
        }

        return last;
    }
}
