using System.Globalization;
using System.Runtime.InteropServices;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Puts a <see cref="GraphNetwork"/> together from the fields of a text, whatever its format, and checks each of them: a message names the
/// source, the line, what was found and what is allowed. Not safe for use from several threads at once.
/// </summary>
/// <param name="source">What the text is called in messages, such as the name of its file.</param>
/// <param name="costName">What costs are called in messages.</param>
public sealed class GraphNetworkBuilder(string source, string costName = "cost")
{
    private const double LargestNumber = 1e15;
    private const string LargestText = "1e15";
    private const int LongestName = 40;
    private const string NameMarks = "_-.:/+()'";
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<Node> _nodes = [];
    private readonly List<Edge> _edges = [];
    private readonly Dictionary<(int From, int To), int> _lines = [];
    private bool _isListed;

    /// <summary>Lists a node. Once a node is listed, edges may use listed nodes only; list all of them before the first edge.</summary>
    /// <param name="line">The line of the text, from 1.</param>
    /// <param name="name">The name: 1 to 40 letters, digits and <c>_-.:/+()'</c>.</param>
    /// <param name="capacity">The capacity, greater than 0, or <see langword="null"/> to derive it from the edges.</param>
    /// <param name="x">The coordinate to the right, or <see langword="null"/>.</param>
    /// <param name="y">The coordinate upwards, <see langword="null"/> when <paramref name="x"/> is.</param>
    /// <exception cref="ParameterException">A field is not allowed, or the node is listed already.</exception>
    public void AddNode(int line, string name, string? capacity = null, string? x = null, string? y = null)
    {
        _isListed = true;
        CheckName(line, name);
        if (_indices.TryGetValue(name, out var earlier))
        {
            throw Refused(
                line,
                $"node '{name}' is listed again, first in line {_nodes[earlier].Line}",
                "each node once"
            );
        }

        Create(
            new Node(
                line,
                name,
                capacity is null ? null : Capacity(line, capacity),
                Coordinate(line, nameof(x), x),
                Coordinate(line, nameof(y), y)
            )
        );
    }

    /// <summary>Adds an edge.</summary>
    /// <param name="line">The line of the text, from 1.</param>
    /// <param name="from">The node where it begins.</param>
    /// <param name="to">The node where it ends, another one.</param>
    /// <param name="cost">The cost, at least 0.</param>
    /// <param name="capacity">The capacity, greater than 0, or <see langword="null"/> when edges have none.</param>
    /// <exception cref="ParameterException">A field is not allowed, a node is not listed, both ends are one node, or the edge is there
    /// already.</exception>
    public void AddEdge(int line, string from, string to, string cost = "1", string? capacity = null)
    {
        var (start, end) = (IndexOf(line, from), IndexOf(line, to));
        if (start == end)
        {
            throw Refused(line, $"the edge from '{from}' ends where it begins", "edges between two nodes");
        }

        ref var earlier = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, (start, end), out var exists);
        if (exists)
        {
            throw Refused(
                line,
                $"the edge from '{from}' to '{to}' is there again, first in line {earlier}",
                "one edge from a node to another"
            );
        }

        earlier = line;
        if (_edges.Count == GraphNetwork.MaximumEdges)
        {
            throw Refused(
                line,
                $"one edge more than {GraphNetwork.MaximumEdges}",
                $"at most {GraphNetwork.MaximumEdges}"
            );
        }

        _edges.Add(new Edge(start, end, Cost(line, cost), capacity is null ? null : Capacity(line, capacity)));
    }

    /// <summary>The network.</summary>
    /// <exception cref="ParameterException">There is no edge, or a listed node has none.</exception>
    public GraphNetwork Build()
    {
        if (_edges.Count == 0)
        {
            throw new ParameterException($"{source}: there is no edge; allowed: at least one");
        }

        var degrees = new int[_nodes.Count];
        var (incoming, outgoing) = (new double[_nodes.Count], new double[_nodes.Count]);
        foreach (var edge in _edges)
        {
            degrees[edge.From]++;
            degrees[edge.To]++;
            incoming[edge.To] += edge.Capacity ?? 0;
            outgoing[edge.From] += edge.Capacity ?? 0;
        }

        if (Array.IndexOf(degrees, 0) is var lonely and >= 0)
        {
            throw Refused(
                _nodes[lonely].Line,
                $"node '{_nodes[lonely].Name}' has no edge",
                "nodes with at least one edge"
            );
        }

        GraphNode[] nodes =
        [
            .. _nodes.Select((node, i) => new GraphNode(i, node.Name, CapacityOf(i, node), node.X, node.Y)),
        ];
        return new GraphNetwork(
            nodes,
            [.. _edges.Select(edge => new GraphEdge(nodes[edge.From], nodes[edge.To], edge.Cost))]
        );

        double CapacityOf(int i, Node node) =>
            node.Capacity
            ?? (
                incoming[i] > 0 ? incoming[i]
                : outgoing[i] > 0 ? outgoing[i]
                : 1
            );
    }

    private int IndexOf(int line, string name)
    {
        if (_indices.TryGetValue(name, out var index))
        {
            return index;
        }

        CheckName(line, name);
        return _isListed
            ? throw Refused(line, $"there is no node '{name}'", "nodes of the table above")
            : Create(new Node(line, name, null, null, null));
    }

    private int Create(Node node)
    {
        if (_nodes.Count == GraphNetwork.MaximumNodes)
        {
            throw Refused(
                node.Line,
                $"one node more than {GraphNetwork.MaximumNodes}",
                $"at most {GraphNetwork.MaximumNodes}"
            );
        }

        _indices.Add(node.Name, _nodes.Count);
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    private void CheckName(int line, string name)
    {
        var isAllowed =
            name.Length is > 0 and <= LongestName
            && name.All(c => char.IsLetterOrDigit(c) || NameMarks.Contains(c, StringComparison.Ordinal));
        if (!isAllowed)
        {
            throw Refused(
                line,
                $"the name {FoundText.Quoted(name)} of a node",
                $"1 to {LongestName} letters, digits and {NameMarks}"
            );
        }
    }

    private double Capacity(int line, string text) =>
        TryNumber(text, out var number) && number > 0
            ? number
            : throw Refused(
                line,
                $"capacity is {FoundText.Quoted(text)}",
                $"a number greater than 0 and at most {LargestText}"
            );

    private double Cost(int line, string text) =>
        TryNumber(text, out var number) && number >= 0
            ? number
            : throw Refused(
                line,
                $"{costName} is {FoundText.Quoted(text)}",
                $"a number of at least 0 and at most {LargestText}"
            );

    private double? Coordinate(int line, string column, string? text) =>
        text is null ? null
        : TryNumber(text, out var number) ? number
        : throw Refused(
            line,
            $"{column} is {FoundText.Quoted(text)}",
            $"a number from -{LargestText} to {LargestText}"
        );

    private static bool TryNumber(string text, out double number)
    {
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

        // "-0" is 0, and must not have another text.
        number += 0.0;
        return isNumber && Math.Abs(number) <= LargestNumber;
    }

    private ParameterException Refused(int line, string found, string allowed) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source}, line {line}: {found}; allowed: {allowed}"));

    private readonly record struct Node(int Line, string Name, double? Capacity, double? X, double? Y);

    private readonly record struct Edge(int From, int To, double Cost, double? Capacity);
}
