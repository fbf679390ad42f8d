using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

public class NestedDissectionTests
{
    [Theory]
    [InlineData("path", 1)]
    [InlineData("path", 2)]
    [InlineData("path", 64)]
    [InlineData("path", 65)]
    [InlineData("path", 1000)]
    [InlineData("grid", 3)]
    [InlineData("grid", 8)]
    [InlineData("grid", 9)]
    [InlineData("grid", 40)]
    [InlineData("strip", 300)]
    [InlineData("clique", 5)]
    [InlineData("clique", 100)]
    [InlineData("star", 64)]
    [InlineData("star", 300)]
    [InlineData("isolated", 1)]
    [InlineData("isolated", 200)]
    [InlineData("two parts", 500)]
    [InlineData("random", 63)]
    [InlineData("random", 700)]
    public void An_order_is_a_permutation(string kind, int size)
    {
        var (offsets, neighbours) = Graphs.Named(kind, size);
        var order = NestedDissection.Order(offsets, neighbours);
        Assert.Equal(Enumerable.Range(0, offsets.Length - 1), order.Order());
    }

    [Fact]
    public void A_graph_without_vertices_has_the_empty_order() => Assert.Empty(NestedDissection.Order([0], []));

    // A tree can be eliminated from its leaves without any fill, and minimum degree does so.
    [Theory]
    [InlineData("path", 64)]
    [InlineData("star", 64)]
    [InlineData("isolated", 64)]
    public void A_small_tree_gets_no_fill(string kind, int size)
    {
        var (offsets, neighbours) = Graphs.Named(kind, size);
        Assert.Equal(neighbours.Length / 2, Plans.Of(offsets, neighbours).Upper.Length);
    }

    // Dissecting a path at its middle fills at most two entries beside each vertex.
    [Fact]
    public void A_long_path_gets_little_fill()
    {
        var (offsets, neighbours) = Graphs.Named("path", 5000);
        Assert.InRange(Plans.Of(offsets, neighbours).Upper.Length, 4999, 10_000);
    }

    // George 1973: on an m × m grid nested dissection leaves about (31/4) m² log₂ m numbers. Row by row it is m³ = 262144.
    [Fact]
    public void A_grid_gets_no_more_fill_than_georges_count()
    {
        const int Side = 64;
        var (offsets, neighbours) = Graphs.Named("grid", Side);
        var entries = Plans.Of(offsets, neighbours).Upper.Length;
        Assert.InRange(entries, neighbours.Length / 2, 31.0 / 4 * Side * Side * Math.Log2(Side));
    }

    // What is eliminated last is a separator: on a grid of side m, a few m vertices whose removal leaves no part of more than 3/4.
    [Theory]
    [InlineData("grid", 64, 96)]
    [InlineData("strip", 1000, 4)]
    [InlineData("path", 1000, 1)]
    public void The_last_vertices_of_an_order_cut_the_graph(string kind, int size, int separator)
    {
        var (offsets, neighbours) = Graphs.Named(kind, size);
        var order = NestedDissection.Order(offsets, neighbours);
        var kept = order.SkipLast(separator).ToHashSet();
        var largest = 0;
        while (kept.Count > 0)
        {
            var queue = new Queue<int>(kept.Take(1));
            kept.Remove(queue.Peek());
            var reached = 0;
            for (; queue.TryDequeue(out var vertex); reached++)
            {
                foreach (var next in neighbours[offsets[vertex]..offsets[vertex + 1]].Where(kept.Remove))
                {
                    queue.Enqueue(next);
                }
            }

            largest = Math.Max(largest, reached);
        }

        Assert.InRange(largest, 1, 3 * order.Length / 4);
    }

    [Fact]
    public void The_order_of_a_graph_is_always_the_same()
    {
        var (offsets, neighbours) = Graphs.Named("random", 700);
        Assert.Equal(NestedDissection.Order(offsets, neighbours), NestedDissection.Order(offsets, neighbours));
    }
}
