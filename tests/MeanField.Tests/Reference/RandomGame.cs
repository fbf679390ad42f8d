using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>How the states of a random game hang together.</summary>
internal enum RandomShape
{
    /// <summary>Every state can reach every other under every policy.</summary>
    Connected,

    /// <summary>The first and the last state are never left.</summary>
    AbsorbingCorners,

    /// <summary>Two closed parts, and a third that can only leave.</summary>
    SeveralClasses,

    /// <summary>Three groups of states visited in turn.</summary>
    Periodic,

    /// <summary>Every successor is possible.</summary>
    Full,
}

/// <summary>
/// A game drawn from a seed: unequal action counts, and, by seed, every shape, coupling and a discount from 0.3 to 0.999. Where transitions
/// couple, P = (1 − x) P₀ + x P₁ with x half the share of some watched state.
/// </summary>
internal sealed class RandomGame : IMeanFieldGame
{
    private static readonly double[] Discounts = [0.3, 0.5, 0.9, 0.95, 0.99, 0.999];
    private readonly Pair[][] _pairs;

    public RandomGame(
        int seed,
        int? states = null,
        RandomShape? shape = null,
        MeanFieldCoupling? coupling = null,
        double? discount = null,
        int mostActions = 5
    )
    {
        var random = new Random(seed);
        StateCount = states ?? random.Next(1, 41);
        Shape = shape ?? (RandomShape)(seed % 5);
        Coupling = coupling ?? (MeanFieldCoupling)(seed / 5 % 3);
        Discount = discount ?? Discounts[seed % Discounts.Length];
        _pairs = new Pair[StateCount][];
        for (var s = 0; s < StateCount; s++)
        {
            _pairs[s] = new Pair[random.Next(1, mostActions + 1)];
            for (var a = 0; a < _pairs[s].Length; a++)
            {
                var successors = Successors(s, random);
                _pairs[s][a] = new Pair(
                    Reward: (2 * random.NextDouble()) - 1,
                    Crowding: random.NextDouble(),
                    Attraction: (2 * random.NextDouble()) - 1,
                    Watched: random.Next(StateCount),
                    successors,
                    RandomInputs.Law(successors.Length, random),
                    RandomInputs.Law(successors.Length, random)
                );
            }
        }
    }

    public RandomShape Shape { get; }

    public int StateCount { get; }

    public double Discount { get; }

    public MeanFieldCoupling Coupling { get; }

    public int ActionCount(int state) => _pairs[state].Length;

    public double Reward(int state, int action, ReadOnlySpan<double> meanField)
    {
        var pair = _pairs[state][action];
        return Coupling == MeanFieldCoupling.None
            ? pair.Reward
            : pair.Reward - (pair.Crowding * meanField[state]) + (pair.Attraction * meanField[pair.Watched]);
    }

    public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
    {
        var pair = _pairs[state][action];
        var x = Coupling == MeanFieldCoupling.RewardsAndTransitions ? 0.5 * meanField[pair.Watched] : 0;
        for (var i = 0; i < pair.Successors.Length; i++)
        {
            row.Add(pair.Successors[i], ((1 - x) * pair.Law[i]) + (x * pair.OtherLaw[i]));
        }
    }

    public string StateName(int state) => $"s{state}";

    public string ActionName(int state, int action) => $"a{action}";

    public override string ToString() => $"{StateCount} states, {Shape}, {Coupling}, discount {Discount}";

    private int[] Successors(int state, Random random)
    {
        var all = Enumerable.Range(0, StateCount);
        var drawn = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(StateCount)).ToArray();
        var part = StateCount / 3;
        return Shape switch
        {
            RandomShape.Connected => [(state + 1) % StateCount, .. drawn],
            RandomShape.AbsorbingCorners => state == 0 || state == StateCount - 1 ? [state] : drawn,
            RandomShape.SeveralClasses when part == 0 => [state],
            RandomShape.SeveralClasses => state < part ? [.. drawn.Select(next => next % part)]
            : state < 2 * part ? [.. drawn.Select(next => part + (next % part))]
            : drawn,
            RandomShape.Periodic when StateCount < 3 => [(state + 1) % StateCount],
            RandomShape.Periodic =>
            [
                .. drawn.Select(next => all.Where(other => other % 3 == (state + 1) % 3).ElementAt(next % part)),
            ],
            _ => [.. all],
        };
    }

    private sealed record Pair(
        double Reward,
        double Crowding,
        double Attraction,
        int Watched,
        int[] Successors,
        double[] Law,
        double[] OtherLaw
    );
}
