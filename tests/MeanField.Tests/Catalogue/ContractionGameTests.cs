using MeanField.Catalogue;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class ContractionGameTests
{
    [Fact]
    public void To_stay_stays_and_to_switch_switches()
    {
        var game = Create(ContractionGame.Definition);
        Assert.Equal([1, 0], Row(game, 0, 0));
        Assert.Equal([0, 1], Row(game, 0, 1));
        Assert.Equal([0, 1], Row(game, 1, 0));
        Assert.Equal([1, 0], Row(game, 1, 1));
        Assert.Equal(("stay", "switch"), (game.ActionName(1, 0), game.ActionName(1, 1)));
    }

    [Fact]
    public void The_reward_is_the_cost_of_switching_and_of_the_crowd_that_is_left()
    {
        var game = Create(ContractionGame.Definition, ("switch-cost", 3), ("congestion", 5));
        double[] meanField = [0.2, 0.8];
        Assert.Equal(-1, game.Reward(0, 0, meanField), 1e-15);
        Assert.Equal(-4, game.Reward(0, 1, meanField), 1e-15);
        Assert.Equal(-4, game.Reward(1, 0, meanField), 1e-15);
        Assert.Equal(-7, game.Reward(1, 1, meanField), 1e-15);
    }

    // Who stays forever at x loses γ c (μ(x) - μ(y)) / (1 - γ) - C against switching once, where that is positive: 18 (2 μ(x) - 1) - 2 at the
    // defaults, nothing up to 1/9 of difference.
    [Theory]
    [InlineData(0.5, 2, 0)]
    [InlineData(0.55, 2, 0)]
    [InlineData(0.8, 2, 0.8 * 8.8)]
    [InlineData(0.2, 2, 0.8 * 8.8)]
    [InlineData(1, 2, 16)]
    [InlineData(1, 17.5, 0.5)]
    [InlineData(1, 18.5, 0)]
    public void Staying_is_as_exploitable_as_the_closed_form(double share, double switchCost, double exploitability)
    {
        var game = Create(ContractionGame.Definition, ("switch-cost", switchCost));
        var judged = Judge(game, [share, 1 - share], Pure(game, _ => 0));
        Assert.Equal(0, judged.Residual);
        Assert.Equal(exploitability, judged.Exploitability, 1e-13);
    }
}
