using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

public class SymmetricGraphTests
{
    [Fact]
    public void A_graph_of_a_pattern_has_both_directions_and_no_loops()
    {
        // Rows: 0 → {0, 2}, 1 → {}, 2 → {0, 1}.
        var graph = SymmetricGraph.FromPattern([0, 2, 2, 4], [0, 2, 0, 1]);
        Assert.Equal([0, 1, 2, 4], graph.Offsets);
        Assert.Equal([2, 2, 0, 1], graph.Neighbours);
    }
}
