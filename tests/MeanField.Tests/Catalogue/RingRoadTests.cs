using MeanField.Catalogue;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class RingRoadTests
{
    [Fact]
    public void A_car_is_in_the_next_cell_with_the_probability_of_its_speed()
    {
        var game = Create(RingRoad.Definition, ("cells", 3), ("speeds", 4));
        Assert.Equal([0.75, 0.25, 0], Row(game, 0, 0));
        Assert.Equal([0, 0.5, 0.5], Row(game, 1, 1));
        Assert.Equal([0.75, 0, 0.25], Row(game, 2, 2));
        Assert.Equal([1, 0, 0], Row(game, 2, 3));
        Assert.Equal(("cell 2", "speed 0.75"), (game.StateName(2), game.ActionName(2, 2)));
    }

    // A limit of 0.4 at cells 0 and 25, of 0.4 + 0.2 sin(4π s / 50) at cell s; of 50 cells the share 0.04 is a density of 2 and leaves 1/6 of
    // free speed 1/2, 0.06 leaves 0, 0.08 asks to drive backwards, 0 leaves the limit.
    [Theory]
    [InlineData(0, 25, 0.04, 0.5, 1 / 6.0)]
    [InlineData(0, 25, 0.06, 0.5, 0)]
    [InlineData(25, 50, 0.08, 1, -1 / 6.0)]
    [InlineData(25, 20, 0, 0.4, 0.4)]
    [InlineData(0, 1, 0, 0.02, 0.4)]
    [InlineData(6, 30, 0, 0.6, 0.5)]
    [InlineData(19, 30, 0, 0.6, 0.4 + (0.2 * -0.99802672842827156))]
    [InlineData(44, 30, 0, 0.6, 0.4 + (0.2 * -0.99802672842827156))]
    public void The_reward_is_the_squared_distance_to_the_lesser_of_limit_and_crowded_speed(
        int cell,
        int speed,
        double share,
        double driven,
        double desired
    )
    {
        var game = Create(RingRoad.Definition);
        var meanField = new double[50];
        (meanField[cell], meanField[10]) = (share, 1 - share);
        Assert.Equal(-0.01 * Math.Pow(driven - desired, 2), game.Reward(cell, speed - 1, meanField), 1e-16);
    }

    // Where all cells are alike the uniform population desires 1/3 everywhere, and 0.34 of 0.02, 0.04, ..., 1 is nearest.
    [Fact]
    public void On_a_road_without_limits_the_uniform_crowd_drives_at_one_speed()
    {
        var game = Create(RingRoad.Definition, ("limit-swing", 0));
        var judged = Judge(game, Grids.Uniform(game), Pure(game, _ => 16));
        Assert.Equal("speed 0.34", game.ActionName(0, 16));
        Assert.Equal(0, judged.Residual, 1e-16);
        Assert.Equal(0, judged.Exploitability, 1e-16);
        Assert.All(judged.Values, v => Assert.Equal(-0.01 * Math.Pow(0.34 - (1 / 3.0), 2) / 0.02, v, 1e-16));
        Assert.Equal((50, 0.98), (game.StateCount, game.Discount));
    }

    // Cars are where they are slow: as many enter a cell as leave it, so shares go as 1 / speed.
    [Fact]
    public void Shares_of_a_steady_flow_go_as_one_over_the_speed()
    {
        var game = Create(RingRoad.Definition, ("cells", 3), ("speeds", 4));
        Assert.Equal(0, Judge(game, [4 / 7.0, 2 / 7.0, 1 / 7.0], Pure(game, s => (1 << s) - 1)).Residual, 1e-16);
    }
}
