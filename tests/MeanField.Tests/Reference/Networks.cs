using System.Globalization;
using MeanField.Catalogue;
using MeanField.Parameters;

namespace MeanField.Tests.Reference;

/// <summary>Crowd graphs by their parameters, and networks as text.</summary>
internal static class Networks
{
    /// <summary>Three nodes with capacities 1, 2, 3 (mean 2): a to b costs 2, b to c costs 1, c to a costs 3, b to a costs 4 (mean 2.5).</summary>
    public const string Triangle = "node,capacity;a,1;b,2;c,3;from,to,cost;a,b,2;b,c,1;c,a,3;b,a,4";

    /// <summary>The network of Braess (Unternehmensforschung 12, 1968): from 1 to 2 by way of 3 or 4, with a short cut from 3 to 4.</summary>
    public const string Braess = "from,to,cost;1,3,0;1,4,50;3,2,50;3,4,10;4,2,0";

    public static CrowdGraph Crowd(params (string Name, object Value)[] parameters) =>
        (CrowdGraph)
            CrowdGraph.Definition.Create(
                ParameterValues.Create(
                    "game crowd-graph",
                    CrowdGraph.Definition.Parameters,
                    parameters.Select(p =>
                        KeyValuePair.Create(p.Name, string.Create(CultureInfo.InvariantCulture, $"{p.Value}"))
                    )
                )
            );

    /// <summary>A random directed network, often not strongly connected: nodes n0, n1, ... and edges with small whole costs in any order.</summary>
    public static GraphNetwork RandomDirected(int nodes, Random random)
    {
        var edges = new HashSet<(int From, int To)>();
        var density = random.NextDouble() * 2.5 / nodes;
        for (var i = 0; i < nodes; i++)
        {
            for (var j = 0; j < nodes; j++)
            {
                if (i != j && random.NextDouble() < density)
                {
                    edges.Add((i, j));
                }
            }

            // A tree of edges that each go one way or the other leaves no node without an edge.
            if (i > 0)
            {
                var parent = random.Next(i);
                edges.Add(random.Next(4) > 0 ? (i, parent) : (parent, i));
            }
        }

        var lines = edges.Select(edge => $"n{edge.From},n{edge.To},{random.Next(0, 6)}").ToArray();
        random.Shuffle(lines);
        return GraphNetwork.Parse(
            string.Join('\n', ["node", .. Enumerable.Range(0, nodes).Select(i => $"n{i}"), "from,to,cost", .. lines])
        );
    }
}
