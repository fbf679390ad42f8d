using System.Globalization;
using MeanField.Numerics;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// Networks by a word and a few numbers (ours). All edges go both ways at the same cost. Everything drawn is a function of the seed: capacities
/// and costs are uniform from 0.5 to 1.5. A random part is connected: each node has an edge to an earlier one, and then pairs are drawn until the
/// mean number of neighbours is as wanted or all pairs are taken.
/// </summary>
internal sealed class NetworkGenerator
{
    private const double BridgeFactor = 2;
    private readonly List<GraphNode> _nodes = [];
    private readonly List<GraphEdge> _edges = [];
    private RandomNumbers _random;

    private NetworkGenerator(long seed) => _random = new RandomNumbers(seed, stream: 0);

    /// <summary>Nodes <c>r0c0</c>, <c>r0c1</c>, ... with their places as coordinates, each joined to those beside, above and below; every
    /// capacity and cost is 1.</summary>
    public static GraphNetwork Grid(int rows, int columns)
    {
        var made = new NetworkGenerator(seed: 0);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"r{row}c{column}");
                made._nodes.Add(new GraphNode(made._nodes.Count, name, 1, column, -row));
                if (column > 0)
                {
                    made.Join(made._nodes[^2], made._nodes[^1], 1);
                }

                if (row > 0)
                {
                    made.Join(made._nodes[^(columns + 1)], made._nodes[^1], 1);
                }
            }
        }

        return made.Finish();
    }

    /// <summary>Nodes <c>1</c>, <c>2</c>, ...</summary>
    public static GraphNetwork Random(int nodes, double degree, long seed)
    {
        var made = new NetworkGenerator(seed);
        made.AddPart("", nodes, degree);
        return made.Finish();
    }

    /// <summary>Two random halves, <c>a1</c>, <c>a2</c>, ... and <c>b1</c>, <c>b2</c>, ..., joined by bridges that share no end and cost
    /// twice as much.</summary>
    public static GraphNetwork TwoIslands(int nodes, double degree, int bridges, long seed)
    {
        if (bridges > nodes / 2)
        {
            throw new ParameterException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"crowd-graph: bridges is {bridges}; allowed: at most {nodes / 2}, the nodes of the smaller island"
                )
            );
        }

        var made = new NetworkGenerator(seed);
        made.AddPart("a", nodes - (nodes / 2), degree);
        made.AddPart("b", nodes / 2, degree);
        var (west, east) = (
            made.Drawn(0, nodes - (nodes / 2), bridges),
            made.Drawn(nodes - (nodes / 2), nodes / 2, bridges)
        );
        foreach (var (from, to) in west.Zip(east))
        {
            made.Join(made._nodes[from], made._nodes[to], BridgeFactor * made.Draw());
        }

        return made.Finish();
    }

    private void AddPart(string prefix, int count, double degree)
    {
        var first = _nodes.Count;
        for (var i = 1; i <= count; i++)
        {
            _nodes.Add(
                new GraphNode(_nodes.Count, string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}"), Draw())
            );
        }

        var joined = new HashSet<(int, int)>();
        for (var i = 1; i < count; i++)
        {
            TryJoin(i, _random.NextBelow(i));
        }

        var wanted = Math.Min(Math.Round(count * degree / 2), count * (count - 1.0) / 2);
        while (joined.Count < wanted)
        {
            TryJoin(_random.NextBelow(count), _random.NextBelow(count));
        }

        void TryJoin(int one, int other)
        {
            if (one != other && joined.Add((Math.Min(one, other), Math.Max(one, other))))
            {
                Join(_nodes[first + one], _nodes[first + other], Draw());
            }
        }
    }

    // Distinct numbers by the first steps of a shuffle.
    private int[] Drawn(int first, int count, int wanted)
    {
        var numbers = Enumerable.Range(first, count).ToArray();
        for (var i = 0; i < wanted; i++)
        {
            var other = i + _random.NextBelow(count - i);
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }

        return numbers[..wanted];
    }

    private double Draw() => 0.5 + _random.NextDouble();

    private void Join(GraphNode one, GraphNode other, double cost)
    {
        _edges.Add(new GraphEdge(one, other, cost));
        _edges.Add(new GraphEdge(other, one, cost));
    }

    private GraphNetwork Finish() => new(_nodes, _edges);
}
