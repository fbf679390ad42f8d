using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>A mean field on a grid as palette indices: transparent walls, a veil over cells that are no states, heat colours.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Pixels">Indices into <see cref="Palette"/>, row-major from the top left.</param>
/// <param name="CellsPerPixel">Cells in the side of the square that one pixel is the mean of.</param>
internal sealed record GridRaster(int Width, int Height, byte[] Pixels, int CellsPerPixel)
{
    private const byte Wall = 0;
    private const byte Unreachable = 1;
    private const byte FirstLevel = 2;

    /// <summary>The colours: wall, unreachable cell, then <see cref="HeatColors.Scale"/>.</summary>
    public static IReadOnlyList<PaletteColor> Palette { get; } =
    [new(0, 0, 0, 0), new(255, 255, 255, 102), .. HeatColors.Scale];

    /// <summary>Draws a mean field.</summary>
    /// <param name="grid">The game.</param>
    /// <param name="meanField">μ, length S.</param>
    /// <param name="scale">Where a mass stands on the colour scale.</param>
    /// <param name="longestSide">The most pixels in a row or column; larger layouts are averaged.</param>
    public static GridRaster Draw(CrowdGrid grid, ReadOnlySpan<double> meanField, MassScale scale, int longestSide)
    {
        var layout = grid.Layout;
        var side = (Math.Max(layout.Rows, layout.Columns) + longestSide - 1) / longestSide;
        var (width, height) = ((layout.Columns + side - 1) / side, (layout.Rows + side - 1) / side);
        var sums = new double[width * height];
        var counts = new int[width * height];
        for (var state = 0; state < grid.States.Count; state++)
        {
            var cell = grid.States[state];
            var pixel = (cell.Row / side * width) + (cell.Column / side);
            sums[pixel] += meanField[state];
            counts[pixel]++;
        }

        var pixels = new byte[width * height];
        for (var row = 0; row < layout.Rows; row++)
        {
            for (var column = 0; column < layout.Columns; column++)
            {
                var pixel = (row / side * width) + (column / side);
                pixels[pixel] =
                    counts[pixel] > 0
                        ? (byte)(FirstLevel + HeatColors.Level(scale.Position(sums[pixel] / counts[pixel])))
                    : layout.IsFree(new GridCell(row, column)) ? Unreachable
                    : Math.Max(pixels[pixel], Wall);
            }
        }

        return new GridRaster(width, height, pixels, side);
    }
}
