using MeanField.Catalogue;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class TwoBarsTests
{
    // Distances to the nearer of 2 and 4: 2 1 0 1 0 1 2.
    [Theory]
    [InlineData(0, 1, -40 + (5 * 0.1))]
    [InlineData(1, 0, -4 - 20 + (5 * 0.2))]
    [InlineData(2, 1, 5 * 0.3)]
    [InlineData(3, 2, -4 - 20 + (5 * 0.25))]
    [InlineData(4, 0, -4 + (5 * 0.1))]
    [InlineData(6, 1, -40 + (5 * 0.05))]
    public void Rewards_are_company_less_the_costs_of_distance_and_moving(int state, int action, double reward)
    {
        var game = Create(TwoBars.Definition);
        Assert.Equal(reward, game.Reward(state, action, [0.1, 0.2, 0.3, 0.25, 0.1, 0, 0.05]), 1e-14);
    }

    // Everybody at bar b, the neighbours on their way back: from all three states the next is b with 0.95 and either neighbour with 0.025. So
    // with W the mean value after a step, W = 0.95 * 5 * 0.95 + 0.05 (5 * 0.025 - 24) + 0.9 W.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Everybody_at_one_bar_is_an_equilibrium(int bar)
    {
        var game = Create(TwoBars.Definition);
        var meanField = new double[7];
        (meanField[bar - 1], meanField[bar], meanField[bar + 1]) = (0.025, 0.95, 0.025);
        var judged = Judge(game, meanField, Pure(game, s => 1 + Math.Sign(bar - s)));
        Assert.Equal(0, judged.Residual, 1e-15);
        Assert.Equal(0, judged.Exploitability, 1e-14);
        Assert.Equal(4.75 + (0.9 * 33.1875), judged.Values[bar], 1e-12);
    }

    [Fact]
    public void The_walk_is_that_of_the_other_chains() =>
        Assert.Equal([0, 0, 0, 0.1, 0.8, 0.1, 0], Row(Create(TwoBars.Definition, ("noise", 0.1)), 3, 2), Within(1e-15));

    [Theory]
    [InlineData("7", "7")]
    [InlineData("2;-1", "-1")]
    [InlineData("2;x", "x")]
    [InlineData("", "")]
    public void A_bar_that_is_no_state_is_refused(string targets, string bar) =>
        Assert.Equal(
            $"two-bars: target '{bar}' is no state; allowed: 0 to 6, separated by semicolons",
            Refusal(TwoBars.Definition, "targets", targets)
        );

    [Fact]
    public void There_may_be_any_number_of_bars()
    {
        var game = Create(TwoBars.Definition, ("targets", "0; 3 ;6"), ("company", 0));
        Assert.Equal(
            [0, -20, -20, 0, -20, -20, 0],
            Enumerable.Range(0, 7).Select(s => game.Reward(s, 1, Grids.Uniform(game)))
        );
    }
}
