using System.Globalization;
using System.Text;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>A directed graph with capacities at its nodes and costs at its edges. Immutable and safe to share between threads.</summary>
/// <remarks>
/// <para>As text: comma-separated tables, each under a header, one line a row; lines may be separated by <c>;</c> instead, so that a network
/// fits into one line, and lines that begin with <c>#</c> are comments. The table of edges has the columns <c>from</c>, <c>to</c> and, if
/// wanted, <c>cost</c> (default 1) and <c>capacity</c>. A table of nodes may stand before it, with the column <c>node</c> and, if wanted,
/// <c>capacity</c>, <c>x</c> and <c>y</c> (growing upwards); it then names every node.</para>
/// <para>A node's capacity is the one given for it; otherwise the sum of the capacities of the edges that end there, or, where none does,
/// of those that begin there (ours); otherwise 1.</para>
/// </remarks>
public sealed class GraphNetwork
{
    internal const int MaximumNodes = 1_000_000;
    internal const int MaximumEdges = 4_000_000;

    internal GraphNetwork(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
        foreach (var edge in edges)
        {
            edge.From.Add(edge);
        }
    }

    /// <summary>The nodes, at least one.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The edges; none from a node to itself, at most one from a node to another.</summary>
    public IReadOnlyList<GraphEdge> Edges { get; }

    /// <summary>Whether every node has coordinates; otherwise none has.</summary>
    public bool HasCoordinates => Nodes[0].X is not null;

    /// <summary>Reads a network from text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What the text is called in messages, such as the name of its file.</param>
    /// <exception cref="ParameterException">The text is no network: the message names the line (from 1), what was found and what is
    /// allowed.</exception>
    public static GraphNetwork Parse(string text, string source = "network") =>
        new NetworkTextReader(source).Read(text);

    /// <summary>The network in one line, such that <see cref="Parse"/> gives it back. Two texts of one network, nodes and edges in the same
    /// order, have the same.</summary>
    public string ToText()
    {
        var text = new StringBuilder(HasCoordinates ? "node,capacity,x,y" : "node,capacity");
        foreach (var node in Nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $";{node.Name},{node.Capacity:R}");
            if (node.X is { } x && node.Y is { } y)
            {
                text.Append(CultureInfo.InvariantCulture, $",{x:R},{y:R}");
            }
        }

        text.Append(";from,to,cost");
        foreach (var edge in Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $";{edge.From.Name},{edge.To.Name},{edge.Cost:R}");
        }

        return text.ToString();
    }
}
