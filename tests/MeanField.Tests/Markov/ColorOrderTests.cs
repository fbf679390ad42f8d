using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class ColorOrderTests
{
    [Theory]
    [InlineData("path", 100, 2)]
    [InlineData("grid", 12, 2)]
    [InlineData("star", 50, 2)]
    [InlineData("isolated", 20, 1)]
    [InlineData("clique", 30, 30)]
    [InlineData("random", 200, null)]
    public void Neighbours_have_different_colours_and_every_state_has_one(string kind, int size, int? colors)
    {
        var (offsets, neighbours) = Graphs.Named(kind, size);
        var graph = SymmetricGraph.FromPattern(offsets, neighbours);
        Assert.Equal(offsets, graph.Offsets);
        Assert.Equal(neighbours, graph.Neighbours);
        var order = ColorOrder.Create(graph);

        Assert.Equal(Enumerable.Range(0, offsets.Length - 1), order.States.Order());
        Assert.Equal((0, order.States.Length), (order.Starts[0], order.Starts[^1]));
        var color = new int[order.States.Length];
        for (var c = 0; c + 1 < order.Starts.Length; c++)
        {
            var states = order.States[order.Starts[c]..order.Starts[c + 1]];
            Assert.NotEmpty(states);
            Assert.Equal(states.Order(), states);
            Array.ForEach(states, s => color[s] = c);
        }

        for (var s = 0; s < color.Length; s++)
        {
            Assert.All(neighbours[offsets[s]..offsets[s + 1]], next => Assert.NotEqual(color[s], color[next]));
        }

        Assert.Equal(colors ?? order.Starts.Length - 1, order.Starts.Length - 1);
    }
}
