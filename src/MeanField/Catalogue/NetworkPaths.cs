namespace MeanField.Catalogue;

/// <summary>Ways through a network against the direction of its edges. Immutable and safe to share between threads.</summary>
internal sealed class NetworkPaths
{
    private readonly GraphNetwork _network;
    private readonly int[] _offsets;
    private readonly GraphEdge[] _incoming;

    /// <summary>Sorts the edges by where they end.</summary>
    public NetworkPaths(GraphNetwork network)
    {
        _network = network;
        _offsets = new int[network.Nodes.Count + 1];
        foreach (var edge in network.Edges)
        {
            _offsets[edge.To.Index + 1]++;
        }

        for (var i = 0; i < network.Nodes.Count; i++)
        {
            _offsets[i + 1] += _offsets[i];
        }

        _incoming = new GraphEdge[network.Edges.Count];
        var next = _offsets.AsSpan(0, network.Nodes.Count).ToArray();
        foreach (var edge in network.Edges)
        {
            _incoming[next[edge.To.Index]++] = edge;
        }
    }

    /// <summary>By node: the least cost of a way to the nearest target (Dijkstra, Numerische Mathematik 1, 1959), infinite where there is
    /// none.</summary>
    public double[] DistancesTo(IEnumerable<GraphNode> targets)
    {
        var distances = new double[_network.Nodes.Count];
        Array.Fill(distances, double.PositiveInfinity);
        var queue = new PriorityQueue<int, double>();
        foreach (var target in targets)
        {
            distances[target.Index] = 0;
            queue.Enqueue(target.Index, 0);
        }

        while (queue.TryDequeue(out var node, out var distance))
        {
            if (distance > distances[node])
            {
                continue;
            }

            foreach (var edge in Incoming(node))
            {
                var (before, through) = (edge.From.Index, distance + edge.Cost);
                if (through < distances[before])
                {
                    distances[before] = through;
                    queue.Enqueue(before, through);
                }
            }
        }

        return distances;
    }

    /// <summary>The nodes that can be reached from every node, in the order of the network; often all, sometimes none.</summary>
    public IReadOnlyList<GraphNode> CommonDestinations()
    {
        // If some node can be reached from all, so can whatever starts the search backwards that finds it, and that search is the last one:
        // it leaves nothing unseen.
        var seen = new bool[_network.Nodes.Count];
        var candidate = _network.Nodes[0];
        foreach (var node in _network.Nodes)
        {
            if (!seen[node.Index])
            {
                candidate = node;
                MarkFrom(node, seen, place => Incoming(place.Index).Select(edge => edge.From));
            }
        }

        var reaches = new bool[seen.Length];
        MarkFrom(candidate, reaches, place => Incoming(place.Index).Select(edge => edge.From));
        if (Array.IndexOf(reaches, false) >= 0)
        {
            return [];
        }

        var isReached = new bool[seen.Length];
        MarkFrom(candidate, isReached, place => place.Edges.Select(edge => edge.To));
        return [.. _network.Nodes.Where(node => isReached[node.Index])];
    }

    private ArraySegment<GraphEdge> Incoming(int node) =>
        new(_incoming, _offsets[node], _offsets[node + 1] - _offsets[node]);

    private static void MarkFrom(GraphNode start, bool[] marks, Func<GraphNode, IEnumerable<GraphNode>> next)
    {
        var open = new Stack<GraphNode>();
        marks[start.Index] = true;
        open.Push(start);
        while (open.TryPop(out var place))
        {
            foreach (var neighbour in next(place))
            {
                if (!marks[neighbour.Index])
                {
                    marks[neighbour.Index] = true;
                    open.Push(neighbour);
                }
            }
        }
    }
}
