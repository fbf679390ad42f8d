using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

public class StressLayoutTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void A_path_is_a_straight_line_with_one_step_between_neighbours(int count)
    {
        var places = StressLayout.Compute([
            .. Enumerable.Range(0, count).Select(i => new[] { i - 1, i + 1 }.Where(j => j >= 0 && j < count).ToArray()),
        ]);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                Assert.Equal(Math.Abs(i - j), Distance(places[i], places[j]), 0.01);
            }
        }
    }

    [Fact]
    public void Three_that_are_all_neighbours_are_a_triangle_with_equal_sides()
    {
        var places = StressLayout.Compute([
            [1, 2],
            [0, 2],
            [0, 1],
        ]);
        Assert.Equal(1, Distance(places[0], places[1]), 0.01);
        Assert.Equal(1, Distance(places[0], places[2]), 0.01);
        Assert.Equal(1, Distance(places[1], places[2]), 0.01);
    }

    // Steps on a grid are not straight distances, so that no drawing is without stress; but none of its edges may cross another.
    [Fact]
    public void A_grid_is_drawn_without_crossings()
    {
        var network = GraphSample.Graph("grid", ("rows", "5"), ("columns", "7")).Network;
        var places = StressLayout.Compute([
            .. network.Nodes.Select(node => node.Edges.Select(edge => edge.To.Index).ToArray()),
        ]);
        var edges = network.Edges.Where(edge => edge.From.Index < edge.To.Index).ToArray();
        Assert.All(
            edges,
            edge =>
            {
                Assert.InRange(Distance(places[edge.From.Index], places[edge.To.Index]), 0.6, 1.4);
                var others = edges.Where(other =>
                    other.From != edge.From && other.From != edge.To && other.To != edge.From && other.To != edge.To
                );
                Assert.All(
                    others,
                    other =>
                        Assert.False(
                            Cross(
                                places[edge.From.Index],
                                places[edge.To.Index],
                                places[other.From.Index],
                                places[other.To.Index]
                            )
                        )
                );
            }
        );
    }

    [Fact]
    public void Leaves_of_a_star_keep_apart()
    {
        var places = StressLayout.Compute([
            [.. Enumerable.Range(1, 8)],
            .. Enumerable.Repeat<int[]>([0], 8),
        ]);
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.InRange(Distance(places[i], places[j]), 0.4, 3);
            }
        }
    }

    // Two leaves at one corner of a grid are as far from everything as each other: no distance tells them apart but their own.
    [Fact]
    public void Twins_keep_apart()
    {
        var network = GraphSample.Graph("grid").Network;
        List<List<int>> neighbours =
        [
            .. network.Nodes.Select(node => node.Edges.Select(edge => edge.To.Index).ToList()),
        ];
        neighbours[24].AddRange([25, 26]);
        var places = StressLayout.Compute([.. neighbours, [24], [24]]);
        Assert.InRange(Distance(places[25], places[26]), 0.7, 2.5);
    }

    [Fact]
    public void Parts_without_a_way_between_them_lie_side_by_side()
    {
        var places = StressLayout.Compute([
            [1],
            [0],
            [3],
            [2],
            [],
        ]);
        Assert.Equal(1, Distance(places[0], places[1]), 0.3);
        Assert.Equal(1, Distance(places[2], places[3]), 0.3);
        Assert.All([2, 3, 4], i => Assert.InRange(Distance(places[0], places[i]), 1.5, 4));
    }

    [Fact]
    public void The_same_graph_gives_the_same_bits()
    {
        var network = GraphSample.Graph("random", ("nodes", "40")).Network;
        int[][] neighbours = [.. network.Nodes.Select(node => node.Edges.Select(edge => edge.To.Index).ToArray())];
        Assert.Equal(StressLayout.Compute(neighbours), StressLayout.Compute(neighbours));
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other) =>
        Math.Sqrt(Math.Pow(one.X - other.X, 2) + Math.Pow(one.Y - other.Y, 2));

    private static bool Cross(
        (double X, double Y) a,
        (double X, double Y) b,
        (double X, double Y) c,
        (double X, double Y) d
    )
    {
        return Turn(a, b, c) * Turn(a, b, d) < 0 && Turn(c, d, a) * Turn(c, d, b) < 0;

        static double Turn((double X, double Y) o, (double X, double Y) p, (double X, double Y) q) =>
            ((p.X - o.X) * (q.Y - o.Y)) - ((p.Y - o.Y) * (q.X - o.X));
    }
}
