using System.Globalization;
using System.Text;

namespace MeanField.Cli.HeatMap;

/// <summary>A heat map in shades of Unicode blocks, two characters a cell, for pipes and terminals without colour.</summary>
internal static class PlainHeatMap
{
    private const string Indent = "  ";
    private const int CharactersPerCell = 2;

    // Shares fall off by orders of magnitude away from targets, so the steps are not even.
    private static readonly (double From, char Shade)[] Shades =
    [
        (0.5, '█'),
        (0.1, '▓'),
        (0.01, '▒'),
        (0.001, '░'),
        (0, '·'),
    ];

    /// <summary>The most columns of a picture on a terminal of some width.</summary>
    public static int ColumnsWithin(int width) => (width - Indent.Length - 1) / CharactersPerCell;

    /// <summary>Appends the picture and its legend, lines no wider than the width.</summary>
    public static void Write(StringBuilder text, FloorPicture picture, int width)
    {
        for (var row = 0; row < picture.Rows; row++)
        {
            text.Append(Indent);
            for (var column = 0; column < picture.Columns; column++)
            {
                var cell = picture[row, column];
                var shade = Shade(cell.Share, picture.LargestShare);
                text.Append(
                    cell.Kind switch
                    {
                        FloorKind.Wall => "##",
                        FloorKind.Unreachable => "  ",
                        FloorKind.Target => $"P{shade}",
                        _ => $"{shade}{shade}",
                    }
                );
            }

            text.AppendLine();
        }

        var steps = string.Join(
            ", ",
            Shades
                .Reverse()
                .Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Shade} {step.From * 100:0.#}%"))
        );
        var largest = picture.LargestShare.ToString("G4", CultureInfo.InvariantCulture);
        var scale =
            picture.Scale == 1 ? "" : $" Each mark shows the fullest of {picture.Scale} x {picture.Scale} cells.";
        TextLayout.Wrap(
            text,
            Indent,
            Indent.Length,
            $"Shades from {steps} of the fullest cell, which holds {largest} of the population. # wall, P target.{scale}",
            width
        );
    }

    private static char Shade(double share, double largest) => Shades.First(step => share >= step.From * largest).Shade;
}
