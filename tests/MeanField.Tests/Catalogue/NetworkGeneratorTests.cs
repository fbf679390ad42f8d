using FsCheck.Fluent;
using MeanField.Catalogue;
using MeanField.Parameters;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

/// <summary>What holds for every generated network, whatever the numbers.</summary>
public class NetworkGeneratorTests
{
    [Fact]
    public void Random_networks_are_connected_and_as_dense_as_asked() =>
        Properties.Hold(
            from nodes in Gen.Choose(2, 40)
            from degree in Gen.Choose(10, 120)
            from seed in Gen.Choose(-1000, 1000)
            select (nodes, degree / 10.0, seed),
            trials: 200,
            input =>
            {
                var (nodes, degree, seed) = input;
                var network = NetworkGenerator.Random(nodes, degree, seed);
                Assert.Equal(Enumerable.Range(1, nodes).Select(i => $"{i}"), network.Nodes.Select(node => node.Name));
                Assert.Equal(nodes, new NetworkPaths(network).CommonDestinations().Count);
                AssertTwoWay(network);
                var pairs = Math.Clamp(Math.Round(nodes * degree / 2), nodes - 1, nodes * (nodes - 1) / 2.0);
                Assert.Equal(2 * pairs, network.Edges.Count);
                Assert.All(network.Nodes, node => Assert.InRange(node.Capacity, 0.5, 1.5));
                Assert.All(network.Edges, edge => Assert.InRange(edge.Cost, 0.5, 1.5));
            }
        );

    [Fact]
    public void Islands_are_joined_by_bridges_that_share_no_end() =>
        Properties.Hold(
            from nodes in Gen.Choose(2, 40)
            from bridges in Gen.Choose(1, nodes / 2)
            from seed in Gen.Choose(-1000, 1000)
            select (nodes, bridges, seed),
            trials: 200,
            input =>
            {
                var (nodes, count, seed) = input;
                var network = NetworkGenerator.TwoIslands(nodes, 4, count, seed);
                Assert.Equal(nodes - (nodes / 2), network.Nodes.Count(node => node.Name[0] == 'a'));
                Assert.Equal(nodes / 2, network.Nodes.Count(node => node.Name[0] == 'b'));
                Assert.Equal(nodes, new NetworkPaths(network).CommonDestinations().Count);
                AssertTwoWay(network);
                var bridges = network.Edges.Where(edge => edge.From.Name[0] != edge.To.Name[0]).ToArray();
                Assert.Equal(2 * count, bridges.Length);
                Assert.Equal(2 * count, bridges.Select(edge => edge.From).Distinct().Count());
                Assert.All(bridges, edge => Assert.InRange(edge.Cost, 1, 3));

                // Each island hangs together without the bridges.
                var within = network.Edges.Except(bridges).Select(edge => (edge.From.Index, edge.To.Index, 1.0));
                var distances = FloydWarshall.Distances(nodes, within);
                Assert.All(
                    network.Nodes,
                    node =>
                        Assert.All(
                            network.Nodes,
                            other =>
                                Assert.Equal(
                                    node.Name[0] == other.Name[0],
                                    double.IsFinite(distances[node.Index, other.Index])
                                )
                        )
                );
            }
        );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(4, 3)]
    public void A_grid_joins_places_one_step_apart(int rows, int columns)
    {
        var network = NetworkGenerator.Grid(rows, columns);
        var places = network.Nodes.Select(node => (Row: 0 - node.Y!.Value, Column: node.X!.Value)).ToArray();
        Assert.Equal(rows * columns, places.Distinct().Count());
        Assert.All(
            network.Nodes,
            node => Assert.Equal($"r{places[node.Index].Row}c{places[node.Index].Column}", node.Name)
        );
        var expected =
            from one in network.Nodes
            from other in network.Nodes
            let apart = Math.Abs(places[one.Index].Row - places[other.Index].Row)
                + Math.Abs(places[one.Index].Column - places[other.Index].Column)
            where apart == 1
            select (one.Index, other.Index);
        Assert.Equal(expected, network.Edges.Select(edge => (edge.From.Index, edge.To.Index)).Order());
        Assert.All(network.Edges, edge => Assert.Equal(1, edge.Cost));
        Assert.All(network.Nodes, node => Assert.Equal(1, node.Capacity));
    }

    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_one_another()
    {
        Assert.Equal(Text(7), Text(7));
        Assert.Equal(20, Enumerable.Range(0, 20).Select(Text).Distinct(StringComparer.Ordinal).Count());

        static string Text(int seed) =>
            NetworkGenerator.Random(12, 3, seed).ToText() + NetworkGenerator.TwoIslands(12, 3, 2, seed).ToText();
    }

    // Each of the 10 pairs of 5 nodes is as likely as any other to be among the bridges' ends: 2 of 5 nodes on each island, so a node is one with
    // probability 0.4. Over 500 seeds the count of a node has standard deviation 11; 55 is five of them, false alarm below 1e-5 for all ten nodes.
    [Fact]
    public void Every_node_is_as_likely_as_any_other_to_have_a_bridge()
    {
        var counts = new int[10];
        for (var seed = 0; seed < 500; seed++)
        {
            foreach (
                var edge in NetworkGenerator
                    .TwoIslands(10, 2, 2, seed)
                    .Edges.Where(edge => edge.From.Name[0] != edge.To.Name[0])
            )
            {
                counts[edge.From.Index]++;
            }
        }

        Assert.All(counts, count => Assert.InRange(count, 200 - 55, 200 + 55));
    }

    [Fact]
    public void More_bridges_than_ends_are_refused() =>
        Assert.Equal(
            "crowd-graph: bridges is 6; allowed: at most 5, the nodes of the smaller island",
            Assert.Throws<ParameterException>(() => NetworkGenerator.TwoIslands(11, 4, 6, 0)).Message
        );

    private static void AssertTwoWay(GraphNetwork network)
    {
        var costs = network.Edges.ToDictionary(edge => (edge.From, edge.To), edge => edge.Cost);
        Assert.All(network.Edges, edge => Assert.Equal(edge.Cost, costs[(edge.To, edge.From)]));
        Assert.All(network.Edges, edge => Assert.NotEqual(edge.From, edge.To));
    }
}
