using MeanField.Experiments.Reports;
using Spectre.Console;

namespace MeanField.Cli.HeatMap;

/// <summary>A heat map in colour, on the scale of the report. A character is about twice as high as wide, so it shows two pixels, one
/// above the other.</summary>
internal static class ColorHeatMap
{
    private const string Indent = "  ";
    private const int PixelsPerLine = 2;
    private const int LargestMagnification = 4;
    private const int LegendSteps = 16;

    private static readonly Color Wall = new(128, 128, 128);
    private static readonly Color Target = new(255, 60, 60);

    /// <summary>The most columns of a picture on a terminal of some width.</summary>
    public static int ColumnsWithin(int width) => width - Indent.Length - 1;

    /// <summary>The most rows of a picture in some lines of text.</summary>
    public static int RowsWithin(int lines) => PixelsPerLine * lines;

    /// <summary>Writes the picture and its legend.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="meanField">The shares that set the scale, S in state order.</param>
    /// <param name="maximumLines">The most lines of text the picture may take; small pictures are magnified.</param>
    /// <param name="console">Where to write.</param>
    public static void Write(
        FloorPicture picture,
        IReadOnlyList<double> meanField,
        int maximumLines,
        IAnsiConsole console
    )
    {
        var scale = MassScale.For([.. meanField]);
        var text = new Paragraph();
        var magnification = Magnification(picture, maximumLines, console.Profile.Width);
        for (var row = 0; row < picture.Rows * magnification; row += PixelsPerLine)
        {
            text.Append(Indent);
            for (var column = 0; column < picture.Columns * magnification; column++)
            {
                AppendPixels(text, picture, scale, row, column, magnification);
            }

            text.Append("\n");
        }

        AppendLegend(text, picture, scale, magnification);
        console.Write(text);
    }

    // 1, 2 or 4: a magnified cell fills whole characters, so that a target can be marked with a letter.
    private static int Magnification(FloorPicture picture, int maximumLines, int width)
    {
        var magnification = LargestMagnification;
        while (
            magnification > 1
            && (
                picture.Rows * magnification > RowsWithin(maximumLines)
                || picture.Columns * magnification > ColumnsWithin(width)
            )
        )
        {
            magnification /= 2;
        }

        return magnification;
    }

    private static void AppendPixels(
        Paragraph text,
        FloorPicture picture,
        MassScale scale,
        int row,
        int column,
        int magnification
    )
    {
        var above = picture[row / magnification, column / magnification];
        if (magnification > 1)
        {
            // Blocks, not spaces on a background: Spectre.Console trims spaces at the end of a line.
            var level = HeatColors.Level(scale.Position(above.Share));
            var isMark = above.Kind == FloorKind.Target && column % magnification == 0 && row % magnification == 0;
            var letter = HeatColors.IsDark(level) ? Color.White : Color.Black;
            text.Append(
                isMark ? "P" : "█",
                isMark ? new Style(letter, ColorOf(above, scale)) : new Style(ColorOf(above, scale))
            );
        }
        else if (row + 1 < picture.Rows)
        {
            text.Append("▀", new Style(PixelOf(above), PixelOf(picture[row + 1, column])));
        }
        else
        {
            text.Append("▀", new Style(PixelOf(above)));
        }

        Color PixelOf(FloorCell cell) => cell.Kind == FloorKind.Target ? Target : ColorOf(cell, scale);
    }

    private static Color ColorOf(FloorCell cell, MassScale scale) =>
        cell.Kind switch
        {
            FloorKind.Wall => Wall,
            FloorKind.Unreachable => Color.Black,
            _ => Heat(scale.Position(cell.Share)),
        };

    private static void AppendLegend(Paragraph text, FloorPicture picture, MassScale scale, int magnification)
    {
        text.Append($"{Indent}{DisplayNumber.Nearest(scale.Minimum, 3)} ");
        for (var step = 0; step < LegendSteps; step++)
        {
            text.Append("█", new Style(Heat(step / (LegendSteps - 1.0))));
        }

        text.Append($" {DisplayNumber.Nearest(scale.Maximum, 3)} of the population in a cell ({scale.Name})\n{Indent}");
        text.Append("█", new Style(Wall)).Append(" wall   ");
        text.Append(magnification > 1 ? "P" : "█", magnification > 1 ? Style.Plain : new Style(Target))
            .Append(" target");
        text.Append(
            picture.Scale > 1 ? $"   each point shows the fullest of {picture.Scale} x {picture.Scale} cells\n" : "\n"
        );
    }

    private static Color Heat(double position)
    {
        var color = HeatColors.Scale[HeatColors.Level(position)];
        return new Color(color.Red, color.Green, color.Blue);
    }
}
