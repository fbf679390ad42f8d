using MeanField.Catalogue;
using MeanField.Experiments.Runs;
using MeanField.Parameters;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>Made-up stored runs of crowd graphs.</summary>
internal static class GraphSample
{
    /// <summary>A crowd graph.</summary>
    public static CrowdGraph Graph(string network, params (string Key, string Value)[] parameters) =>
        (CrowdGraph)CrowdGraph.Definition.Create(Values(network, parameters));

    /// <summary>A converged run whose policy is uniform and whose shares are 1, 2, 3, ... in proportion.</summary>
    public static StoredRun Run(string network, params (string Key, string Value)[] parameters)
    {
        var graph = Graph(network, parameters);
        var sum = graph.StateCount * (graph.StateCount + 1) / 2.0;
        double[] policy =
        [
            .. graph.States.SelectMany(node => Enumerable.Repeat(1.0 / (node.Edges.Count + 1), node.Edges.Count + 1)),
        ];
        var run = ReportSample.Run();
        var game = new GameRecord(
            "crowd-graph",
            [.. Values(network, parameters).InOrder()],
            graph.StateCount,
            policy.Length,
            0,
            new string('a', 64)
        );
        return run with
        {
            Record = run.Record with { Game = game },
            Policy = policy,
            MeanField = [.. Enumerable.Range(1, graph.StateCount).Select(i => i / sum)],
        };
    }

    private static ParameterValues Values(string network, (string Key, string Value)[] parameters) =>
        ParameterValues.Create(
            "game crowd-graph",
            CrowdGraph.Definition.Parameters,
            [new("network", network), .. parameters.Select(p => KeyValuePair.Create(p.Key, p.Value))]
        );
}
