namespace MeanField.Catalogue;

/// <summary>A one-way edge of a network, or, from a node to itself, staying there.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Cost">What taking it costs, at least 0, in any unit: only ratios of costs matter.</param>
public sealed record GraphEdge(GraphNode From, GraphNode To, double Cost)
{
    /// <summary>Whether this is staying.</summary>
    public bool IsStay => From == To;

    /// <summary><c>stay</c>, or <c>to-</c> and the name of the node where the edge ends.</summary>
    public override string ToString() => IsStay ? "stay" : $"to-{To.Name}";
}
