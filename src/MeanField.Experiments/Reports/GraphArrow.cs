using System.Globalization;
using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>The shapes that show the directions of edges.</summary>
internal static class GraphArrow
{
    private const double Lane = 0.8;
    private const double ChevronLength = 5;

    /// <summary>How far an arrow reaches to the side of the straight line between the nodes.</summary>
    public static double Reach(double width) => Lane + width;

    /// <summary>An arrow as path data, from disc to disc and to the right of the straight line, so that two directions lie side by side.</summary>
    /// <param name="figure">The drawing.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="radius">The drawn radius of a node.</param>
    /// <param name="width">The width of the shaft.</param>
    public static string Path(GraphFigure figure, GraphEdge edge, Func<GraphNode, double> radius, double width)
    {
        var line = Line.Between(figure[edge.From], figure[edge.To]);
        var middle = Lane + (width / 2);
        var (start, end) = (Inside(radius(edge.From)) + 1, line.Length - Inside(radius(edge.To)) - 1.5);
        var head = Math.Min(3 + (1.3 * width), 0.6 * Math.Max(0, end - start));
        var neck = end - head;
        var wing = (width / 2) + 1 + (0.45 * head);
        return line.Point('M', start, Lane)
            + line.Point('L', neck, Lane)
            + line.Point('L', neck, Math.Max(0, middle - wing))
            + line.Point('L', end, middle)
            + line.Point('L', neck, middle + wing)
            + line.Point('L', neck, Lane + width)
            + line.Point('L', start, Lane + width)
            + "z";

        // How far along the line a disc reaches where the middle of the arrow leaves it.
        double Inside(double discRadius) => Math.Sqrt(Math.Max(0, (discRadius * discRadius) - (middle * middle)));
    }

    /// <summary>A sign in the middle of an edge, as path data, that says which way it goes.</summary>
    public static string Chevron(GraphFigure figure, GraphEdge edge)
    {
        var line = Line.Between(figure[edge.From], figure[edge.To]);
        var tip = (line.Length + ChevronLength) / 2;
        return line.Point('M', tip - ChevronLength, -0.6 * ChevronLength)
            + line.Point('L', tip, 0)
            + line.Point('L', tip - ChevronLength, 0.6 * ChevronLength);
    }

    /// <summary>A straight line, and points by how far they are along it and to the right of it.</summary>
    private readonly record struct Line(double StartX, double StartY, double X, double Y, double Length)
    {
        public static Line Between((double X, double Y) from, (double X, double Y) to)
        {
            var (x, y) = (to.X - from.X, to.Y - from.Y);
            var length = Math.Sqrt((x * x) + (y * y));
            return length > 0
                ? new Line(from.X, from.Y, x / length, y / length, length)
                : new Line(from.X, from.Y, 1, 0, 0);
        }

        public string Point(char command, double along, double right) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{command}{StartX + (along * X) - (right * Y):0.#} {StartY + (along * Y) + (right * X):0.#}"
            );
    }
}
