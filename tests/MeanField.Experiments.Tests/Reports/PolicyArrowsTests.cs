using MeanField.Catalogue;
using MeanField.Experiments.Reports;
using MeanField.Parameters;

namespace MeanField.Experiments.Tests.Reports;

public class PolicyArrowsTests
{
    [Theory]
    [InlineData(GridMove.Right, 0, 1)]
    [InlineData(GridMove.Left, 0, -1)]
    [InlineData(GridMove.Up, -1, 0)]
    [InlineData(GridMove.Down, 1, 0)]
    [InlineData(GridMove.Stay, 0, 0)]
    public void A_policy_that_always_takes_one_move_points_that_way_until_a_wall(GridMove move, int down, int right)
    {
        var grid = ReportSample.Grid("...../.##../...#./.#.../....P", slip: "0");
        var arrows = Compute(grid, ReportSample.Always(grid, move), 1);
        Assert.Equal(grid.StateCount, arrows.Count);
        foreach (var arrow in arrows)
        {
            var isOpen = grid.Layout.IsFree(new GridCell(arrow.Row + down, arrow.Column + right));
            Assert.Equal(isOpen ? (down, right) : (0.0, 0.0), (arrow.Down, arrow.Right));
        }
    }

    [Fact]
    public void The_arrow_of_a_mixed_policy_is_the_mean_of_its_moves()
    {
        var grid = ReportSample.Grid(".../.../..P");
        double[] policy = [.. Enumerable.Repeat(new[] { 0.2, 0.1, 0.3, 0, 0.4 }, 9).SelectMany(row => row)];
        var middle = Compute(grid, policy, 1).Single(arrow => arrow is { Row: 1, Column: 1 });
        Assert.Equal(0.4, middle.Right, 12);
        Assert.Equal(0.2, middle.Down, 12);
        Assert.Equal(Math.Sqrt(0.2), middle.Strength, 12);
    }

    [Fact]
    public void A_uniform_policy_has_no_direction_anywhere()
    {
        var grid = ReportSample.Grid("...../.##../...#./.#.../....P");
        Assert.All(
            Compute(grid, [.. Enumerable.Repeat(0.2, 5 * grid.StateCount)], 1),
            arrow => Assert.Equal(0, arrow.Strength, 12)
        );
    }

    [Fact]
    public void With_eight_neighbours_diagonal_moves_count_both_ways()
    {
        var grid = (CrowdGrid)
            CrowdGrid.Definition.Create(
                ParameterValues.Create(
                    "game crowd-grid",
                    CrowdGrid.Definition.Parameters,
                    [new("layout", ".../.../..P"), new("moves", "8")]
                )
            );
        var policy = new double[9 * 9];
        for (var state = 0; state < 9; state++)
        {
            policy[(9 * state) + (int)GridMove.DownLeft] = 1;
        }

        var middle = Compute(grid, policy, 1).Single(arrow => arrow is { Row: 1, Column: 1 });
        Assert.Equal((1.0, -1.0), (middle.Down, middle.Right));
    }

    [Fact]
    public void A_block_has_the_mean_of_its_cells_and_its_arrow_stands_on_a_free_cell()
    {
        var grid = ReportSample.Grid("..#./.##./...P", slip: "0");
        var arrows = Compute(grid, ReportSample.Always(grid, GridMove.Down), 4);
        var arrow = Assert.Single(arrows);

        // Cells that can move down: (0,0), (1,0), (0,3) and (1,3), of nine.
        Assert.Equal(4.0 / 9, arrow.Down, 12);
        Assert.Equal(0, arrow.Right, 12);
        Assert.True(grid.Layout.IsFree(new GridCell(arrow.Row, arrow.Column)));
    }

    private static IReadOnlyList<PolicyArrow> Compute(CrowdGrid grid, double[] policy, int blockSide) =>
        PolicyArrows.Compute(grid, policy, blockSide);
}
