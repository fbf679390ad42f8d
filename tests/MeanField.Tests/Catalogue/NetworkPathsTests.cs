using MeanField.Catalogue;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

/// <summary>Distances and common destinations against all pairs by Floyd and Warshall.</summary>
public class NetworkPathsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Distances_are_those_to_the_nearest_target(int seed)
    {
        var random = new Random(seed);
        var (network, all) = Case(random);
        var targets = network.Nodes.Where(_ => random.Next(3) == 0).Append(network.Nodes[^1]).ToArray();
        var distances = new NetworkPaths(network).DistancesTo(targets);
        Assert.All(
            network.Nodes,
            node => Assert.Equal(targets.Min(target => all[node.Index, target.Index]), distances[node.Index])
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Common_destinations_are_the_nodes_that_all_can_reach(int seed)
    {
        var (network, all) = Case(new Random(seed));
        var expected = network.Nodes.Where(node =>
            network.Nodes.All(start => double.IsFinite(all[start.Index, node.Index]))
        );
        Assert.Equal(expected, new NetworkPaths(network).CommonDestinations());
    }

    // Half the cases have no common destination, some have a few, and some have all: the two tests above see each kind.
    [Fact]
    public void The_cases_are_of_all_kinds()
    {
        var shares = Seeds
            .Select(row =>
            {
                var (network, _) = Case(new Random(row.Data));
                return (double)new NetworkPaths(network).CommonDestinations().Count / network.Nodes.Count;
            })
            .ToArray();
        Assert.InRange(shares.Count(share => share == 0), 5, 55);
        Assert.InRange(shares.Count(share => share is > 0 and < 1), 5, 55);
        Assert.InRange(shares.Count(share => share == 1), 5, 55);
    }

    private static (GraphNetwork Network, double[,] Distances) Case(Random random)
    {
        var nodes = random.Next(2, 16);
        var network = Networks.RandomDirected(nodes, random);
        return (
            network,
            FloydWarshall.Distances(nodes, network.Edges.Select(edge => (edge.From.Index, edge.To.Index, edge.Cost)))
        );
    }
}
