using MeanField.Catalogue;
using MeanField.Games;

namespace MeanField.Experiments.Reports;

/// <summary>How much of a population each edge of a network carries in a step.</summary>
internal static class GraphFlows
{
    /// <summary>By edge in the order of the network: μ(s) Σ_a π(a|s) P(s'|s, a, μ), slips included.</summary>
    /// <param name="graph">The game.</param>
    /// <param name="policy">π(a|s), one number a feasible pair.</param>
    /// <param name="meanField">μ, length S.</param>
    public static double[] Compute(CrowdGraph graph, ReadOnlySpan<double> policy, ReadOnlySpan<double> meanField)
    {
        var moved = new Dictionary<(int From, int To), double>();
        var row = new TransitionRow();
        var pair = 0;
        for (var state = 0; state < graph.StateCount; state++)
        {
            for (var action = 0; action < graph.ActionCount(state); action++)
            {
                row.Clear();
                graph.AddTransitions(state, action, meanField, row);
                foreach (var (successor, probability) in row.Entries)
                {
                    var flow = meanField[state] * policy[pair] * probability;
                    moved[(state, successor)] = moved.GetValueOrDefault((state, successor)) + flow;
                }

                pair++;
            }
        }

        return [.. graph.Network.Edges.Select(edge => moved.GetValueOrDefault((edge.From.Index, edge.To.Index)))];
    }
}
