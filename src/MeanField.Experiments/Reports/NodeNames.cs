using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>Finds room for the names of nodes in a drawing: beside their nodes, over no other node and no other name, across as few edges
/// as can be.</summary>
internal static class NodeNames
{
    private const double WidthOfCharacter = 0.6;
    private const double Height = 1.05;
    private const double Gap = 3;
    private static readonly (double X, double Y)[] Directions =
    [
        (1, 0),
        (-1, 0),
        (0, -1),
        (0, 1),
        (0.7, -0.7),
        (-0.7, -0.7),
        (0.7, 0.7),
        (-0.7, 0.7),
    ];

    /// <summary>Places as many names as have room, those of the first nodes first.</summary>
    /// <param name="figure">The drawing.</param>
    /// <param name="network">The network.</param>
    /// <param name="nodes">The nodes to name, in order of importance.</param>
    /// <param name="radius">The drawn radius of a node.</param>
    /// <param name="thickness">How far an edge, in the order of the network, is drawn beside the straight line between its ends.</param>
    /// <param name="fontSize">The size of the font in units of the drawing.</param>
    public static IReadOnlyList<PlacedName> Place(
        GraphFigure figure,
        GraphNetwork network,
        IEnumerable<GraphNode> nodes,
        Func<GraphNode, double> radius,
        IReadOnlyList<double> thickness,
        double fontSize
    )
    {
        var edges = network.Edges.Select(edge => (From: figure[edge.From], To: figure[edge.To])).ToArray();
        var discs = network.Nodes.Select(node => (Place: figure[node], Radius: radius(node))).ToArray();
        var placed = new List<PlacedName>();
        foreach (var node in nodes)
        {
            var best = Directions
                .Select(direction => Candidate(figure, node, direction, radius(node), fontSize))
                .Where(name => name.IsWithin(figure.Width, figure.Height) && !placed.Exists(name.Overlaps))
                .Where(name => !Array.Exists(discs, disc => name.Covers(disc.Place, disc.Radius)))
                .MinBy(Crossings);
            if (best is not null)
            {
                placed.Add(best);
            }
        }

        return placed;

        double Crossings(PlacedName name)
        {
            var sum = 0.0;
            for (var i = 0; i < edges.Length; i++)
            {
                sum += name.IsCrossed(edges[i].From, edges[i].To, thickness[i]) ? 1 + thickness[i] : 0;
            }

            return sum;
        }
    }

    private static PlacedName Candidate(
        GraphFigure figure,
        GraphNode node,
        (double X, double Y) direction,
        double radius,
        double fontSize
    )
    {
        var (halfWidth, halfHeight) = (WidthOfCharacter * fontSize * node.Name.Length / 2, Height * fontSize / 2);
        var (x, y) = figure[node];
        return new PlacedName(
            node,
            x + (direction.X * (radius + Gap)) + (Math.Sign(direction.X) * halfWidth),
            y + (direction.Y * (radius + Gap)) + (Math.Sign(direction.Y) * halfHeight),
            halfWidth,
            halfHeight
        );
    }
}
