using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>Small games from the literature on stationary mean-field games, with known equilibria.</summary>
internal static class BenchGames
{
    /// <summary>
    /// Susceptible and infected; activity a in {0, ¼, ½, ¾, 1} infects with probability 0.8 a μ(I), recovery 0.1, r = a − 10·1{I}, γ 0.9.
    /// </summary>
    public static IMeanFieldGame Sis() =>
        new PopulationGame(
            (state, action, meanField) =>
                state == 0
                    ? [(0, 1 - (0.2 * action * meanField[1])), (1, 0.2 * action * meanField[1])]
                    : [(0, 0.1), (1, 0.9)],
            (state, action, _) => (action / 4.0) - (10 * state),
            states: 2,
            actions: 5
        );

    /// <summary>Two bars on a street of seven places, with company in the bar a pleasure: everybody at the left one, at the right one, or half at
    /// each.</summary>
    public static IMeanFieldGame TwoBars() =>
        Street(
            (place, move, meanField) =>
                (-4 * Math.Abs(move))
                - (20 * Math.Min(Math.Abs(place - 2), Math.Abs(place - 4)))
                + (5 * meanField[place])
        );

    /// <summary>A bar in the middle of a beach of seven places, and a strong dislike of crowds: monotone.</summary>
    public static IMeanFieldGame BeachBar() =>
        Street(
            (place, move, meanField) =>
                (-2 * Math.Abs(move)) - (3 * (place - 3) * (place - 3)) - (40 * meanField[place])
        );

    /// <summary>A game whose first state pays while at most a third is there and costs beyond: best responses jump, and no policy is an
    /// equilibrium at a low temperature.</summary>
    public static IMeanFieldGame Jump() =>
        new PopulationGame(
            (_, action, _) => [(action, 1)],
            (state, _, meanField) =>
                state > 0 ? 0
                : meanField[0] <= 1.0 / 3 ? 1
                : -1,
            states: 2,
            actions: 2
        )
        {
            Coupling = MeanFieldCoupling.Rewards,
        };

    private static PopulationGame Street(Func<int, int, double[], double> reward) =>
        new(
            (place, action, _) =>
            {
                var to = Math.Clamp(place + action - 1, 0, 6);
                return [(Math.Max(to - 1, 0), 0.025), (to, 0.95), (Math.Min(to + 1, 6), 0.025)];
            },
            (place, action, meanField) => reward(place, action - 1, meanField),
            states: 7,
            actions: 3
        )
        {
            Coupling = MeanFieldCoupling.Rewards,
        };
}
