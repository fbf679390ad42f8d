using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>The name of a node and the box it fills in a drawing.</summary>
/// <param name="Node">The node.</param>
/// <param name="X">The middle of the box.</param>
/// <param name="Y">The middle of the box.</param>
/// <param name="HalfWidth">Half the width of the box.</param>
/// <param name="HalfHeight">Half the height of the box.</param>
internal sealed record PlacedName(GraphNode Node, double X, double Y, double HalfWidth, double HalfHeight)
{
    /// <summary>Whether the box lies in a drawing.</summary>
    public bool IsWithin(double width, double height) =>
        X >= HalfWidth && X + HalfWidth <= width && Y >= HalfHeight && Y + HalfHeight <= height;

    /// <summary>Whether two boxes share area.</summary>
    public bool Overlaps(PlacedName other) =>
        Math.Abs(X - other.X) < HalfWidth + other.HalfWidth && Math.Abs(Y - other.Y) < HalfHeight + other.HalfHeight;

    /// <summary>Whether the box shares area with a disc.</summary>
    public bool Covers((double X, double Y) centre, double radius)
    {
        var right = Math.Max(0, Math.Abs(centre.X - X) - HalfWidth);
        var down = Math.Max(0, Math.Abs(centre.Y - Y) - HalfHeight);
        return (right * right) + (down * down) < radius * radius;
    }

    /// <summary>Whether a straight line comes nearer to the box than a distance, measured across and down.</summary>
    public bool IsCrossed((double X, double Y) from, (double X, double Y) to, double distance)
    {
        // What of the line, from 0 to 1, lies between the left and the right side, and of that between top and bottom.
        var (first, last) = Part(from.X - X, to.X - from.X, HalfWidth + distance, 0, 1);
        (first, last) = Part(from.Y - Y, to.Y - from.Y, HalfHeight + distance, first, last);
        return first < last;
    }

    private static (double First, double Last) Part(double start, double change, double half, double first, double last)
    {
        if (change == 0)
        {
            return Math.Abs(start) < half ? (first, last) : (1, 0);
        }

        var (one, other) = ((-half - start) / change, (half - start) / change);
        return (Math.Max(first, Math.Min(one, other)), Math.Min(last, Math.Max(one, other)));
    }
}
