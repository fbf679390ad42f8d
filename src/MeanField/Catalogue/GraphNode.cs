namespace MeanField.Catalogue;

/// <summary>A node of a network. Compared by identity. Immutable and safe to share between threads.</summary>
public sealed class GraphNode
{
    private readonly List<GraphEdge> _edges = [];

    internal GraphNode(int index, string name, double capacity, double? x = null, double? y = null)
    {
        Index = index;
        Name = name;
        Capacity = capacity;
        X = x;
        Y = y;
    }

    /// <summary>The place in <see cref="GraphNetwork.Nodes"/>, from 0.</summary>
    public int Index { get; }

    /// <summary>The name, unique in the network.</summary>
    public string Name { get; }

    /// <summary>The capacity, greater than 0, in any unit: only its share of all capacities matters.</summary>
    public double Capacity { get; }

    /// <summary>Where the node is drawn, growing to the right, or <see langword="null"/> in a network without coordinates.</summary>
    public double? X { get; }

    /// <summary>Where the node is drawn, growing upwards, or <see langword="null"/> in a network without coordinates.</summary>
    public double? Y { get; }

    /// <summary>The edges that leave the node, in the order of the network.</summary>
    public IReadOnlyList<GraphEdge> Edges => _edges;

    /// <inheritdoc />
    public override string ToString() => Name;

    internal void Add(GraphEdge edge) => _edges.Add(edge);
}
