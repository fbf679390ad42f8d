using System.Globalization;
using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Reports;

/// <summary>The mean field as a heat map over a floor plan, with targets and the direction of the policy.</summary>
internal static class GridMap
{
    private const int MostVectorCells = 3000;
    private const int LongestRaster = 1024;
    private const int MostTargets = 1000;
    private const double Unit = GridFigureSize.Unit;
    private const double RingRadius = 7;

    /// <summary>Writes the figure.</summary>
    public static void Write(MarkupWriter page, StoredRun run, CrowdGrid grid)
    {
        var scale = MassScale.For(run.MeanField);
        var size = new GridFigureSize(grid.Layout);
        var (width, height) = (grid.Layout.Columns * Unit, grid.Layout.Rows * Unit);
        var margin = size.HasFrames ? 0 : 1.4 * RingRadius * Unit / size.CellWidth;
        page.Write(
            $"<figure class=\"{(size.IsWide ? "card wide" : "card")}\" id=\"mean-field\"><h2>Mean field and policy</h2>"
        );
        page.Write($"<div class=\"scroll\">");
        page.Write(
            $"<svg class=\"map\" viewBox=\"{-margin} {-margin} {width + (2 * margin)} {height + (2 * margin)}\" style=\"max-width:{size.Width}px;min-width:{size.LeastShownWidth}px\" role=\"img\" aria-labelledby=\"map-title map-description\">"
        );
        page.Write($"<title id=\"map-title\">Where the population is, and where the policy moves it</title>");
        page.Write($"<desc id=\"map-description\">{Description(run, grid)}</desc>");
        page.Write($"<rect class=\"wall\" width=\"{width}\" height=\"{height}\"/>");
        var cellsPerPixel = 1;
        if (grid.States.Count <= MostVectorCells)
        {
            WriteCells(page, run, grid, scale);
        }
        else
        {
            cellsPerPixel = WritePicture(page, run, grid, scale);
        }

        WriteTargets(page, grid, size);
        var longest = WriteArrows(page, run, grid, size);
        if (size.IsNumbered)
        {
            WriteNumbers(page, run, grid, scale);
        }

        page.Write($"</svg></div>");
        ScaleBar.Write(page, scale, "Share of the population in a cell");
        WriteCaption(page, run, grid, size, cellsPerPixel, longest);
        page.Write($"</figure>");
    }

    private static string Description(StoredRun run, CrowdGrid grid) =>
        $"A floor plan of {grid.Layout.Rows} by {grid.Layout.Columns} cells with {DisplayNumber.Count(grid.StateCount)} states. {Largest(run, grid)}";

    private static string Largest(StoredRun run, CrowdGrid grid)
    {
        var state = Array.IndexOf(run.MeanField, run.MeanField.Max());
        var cell = grid.States[state];
        return $"The largest share, {DisplayNumber.Nearest(run.MeanField[state])}, is in row {cell.Row}, column {cell.Column} (counted from 0 at the top left).";
    }

    private static void WriteCells(MarkupWriter page, StoredRun run, CrowdGrid grid, MassScale scale)
    {
        page.Write($"<g shape-rendering=\"crispEdges\">");
        for (var state = 0; state < grid.States.Count; state++)
        {
            var (cell, mass) = (grid.States[state], run.MeanField[state]);
            var color = HeatColors.Scale[HeatColors.Level(scale.Position(mass))].Hexadecimal;
            page.Write(
                $"<rect x=\"{cell.Column * Unit}\" y=\"{cell.Row * Unit}\" width=\"20\" height=\"20\" fill=\"{color}\"><title>row {cell.Row}, column {cell.Column}: {DisplayNumber.Nearest(mass)}</title></rect>"
            );
        }

        if (grid.DroppedCells > 0)
        {
            page.Write($"<path class=\"unreachable\" d=\"{UnreachableCells(grid)}\"/>");
        }

        page.Write($"</g>");
    }

    private static string UnreachableCells(CrowdGrid grid)
    {
        var states = grid.States.ToHashSet();
        var path = new StringBuilder();
        for (var row = 0; row < grid.Layout.Rows; row++)
        {
            for (var column = 0; column < grid.Layout.Columns; column++)
            {
                var cell = new GridCell(row, column);
                if (grid.Layout.IsFree(cell) && !states.Contains(cell))
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column * Unit} {row * Unit}h20v20h-20z");
                }
            }
        }

        return path.ToString();
    }

    private static int WritePicture(MarkupWriter page, StoredRun run, CrowdGrid grid, MassScale scale)
    {
        var raster = GridRaster.Draw(grid, run.MeanField, scale, LongestRaster);
        var png = PngEncoder.Encode(raster.Width, raster.Height, raster.Pixels, [.. GridRaster.Palette]);
        var side = raster.CellsPerPixel * Unit;
        page.Write(
            $"<image class=\"pixels\" width=\"{raster.Width * side}\" height=\"{raster.Height * side}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>"
        );
        return raster.CellsPerPixel;
    }

    private static void WriteTargets(MarkupWriter page, CrowdGrid grid, GridFigureSize size)
    {
        var radius = RingRadius * Unit / size.CellWidth;
        var inset = size.IsNumbered ? 0.5 : 1;
        var side = Unit - (2 * inset);
        var path = new StringBuilder();
        foreach (var target in grid.Targets.Take(MostTargets))
        {
            var (x, y) = (target.Column * Unit, target.Row * Unit);
            path.Append(
                size.HasFrames
                    ? FormattableString.Invariant(
                        $"M{x + inset:0.#} {y + inset:0.#}h{side:0.#}v{side:0.#}h-{side:0.#}z"
                    )
                    : FormattableString.Invariant(
                        $"M{x + 10 - radius:0.#} {y + 10:0.#}a{radius:0.#} {radius:0.#} 0 1 0 {2 * radius:0.#} 0a{radius:0.#} {radius:0.#} 0 1 0 {-2 * radius:0.#} 0z"
                    )
            );
        }

        page.Write($"<path class=\"target-edge\" d=\"{path.ToString()}\"/>");
        page.Write($"<path class=\"target\" d=\"{path.ToString()}\"/>");
    }

    private static double WriteArrows(MarkupWriter page, StoredRun run, CrowdGrid grid, GridFigureSize size)
    {
        var arrows = PolicyArrows.Compute(grid, run.Policy, size.BlockSide);
        var longest = arrows.Max(arrow => arrow.Strength);
        if (size.PhoneBlockSide == size.BlockSide)
        {
            ArrowLayer.Write(page, arrows, longest, size, size.BlockSide, "policy");
            return longest;
        }

        ArrowLayer.Write(page, arrows, longest, size, size.BlockSide, "policy-on-wide");
        var coarse = PolicyArrows.Compute(grid, run.Policy, size.PhoneBlockSide);
        ArrowLayer.Write(page, coarse, longest, size, size.PhoneBlockSide, "policy-on-narrow");
        return longest;
    }

    private static void WriteNumbers(MarkupWriter page, StoredRun run, CrowdGrid grid, MassScale scale)
    {
        for (var state = 0; state < grid.States.Count; state++)
        {
            var (cell, mass) = (grid.States[state], run.MeanField[state]);
            var shade = HeatColors.IsDark(HeatColors.Level(scale.Position(mass))) ? "on-dark" : "on-bright";
            var text =
                mass >= 0.001
                    ? DisplayNumber.Nearest(mass, 2)
                    : DisplayNumber.Nearest(mass, 1).Replace("\u00A0×\u00A0", "·", StringComparison.Ordinal);
            page.Write(
                $"<text class=\"mass {shade}\" x=\"{(cell.Column + 0.5) * Unit}\" y=\"{(cell.Row + 0.9) * Unit}\">{text}</text>"
            );
        }
    }

    private static void WriteCaption(
        MarkupWriter page,
        StoredRun run,
        CrowdGrid grid,
        GridFigureSize size,
        int cellsPerPixel,
        double longest
    )
    {
        page.Write($"<ul class=\"legend\">");
        page.Write($"<li><span class=\"patch wall-patch\"></span>wall</li>");
        page.Write($"<li><span class=\"patch target-patch\"></span>target</li>");
        if (grid.DroppedCells > 0)
        {
            page.Write(
                $"<li><span class=\"patch unreachable-patch\"></span>free, but no target can be reached from it: no state</li>"
            );
        }

        page.Write($"</ul><p class=\"note\">{Largest(run, grid)} ");
        page.Write(
            $"An arrow is the mean move that the policy chooses, without what points into a wall; the longest stands for {DisplayNumber.Nearest(longest, 2)} {(longest > 1 ? "cells" : "cell")} a step. A dot: it stays, or its moves cancel out. "
        );
        WriteBlock(size.BlockSide, size.PhoneBlockSide == size.BlockSide ? "policy" : "policy-on-wide");
        if (size.PhoneBlockSide != size.BlockSide)
        {
            WriteBlock(size.PhoneBlockSide, "policy-on-narrow");
        }

        if (cellsPerPixel > 1)
        {
            page.Write($"Each pixel shows the mean over {cellsPerPixel} by {cellsPerPixel} cells. ");
        }

        if (grid.Targets.Count > MostTargets)
        {
            page.Write(
                $"Only the first {DisplayNumber.Count(MostTargets)} of {DisplayNumber.Count(grid.Targets.Count)} targets are drawn. "
            );
        }

        page.Write($"</p>");

        void WriteBlock(int blockSide, string name)
        {
            if (blockSide > 1)
            {
                page.Write(
                    $"<span class=\"{name}\">Each arrow is the mean over a block of {blockSide} by {blockSide} cells. </span>"
                );
            }
        }
    }
}
