using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

/// <summary>Kernels and rewards worked out by hand.</summary>
public class CrowdGridTests
{
    // Cells of a 2 × 2 grid: 0 1 / 2 3. From 0 up and left are blocked and stay. Slip 0.5 draws each of five moves with 0.1.
    [Theory]
    [InlineData(0, 0, 0.8, 0.1, 0.1, 0)]
    [InlineData(0, 1, 0.8, 0.1, 0.1, 0)]
    [InlineData(0, 2, 0.3, 0.1, 0.6, 0)]
    [InlineData(0, 3, 0.8, 0.1, 0.1, 0)]
    [InlineData(0, 4, 0.3, 0.6, 0.1, 0)]
    [InlineData(1, 0, 0.1, 0.8, 0, 0.1)]
    [InlineData(1, 3, 0.6, 0.3, 0, 0.1)]
    [InlineData(2, 1, 0.6, 0, 0.3, 0.1)]
    [InlineData(3, 1, 0, 0.6, 0.1, 0.3)]
    [InlineData(3, 2, 0, 0.1, 0.1, 0.8)]
    public void A_slip_draws_one_of_all_moves_and_a_blocked_move_stays(
        int state,
        int action,
        double to0,
        double to1,
        double to2,
        double to3
    )
    {
        var game = Grids.Crowd(("layout", "../.P"), ("slip", 0.5));
        Assert.Equal([to0, to1, to2, to3], Row(game, state, action), Within(1e-15));
    }

    [Fact]
    public void Without_slip_the_chosen_move_is_executed()
    {
        var game = Grids.Crowd(("layout", "../.P"), ("slip", 0));
        Assert.Equal([0, 0, 1, 0], Row(game, 0, (int)GridMove.Down));
        Assert.Equal([1, 0, 0, 0], Row(game, 0, (int)GridMove.Up));
    }

    // Distances to the last cell: 2 1 / 1 0; the farthest is 2.
    [Theory]
    [InlineData(0, 0, (3 * (1 - (2 / 2.0))) - (2 * 0.1))]
    [InlineData(1, 0, (3 * (1 - (1 / 2.0))) - (2 * 0.2))]
    [InlineData(2, 4, (3 * (1 - (1 / 2.0))) - (2 * 0.3) - 0.5)]
    [InlineData(3, 0, 3 - (2 * 0.4))]
    [InlineData(3, 1, 3 - (2 * 0.4) - 0.5)]
    public void Rewards_are_attraction_less_crowding_less_the_cost_of_moving(int state, int action, double reward)
    {
        var game = Grids.Crowd(("layout", "../.P"), ("attraction", 3), ("congestion", 2), ("move-cost", 0.5));
        Assert.Equal(reward, game.Reward(state, action, [0.1, 0.2, 0.3, 0.4]), 1e-15);
    }

    [Theory]
    [InlineData("linear", 2, 0.25, 0.5)]
    [InlineData("linear", -1, 0.25, -0.25)]
    [InlineData("log", 2, 0.25, -2.772588722239781)]
    [InlineData("log", 2, 1, 0)]
    [InlineData("log", 1, 0, -27.631021115928547)]
    [InlineData("power", 2, 0.25, 0.03125)]
    public void Crowding_has_three_forms(string form, double strength, double share, double crowding)
    {
        var game = Grids.Crowd(
            ("layout", "P."),
            ("attraction", 0),
            ("congestion", strength),
            ("congestion-form", form),
            ("congestion-power", 3)
        );
        Assert.Equal(-crowding, game.Reward(0, 0, [share, 1 - share]), 1e-14);
    }

    // A wall in the middle and one at the right: states are 0,0 0,1 0,2 / 1,0 # # / 2,0 2,1 2,2.
    [Fact]
    public void Walls_are_no_states_and_ways_go_round_them()
    {
        var game = Grids.Crowd(("layout", "..P/.##/..."), ("slip", 0), ("congestion", 0));
        string[] names = ["0,0", "0,1", "0,2", "1,0", "2,0", "2,1", "2,2"];
        int[] distances = [2, 1, 0, 3, 4, 5, 6];
        Assert.Equal(7, game.StateCount);
        for (var s = 0; s < 7; s++)
        {
            Assert.Equal(names[s], game.StateName(s));
            Assert.Equal(1 - (distances[s] / 6.0), game.Reward(s, 0, Grids.Uniform(game)), 1e-15);
        }

        int[] down = [3, 1, 2, 4, 4, 5, 6];
        int[] right = [1, 2, 2, 3, 5, 6, 6];
        for (var s = 0; s < 7; s++)
        {
            Assert.Equal(1, Row(game, s, (int)GridMove.Down)[down[s]]);
            Assert.Equal(1, Row(game, s, (int)GridMove.Right)[right[s]]);
        }
    }

    // 0,0 and 1,1 are diagonal neighbours with a wall at 0,1: the corner cannot be cut. 1,1 and 2,0 have both cells beside them free.
    [Fact]
    public void A_diagonal_move_needs_both_cells_beside_it_free()
    {
        var game = Grids.Crowd(("layout", ".#./.../..P"), ("slip", 0), ("moves", 8));
        // States: 0,0 0,2 / 1,0 1,1 1,2 / 2,0 2,1 2,2 as 0 1 / 2 3 4 / 5 6 7.
        Assert.Equal(1, Row(game, 0, (int)GridMove.DownRight)[0]);
        Assert.Equal(1, Row(game, 3, (int)GridMove.UpLeft)[3]);
        Assert.Equal(1, Row(game, 3, (int)GridMove.UpRight)[3]);
        Assert.Equal(1, Row(game, 3, (int)GridMove.DownLeft)[5]);
        Assert.Equal(1, Row(game, 3, (int)GridMove.DownRight)[7]);
        Assert.Equal(1, Row(game, 6, (int)GridMove.UpRight)[4]);
        Assert.Equal(1, Row(game, 6, (int)GridMove.UpLeft)[2]);
        Assert.Equal(1, Row(game, 7, (int)GridMove.DownRight)[7]);
    }

    [Fact]
    public void Eight_neighbours_shorten_distances_and_share_the_slip_among_nine_moves()
    {
        var four = Grids.Crowd(("layout", ".../.../..P"), ("congestion", 0));
        var eight = Grids.Crowd(("layout", ".../.../..P"), ("congestion", 0), ("moves", 8), ("slip", 0.9));
        Assert.Equal((5, 9), (four.ActionCount(0), eight.ActionCount(0)));
        // With eight neighbours cell 0,2 is as far as cell 0,0: two moves.
        var uniform = Grids.Uniform(four);
        Assert.Equal((0, 0.5), (four.Reward(0, 0, uniform), four.Reward(2, 0, uniform)));
        Assert.Equal((0, 0), (eight.Reward(0, 0, uniform), eight.Reward(2, 0, uniform)));
        Assert.Equal([0.7, 0.1, 0, 0.1, 0.1, 0, 0, 0, 0], Row(eight, 0, (int)GridMove.Stay), Within(1e-15));
        Assert.Equal([0.6, 0.1, 0, 0.1, 0.2, 0, 0, 0, 0], Row(eight, 0, (int)GridMove.DownRight), Within(1e-15));
        Assert.Equal("DownRight", eight.ActionName(0, 8), ignoreCase: true);
    }

    [Fact]
    public void Free_cells_that_reach_no_target_are_dropped_and_counted()
    {
        var game = Grids.Crowd(("layout", ".#P/.#./##."));
        Assert.Equal((2, 3), (game.DroppedCells, game.States.Count));
        Assert.Equal(0, Grids.Crowd(("layout", Grids.Walls)).DroppedCells);
        Assert.Equal(0, Grids.Crowd(("layout", ".#P/.#./##."), ("targets", "0,0;0,2")).DroppedCells);
    }

    [Theory]
    [InlineData("..P/P..", "marks", "0,2 1,0")]
    [InlineData("..P/...", "1,1", "1,1")]
    [InlineData("..P/...", "1,1;0,0;1,1", "1,1 0,0")]
    [InlineData("..P/...", " 1 , 1 ", "1,1")]
    [InlineData("..P/...", "auto", "1,2")]
    [InlineData("..#../..#..", "auto", "1,1")]
    [InlineData(".#..../######/......", "auto", "2,5")]
    public void Targets_are_marks_or_given_or_chosen(string layout, string targets, string cells) =>
        Assert.Equal(
            cells,
            string.Join(' ', Grids.Crowd(("layout", layout), ("targets", targets)).Targets.Select(t => t.ToString()))
        );

    [Theory]
    [InlineData(
        "marks",
        "crowd-grid: the layout has no target; allowed: a 'P' in the layout, or targets=auto, or targets=row,column;..."
    )]
    [InlineData("1", "crowd-grid: target '1' is not a cell; allowed: row,column counted from 0")]
    [InlineData("0,0;1,2,3", "crowd-grid: target '1,2,3' is not a cell; allowed: row,column counted from 0")]
    [InlineData("a,b", "crowd-grid: target 'a,b' is not a cell; allowed: row,column counted from 0")]
    [InlineData("0;1", "crowd-grid: target '0' is not a cell; allowed: row,column counted from 0")]
    [InlineData(
        "0,1",
        "crowd-grid: target 0,1 is a wall or outside; allowed: a free cell, rows 0 to 1, columns 0 to 2"
    )]
    [InlineData(
        "2,0",
        "crowd-grid: target 2,0 is a wall or outside; allowed: a free cell, rows 0 to 1, columns 0 to 2"
    )]
    [InlineData(
        "0,-1",
        "crowd-grid: target 0,-1 is a wall or outside; allowed: a free cell, rows 0 to 1, columns 0 to 2"
    )]
    public void Targets_that_cannot_be_are_refused(string targets, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<ParameterException>(() => Grids.Crowd(("layout", ".#./..."), ("targets", targets))).Message
        );

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData(" ")]
    public void A_list_of_no_targets_is_refused(string targets) =>
        Assert.Throws<ParameterException>(() => Grids.Crowd(("layout", ".#./..."), ("targets", targets)));

    [Fact]
    public void Everything_at_the_target_is_near()
    {
        var game = Grids.Crowd(("layout", "P"), ("congestion", 0));
        Assert.Equal((1, 1.0), (game.StateCount, game.Reward(0, 0, [1])));
    }

    [Theory]
    [InlineData("slip", -0.1)]
    [InlineData("slip", 1.1)]
    [InlineData("discount", 0)]
    [InlineData("discount", 1)]
    [InlineData("congestion-power", -1)]
    [InlineData("congestion-form", "cubic")]
    [InlineData("moves", 6)]
    [InlineData("moves", "king")]
    [InlineData("attraction", double.NaN)]
    public void A_parameter_out_of_range_is_refused(string name, object value) =>
        Assert.Contains(
            $"game crowd-grid: '{name}' is",
            Assert.Throws<ParameterException>(() => Grids.Crowd((name, value))).Message
        );

    [Fact]
    public void The_default_is_the_empty_grid_of_five_by_five()
    {
        var game = Grids.Crowd();
        Assert.Equal((25, 0.9, "4,4"), (game.StateCount, game.Discount, game.Targets.Single().ToString()));
    }

    [Theory]
    [InlineData("linear", 2, 0.25, -3)]
    [InlineData("log", 2, 0.25, -12)]
    [InlineData("log", 2, 1e-13, 0)]
    [InlineData("power", 2, 0.25, -1.5)]
    [InlineData("power", 1, 0, -3)]
    [InlineData("power", 3, 0, 0)]
    [InlineData("power", 0, 0, 0)]
    [InlineData("power", 0.5, 0.25, -3)]
    [InlineData("power", 0.5, 0, -1.5e6)]
    public void Crowding_falls_with_the_share_at_its_own_cell_alone(
        string form,
        double power,
        double share,
        double derivative
    )
    {
        var game = Grids.Crowd(
            ("layout", ".P"),
            ("congestion", 3),
            ("congestion-form", form),
            ("congestion-power", power)
        );
        var row = new GradientRow();
        game.AddRewardDerivatives(0, 0, [share, 1 - share], row);
        var (state, found) = Assert.Single(row.Entries);
        Assert.Equal(0, state);
        Assert.Equal(derivative, found, 1e-9 * (1 + Math.Abs(derivative)));
    }

    private static double[] Row(CrowdGrid game, int state, int action)
    {
        var row = new TransitionRow();
        game.AddTransitions(state, action, Grids.Uniform(game), row);
        var dense = new double[game.StateCount];
        foreach (var (successor, probability) in row.Entries)
        {
            dense[successor] += probability;
        }

        return dense;
    }

    private static Func<double, double, bool> Within(double tolerance) => (x, y) => Math.Abs(x - y) <= tolerance;
}
