using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Examples.WaitingLines;

/// <summary>
/// Office workers and three coffee counters. At the desk one may go and stand in a line; in a line one may wait or give up. Each minute a counter serves
/// as many people as it can, in no particular order. Nobody wrote down a transition probability: the minute is played through.
/// </summary>
/// <remarks>State 0 is the desk, states 1 to 3 the lines. At the desk action 0 is to work on and action j to join line j; in a line action 0 is to wait
/// and action 1 to go back. Immutable, and safe to share between threads.</remarks>
public sealed class CoffeeQueues : IGenerativeModel
{
    private const double Coffee = 1;
    private const double MinuteInLine = 0.04;

    /// <summary>Everybody in the office.</summary>
    public const double People = 100;

    /// <summary>How many people each counter serves in a minute.</summary>
    public static IReadOnlyList<double> Capacities { get; } = [1, 3, 6];

    /// <summary>What the walk to each counter costs.</summary>
    public static IReadOnlyList<double> Walks { get; } = [0, 0.1, 0.3];

    /// <inheritdoc />
    public int StateCount => 1 + Capacities.Count;

    /// <inheritdoc />
    public double Discount => 0.95;

    /// <summary>How soon one is served depends on how many others stand there.</summary>
    public MeanFieldCoupling Coupling => MeanFieldCoupling.RewardsAndTransitions;

    /// <inheritdoc />
    public Interval RewardRange => new(-MinuteInLine - Walks[^1], Coffee);

    /// <summary>Whether a minute in line ends with a coffee is luck.</summary>
    public bool HasRandomRewards => true;

    /// <inheritdoc />
    public int ActionCount(int state) => state == 0 ? 1 + Capacities.Count : 2;

    /// <inheritdoc />
    public int Reset(ref RandomNumbers random) => random.NextBelow(StateCount);

    /// <inheritdoc />
    public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random)
    {
        if (state == 0)
        {
            return action == 0 ? new SimulatedStep(0, 0) : new SimulatedStep(action, -Walks[action - 1]);
        }

        if (action == 1)
        {
            return new SimulatedStep(0, 0);
        }

        var peopleInLine = Math.Max(1, People * meanField[state]);
        var peopleServedBefore = random.NextDouble() * peopleInLine;
        return peopleServedBefore < Capacities[state - 1]
            ? new SimulatedStep(0, Coffee - MinuteInLine)
            : new SimulatedStep(state, -MinuteInLine);
    }

    /// <inheritdoc />
    public string StateName(int state) => state == 0 ? "desk" : $"line {state}";

    /// <inheritdoc />
    public string ActionName(int state, int action) =>
        (state, action) switch
        {
            (0, 0) => "work on",
            (0, _) => $"join line {action}",
            (_, 0) => "wait",
            _ => "go back",
        };
}
