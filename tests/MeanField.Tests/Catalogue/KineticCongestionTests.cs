using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class KineticCongestionTests
{
    private const double Capacity = 0.4;

    // Cells 0 1 2 / 3 4 5 at shares 0.1 0.3 0.05 / 0.4 0.05 0.1, and a full cell at share 0.4.
    [Theory]
    [InlineData(0, GridMove.Stay, new[] { 1.0, 0, 0, 0, 0, 0 })]
    [InlineData(0, GridMove.Up, new[] { 1.0, 0, 0, 0, 0, 0 })]
    [InlineData(0, GridMove.Left, new[] { 1.0, 0, 0, 0, 0, 0 })]
    [InlineData(0, GridMove.Right, new[] { 0.75, 0.25, 0, 0, 0, 0 })]
    [InlineData(0, GridMove.Down, new[] { 1.0, 0, 0, 0, 0, 0 })]
    [InlineData(1, GridMove.Right, new[] { 0, 0.125, 0.875, 0, 0, 0 })]
    [InlineData(2, GridMove.Right, new[] { 0, 0, 1.0, 0, 0, 0 })]
    [InlineData(3, GridMove.Up, new[] { 0.75, 0, 0, 0.25, 0, 0 })]
    [InlineData(4, GridMove.Left, new[] { 0, 0, 0, 0, 1.0, 0 })]
    [InlineData(4, GridMove.Right, new[] { 0, 0, 0, 0, 0.25, 0.75 })]
    [InlineData(5, GridMove.Down, new[] { 0, 0, 0, 0, 0, 1.0 })]
    public void A_cell_turns_away_more_the_fuller_it_is(int state, GridMove move, double[] row)
    {
        var game = Grid(("rows", 2), ("columns", 3), ("target", "1,2"), ("capacity", Capacity));
        Assert.Equal(row, Row(game, state, (int)move, [0.1, 0.3, 0.05, 0.4, 0.05, 0.1]), Within(1e-15));
    }

    [Fact]
    public void A_cell_beyond_its_capacity_turns_everybody_away()
    {
        var game = Grid(("rows", 1), ("columns", 2), ("target", "0,1"));
        Assert.Equal([1, 0], Row(game, 0, (int)GridMove.Right, [0, 1]));
        Assert.Equal([1, 0], Row(game, 0, (int)GridMove.Right, [0.82, 0.18]));
        Assert.Equal([0, 1], Row(game, 0, (int)GridMove.Right, [1, 0]));
    }

    [Fact]
    public void The_reward_is_the_cost_of_being_elsewhere_and_of_trying_to_move()
    {
        var game = Grid();
        Assert.Equal((25, "4,4"), (game.StateCount, game.StateName(24)));
        Assert.Equal((-1, 0), (game.Reward(0, 0, Grids.Uniform(game)), game.Reward(24, 0, Grids.Uniform(game))));
        for (var move = 1; move < 5; move++)
        {
            Assert.Equal(-1.1, game.Reward(0, move, Grids.Uniform(game)));
            Assert.Equal(-0.1, game.Reward(24, move, Grids.Uniform(game)));
        }
    }

    // Who stays beside the target pays 1 a step, 10 in all. Who moves until let in, with probability p = 1 - m, pays V = 1.1 + 0.9 (1 - p) V.
    [Theory]
    [InlineData(0.5, 0.5 * (10 - (1.1 / 0.55)))]
    [InlineData(0.8, 0.2 * (10 - (1.1 / 0.28)))]
    [InlineData(1 - (1 / 1024.0), 0)]
    public void To_stay_beside_the_target_is_as_exploitable_as_the_closed_form(double share, double exploitability)
    {
        var game = Grid(("rows", 1), ("columns", 2), ("target", "0,1"), ("capacity", 1));
        var judged = Judge(game, [1 - share, share], Pure(game, _ => 0));
        Assert.Equal(0, judged.Residual);
        Assert.Equal(exploitability, judged.Exploitability, 1e-13);
    }

    [Fact]
    public void A_full_target_and_nobody_moving_is_an_equilibrium()
    {
        var game = Grid();
        var meanField = new double[25];
        Array.Fill(meanField, 0.82 / 24);
        meanField[24] = 0.18;
        var judged = Judge(game, meanField, Pure(game, _ => 0));
        Assert.Equal(0, judged.Residual);
        Assert.Equal(0, judged.Exploitability);
        Assert.Equal(-10, judged.Values[0], 1e-14);
        Assert.Equal(0, judged.Values[24]);
    }

    [Theory]
    [InlineData("5,0")]
    [InlineData("0,-1")]
    [InlineData("4")]
    [InlineData("x,y")]
    public void A_target_that_is_no_cell_is_refused(string target) =>
        Assert.Equal(
            $"kinetic-congestion: target '{target}' is no cell; allowed: row,column with rows 0 to 4 and columns 0 to 4",
            Refusal(KineticCongestion.Definition, "target", target)
        );

    private static IMeanFieldGame Grid(params (string Name, object Value)[] parameters) =>
        Create(KineticCongestion.Definition, parameters);
}
