using MeanField.Catalogue;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class FourRoomsTests
{
    [Fact]
    public void The_rooms_have_104_free_cells_and_four_doors()
    {
        var game = Rooms();
        var cells = game.States.ToHashSet();
        Assert.Equal((104, 5), (cells.Count, game.ActionCount(0)));
        Assert.Equal("2,5 5,2 5,8 8,5", string.Join(' ', game.States.Where(cell => cell.Row == 5 || cell.Column == 5)));
    }

    // A corner: of four pushes two are blocked. Moving right, then pushed: 0,1 and its free neighbours.
    [Theory]
    [InlineData(GridMove.Stay, "0,0:0.6 0,1:0.2 1,0:0.2")]
    [InlineData(GridMove.Up, "0,0:0.6 0,1:0.2 1,0:0.2")]
    [InlineData(GridMove.Right, "0,0:0.2 0,1:0.4 0,2:0.2 1,1:0.2")]
    [InlineData(GridMove.Down, "0,0:0.2 1,0:0.4 1,1:0.2 2,0:0.2")]
    public void A_move_is_made_and_then_a_push_and_each_may_be_blocked(GridMove move, string row) =>
        Assert.Equal(row, Outcomes(Rooms(), new GridCell(0, 0), move));

    // Up and pushed down again ends inside, so that is not blocked; up and any other push ends outside, and both are lost.
    [Theory]
    [InlineData(GridMove.Stay, "0,0:0.6 0,1:0.2 1,0:0.2")]
    [InlineData(GridMove.Up, "0,0:1")]
    [InlineData(GridMove.Right, "0,0:0.4 0,1:0.2 0,2:0.2 1,1:0.2")]
    public void With_wall_jumping_only_the_end_of_move_and_push_counts(GridMove move, string row) =>
        Assert.Equal(row, Outcomes(Rooms(("wall-jumping", "true")), new GridCell(0, 0), move));

    [Fact]
    public void A_wall_stops_and_with_wall_jumping_it_does_not()
    {
        var beside = new GridCell(4, 4);
        Assert.Equal("3,4:0.2 4,3:0.2 4,4:0.6", Outcomes(Rooms(), beside, GridMove.Right));
        Assert.Equal("4,4:0.8 4,6:0.2", Outcomes(Rooms(("wall-jumping", "true")), beside, GridMove.Right));
        Assert.Equal("2,5:0.6 2,4:0.2 2,6:0.2", Outcomes(Rooms(), new GridCell(2, 4), GridMove.Right, byShare: true));
    }

    // Two steps in one direction cross a wall of one cell: from either side, in 8 of 11 rows and of 11 columns (not at a door, not at the
    // crossing). Four corner cells can do it in two directions.
    [Fact]
    public void Walls_are_crossed_with_wall_jumping_only()
    {
        Assert.Empty(Crossings(Rooms()));
        var crossings = Crossings(Rooms(("wall-jumping", "true")));
        Assert.Equal((32, 28), (crossings.Count, crossings.Select(c => c.From).Distinct().Count()));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public void The_uniform_population_is_the_equilibrium(string wallJumping)
    {
        var game = Rooms(("wall-jumping", wallJumping));
        var uniform = Grids.Uniform(game);
        double[] any = [0.2, 0.2, 0.2, 0.2, 0.2];
        foreach (var policy in new[] { Pure(game, _ => (int)GridMove.Stay), [.. game.States.Select(_ => any)] })
        {
            var chain = DenseMdp.At(game, uniform).Chain([.. policy.Select(row => DecimalMath.From(row))]);
            var pushed = DenseChain.Push(chain, DecimalMath.From(uniform));
            Assert.All(pushed, share => Assert.Equal(1 / 104.0, (double)share, 1e-16));
        }

        // All rewards are equal, so no policy is better than another.
        for (var s = 0; s < game.StateCount; s++)
        {
            Assert.All(any, (_, a) => Assert.Equal(Math.Log(104), game.Reward(s, a, uniform), 1e-14));
        }
    }

    [Theory]
    [InlineData(1, 0.25, 1.3862943611198906)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 27.631021115928547)]
    [InlineData(2, 1e-13, 55.262042231857094)]
    public void The_reward_is_the_logarithm_of_the_share_with_a_floor(double aversion, double share, double reward)
    {
        var game = Rooms(("aversion", aversion));
        var meanField = new double[104];
        (meanField[7], meanField[8]) = (share, 1 - share);
        Assert.Equal(reward, game.Reward(7, 3, meanField), 1e-14);
    }

    [Fact]
    public void Rooms_may_have_another_size()
    {
        var game = Rooms(("room-size", 1), ("doors", "0,1;1,2"));
        Assert.Equal("0,0 0,1 0,2 1,2 2,0 2,2", string.Join(' ', game.States));
        Assert.Equal("2,0:1", Outcomes(game, new GridCell(2, 0), GridMove.Up));
    }

    [Theory]
    [InlineData("2,4")]
    [InlineData("5,11")]
    [InlineData("-1,5")]
    [InlineData("2")]
    [InlineData("")]
    public void A_door_that_is_not_in_the_wall_is_refused(string door) =>
        Assert.Equal(
            $"four-rooms: door '{door}' is not in the wall; allowed: row,column with one of them 5 and the other 0 to 10",
            Refusal(FourRooms.Definition, "doors", "2,5;" + door)
        );

    private static FourRooms Rooms(params (string Name, object Value)[] parameters) =>
        (FourRooms)Create(FourRooms.Definition, parameters);

    private static string Outcomes(FourRooms game, GridCell from, GridMove move, bool byShare = false)
    {
        var row = Row(game, game.States.ToList().IndexOf(from), (int)move);
        var outcomes = Enumerable.Range(0, row.Length).Where(s => row[s] > 0);
        outcomes = byShare ? outcomes.OrderByDescending(s => Math.Round(row[s], 12)) : outcomes;
        return string.Join(
            ' ',
            outcomes.Select(s => FormattableString.Invariant($"{game.StateName(s)}:{Math.Round(row[s], 12)}"))
        );
    }

    // Outcomes of one action that two steps over free cells do not reach.
    private static List<(GridCell From, GridMove Move, GridCell To)> Crossings(FourRooms game)
    {
        var cells = game.States.ToHashSet();
        var crossings = new List<(GridCell, GridMove, GridCell)>();
        for (var s = 0; s < game.StateCount; s++)
        {
            var from = game.States[s];
            var reached = Around(from).SelectMany(Around).ToHashSet();
            foreach (var move in game.ActionsIn(from))
            {
                var row = Row(game, s, (int)move);
                crossings.AddRange(
                    Enumerable
                        .Range(0, row.Length)
                        .Where(to => row[to] > 0 && !reached.Contains(game.States[to]))
                        .Select(to => (from, move, game.States[to]))
                );
            }
        }

        return crossings;

        IEnumerable<GridCell> Around(GridCell cell) =>
            Enumerable.Range(0, 5).Select(move => cell.After((GridMove)move)).Where(cells.Contains);
    }
}
