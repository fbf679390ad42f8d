using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>Where the nodes of a network are drawn, and how large the drawing is. Coordinates are CSS pixels where there is room for all of
/// it.</summary>
internal sealed class GraphFigure
{
    private const double PageWidth = 1100;
    private const double HalfWidth = 532;
    private const double PhoneWidth = 334;
    private const double LeastWideShown = 620;
    private const double GreatestHeight = 900;
    private const double LeastHeight = 140;
    private const double Margin = 46;
    private const double WideShape = 2;
    private const int MostNodesOnHalf = 60;
    private const double LargestRadius = 24;
    private const double SmallestRadius = 5;
    private const double RadiusPerSpacing = 0.36;

    private readonly (double X, double Y)[] _places;

    private GraphFigure((double X, double Y)[] places, double width, double height, bool isWide)
    {
        _places = places;
        (Width, Height, IsWide) = (width, height, isWide);
        NodeRadius = Math.Clamp(RadiusPerSpacing * Spacing(places), SmallestRadius, LargestRadius);
    }

    /// <summary>Whether the figure takes the whole width of the page, and not the half beside the chart.</summary>
    public bool IsWide { get; }

    /// <summary>The width where there is room for it.</summary>
    public double Width { get; }

    /// <summary>The height at that width.</summary>
    public double Height { get; }

    /// <summary>The width below which the figure is scrolled and not made smaller.</summary>
    public double LeastShownWidth => IsWide ? LeastWideShown : 0;

    /// <summary>How many units of the drawing are a pixel of a phone.</summary>
    public double UnitsPerPhonePixel => Width / Math.Max(PhoneWidth, LeastShownWidth);

    /// <summary>The radius of the fullest node.</summary>
    public double NodeRadius { get; }

    /// <summary>The place of a node.</summary>
    public (double X, double Y) this[GraphNode node] => _places[node.Index];

    /// <summary>Places the nodes by their coordinates, or, where they have none, by the numbers of edges between them.</summary>
    public static GraphFigure Of(GraphNetwork network)
    {
        (double X, double Y)[] places = network.HasCoordinates
            ? [.. network.Nodes.Select(node => (node.X!.Value, -node.Y!.Value))]
            : StressLayout.Compute(Neighbours(network));
        var (left, top) = (places.Min(place => place.X), places.Min(place => place.Y));
        var (across, down) = (places.Max(place => place.X) - left, places.Max(place => place.Y) - top);
        var isWide = network.Nodes.Count > MostNodesOnHalf || across >= WideShape * down;
        var width = isWide ? PageWidth : HalfWidth;
        var scale = Math.Min(
            across > 0 ? (width - (2 * Margin)) / across : double.PositiveInfinity,
            down > 0 ? (GreatestHeight - (2 * Margin)) / down : double.PositiveInfinity
        );
        scale = double.IsFinite(scale) ? scale : 0;
        var height = Math.Max(LeastHeight, (scale * down) + (2 * Margin));
        var (shiftX, shiftY) = ((width - (scale * across)) / 2, (height - (scale * down)) / 2);
        return new GraphFigure(
            [.. places.Select(place => (shiftX + (scale * (place.X - left)), shiftY + (scale * (place.Y - top))))],
            width,
            height,
            isWide
        );
    }

    private static IReadOnlyList<IReadOnlyList<int>> Neighbours(GraphNetwork network)
    {
        var neighbours = network.Nodes.Select(_ => new SortedSet<int>()).ToArray();
        foreach (var edge in network.Edges)
        {
            neighbours[edge.From.Index].Add(edge.To.Index);
            neighbours[edge.To.Index].Add(edge.From.Index);
        }

        return [.. neighbours.Select(set => set.ToArray())];
    }

    // The median over the nodes of how far the nearest other one is.
    private static double Spacing((double X, double Y)[] places)
    {
        var nearest = places
            .Select(place =>
                places.Select(other => Distance(place, other)).Where(d => d > 0).DefaultIfEmpty(PageWidth).Min()
            )
            .Order()
            .ToArray();
        return nearest[nearest.Length / 2];
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other) =>
        Math.Sqrt(((one.X - other.X) * (one.X - other.X)) + ((one.Y - other.Y) * (one.Y - other.Y)));
}
