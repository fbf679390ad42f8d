using MeanField.Games;
using MeanField.Tabular;

namespace MeanField.Tests.Reference;

/// <summary>
/// The small stationary games of Bench-MFG (https://github.com/lorenzomagnino/Bench-MFG, config/environment), discount 0.9, written down a second time and
/// with exact probabilities: what its committed results are compared on.
/// </summary>
internal static class BenchMfgGames
{
    private const double Push = 0.025;

    public static TabularGame NoInteraction { get; } = Chain((x, move, _) => x - (0.1 * Math.Abs(move)));

    public static TabularGame TwoBars { get; } =
        Chain(
            (x, move, mu) => (-4.0 * Math.Abs(move)) - (20 * Math.Min(Math.Abs(x - 2), Math.Abs(x - 4))) + (5 * mu[x])
        );

    public static TabularGame LasryLions { get; } =
        Chain((x, move, mu) => (-2.0 * Math.Abs(move)) - (3.0 * (x - 3) * (x - 3)) - (40 * mu[x]));

    /// <summary>Two states; action 1 goes to the other, at a cost of 2; crowds cost 2.</summary>
    public static TabularGame Contraction { get; } =
        TabularGame.Create(
            new PopulationGame(
                (s, a, _) => [(a == 0 ? s : 1 - s, 1)],
                (s, a, mu) => (-2 * a) - (2 * mu[s]),
                states: 2,
                actions: 2
            )
            {
                Coupling = MeanFieldCoupling.Rewards,
            }
        );

    /// <summary>The action is the next strategy; the reward is what the present one gains.</summary>
    public static TabularGame RockPaperScissors { get; } =
        TabularGame.Create(
            new PopulationGame(
                (_, a, _) => [(a, 1)],
                (s, _, mu) => mu[(s + 2) % 3] - mu[(s + 1) % 3],
                states: 3,
                actions: 3
            )
            {
                Coupling = MeanFieldCoupling.Rewards,
            }
        );

    /// <summary>State 1 is infected; the action is the activity in quarters.</summary>
    public static TabularGame Sis { get; } =
        TabularGame.Create(
            new PopulationGame(
                (s, a, mu) => s == 1 ? [(0, 0.1), (1, 0.9)] : [(0, 1 - (0.2 * a * mu[1])), (1, 0.2 * a * mu[1])],
                (s, a, _) => (0.25 * a) - (10 * s),
                states: 2,
                actions: 5
            )
        );

    /// <summary>Eleven by eleven cells with a cross of walls and four doors; move and push are added, and only the cell where they end counts.</summary>
    public static TabularGame FourRooms { get; } = TabularGame.Create(CreateFourRooms());

    private static TabularGame Chain(Func<int, int, double[], double> reward) =>
        TabularGame.Create(
            new PopulationGame(
                (x, a, _) =>
                    [
                        .. from push in new[] { -1, 0, 1 }
                        select (Math.Clamp(x + a - 1 + push, 0, 6), push == 0 ? 1 - (2 * Push) : Push),
                    ],
                (x, a, mu) => reward(x, a - 1, mu),
                states: 7,
                actions: 3
            )
            {
                Coupling = MeanFieldCoupling.Rewards,
            }
        );

    private static PopulationGame CreateFourRooms()
    {
        (int Row, int Column)[] doors = [(2, 5), (8, 5), (5, 8), (5, 2)];
        (int Row, int Column)[] moves = [(1, 0), (0, 1), (-1, 0), (0, -1), (0, 0)];
        var free = (
            from row in Enumerable.Range(0, 11)
            from column in Enumerable.Range(0, 11)
            where (row != 5 && column != 5) || doors.Contains((row, column))
            select (row, column)
        ).ToArray();
        return new PopulationGame(
            (s, a, _) =>
                [
                    .. from push in moves
                    let end = (free[s].row + moves[a].Row + push.Row, free[s].column + moves[a].Column + push.Column)
                    let next = Array.IndexOf(free, end)
                    select (next >= 0 ? next : s, 0.2),
                ],
            (s, _, mu) => -Math.Log(Math.Max(mu[s], 1e-12)),
            states: free.Length,
            actions: 5
        )
        {
            Coupling = MeanFieldCoupling.Rewards,
        };
    }
}
