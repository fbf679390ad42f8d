using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// The walk of the chain games of Bench-MFG: x' = x + a + ε, cut to the ends of the chain after move and push are added, so at an end a push
/// inwards undoes a move outwards.
/// </summary>
internal static class ChainWalk
{
    /// <summary>The parameters of a walk: <c>states</c>, <c>noise</c> and <c>discount</c>.</summary>
    public static IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        CommonParameters.Count("states", "7", 2, 1_000_000, "States of the chain, numbered from 0."),
        CommonParameters.Probability(
            "noise",
            "0.025",
            "Probability of a push one state left, and the same of one right.",
            maximum: 0.5
        ),
        CommonParameters.Discount,
    ];

    /// <summary>All moves, in the order of actions.</summary>
    public static IReadOnlyList<ChainMove> Moves { get; } = [ChainMove.Left, ChainMove.Stay, ChainMove.Right];

    /// <summary>States 0 to <paramref name="count"/> − 1.</summary>
    public static IReadOnlyList<int> States(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>What a move costs: the price, unless it is to stay.</summary>
    public static double Cost(ChainMove move, double price) => move == ChainMove.Stay ? 0 : price;

    /// <summary>Lists where a move leads.</summary>
    public static void AddOutcomes(int state, ChainMove move, int count, double noise, Outcomes<int> outcomes)
    {
        for (var push = -1; push <= 1; push++)
        {
            outcomes.Add(Math.Clamp(state + (int)move + push, 0, count - 1), push == 0 ? 1 - (2 * noise) : noise);
        }
    }
}
