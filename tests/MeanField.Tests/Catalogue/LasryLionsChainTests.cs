using MeanField.Catalogue;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class LasryLionsChainTests
{
    // Squared distances to 3: 9 4 1 0 1 4 9.
    [Theory]
    [InlineData(0, 1, -27 - 4)]
    [InlineData(1, 0, -2 - 12 - 8)]
    [InlineData(2, 2, -2 - 3 - 12)]
    [InlineData(3, 1, -10)]
    [InlineData(4, 0, -2 - 3 - 4)]
    [InlineData(6, 2, -2 - 27 - 2)]
    public void Rewards_are_costs_of_moving_of_distance_and_of_the_crowd(int state, int action, double reward)
    {
        var game = Create(LasryLionsChain.Definition);
        Assert.Equal(reward, game.Reward(state, action, [0.1, 0.2, 0.3, 0.25, 0.1, 0, 0.05]), 1e-14);
    }

    [Fact]
    public void An_even_beach_has_its_bar_between_two_states()
    {
        var game = Create(LasryLionsChain.Definition, ("states", 2), ("congestion", 0), ("center-attraction", 8));
        Assert.Equal((-2, -2), (game.Reward(0, 1, [1, 0]), game.Reward(1, 1, [1, 0])));
    }

    [Fact]
    public void The_beach_is_the_same_from_both_ends()
    {
        var game = Create(LasryLionsChain.Definition);
        double[] meanField = [0.1, 0.2, 0.3, 0.25, 0.1, 0, 0.05];
        double[] mirrored = [.. meanField.Reverse()];
        for (var s = 0; s < 7; s++)
        {
            for (var a = 0; a < 3; a++)
            {
                Assert.Equal(game.Reward(s, a, meanField), game.Reward(6 - s, 2 - a, mirrored));
                Assert.Equal(Row(game, s, a), Row(game, 6 - s, 2 - a).Reverse());
            }
        }
    }

    // Known digits: an independent implementation whose population has exploitability 6.2e-8. What entropy does to a population with a mixed
    // policy falls in proportion to the temperature, so two small temperatures give the limit.
    [Fact]
    public void The_equilibrium_is_the_known_one()
    {
        var (warm, cold) = (Equilibrium(0.05, 0.005), Equilibrium(0.02, 0.002));
        var limit = cold.Zip(warm, (c, w) => c + ((c - w) * 0.02 / 0.03));
        double[] known = [0.0011, 0.0495, 0.2775, 0.3437, 0.2775, 0.0495, 0.0011];
        Assert.Equal(known, limit, Within(6e-5));

        static IReadOnlyList<double> Equilibrium(double temperature, double populationStep)
        {
            var options = new MfTrpoOptions
            {
                Temperature = temperature,
                PopulationStep = populationStep,
                TraceEvery = 10,
            };
            var game = TabularGame.Create(Create(LasryLionsChain.Definition));
            var solution = MfTrpo.Solve(game, options, new SolveContext { Clock = new FakeClock() });
            Assert.Equal(SolveStatus.Converged, solution.Status);
            return solution.Best.MeanField;
        }
    }
}
