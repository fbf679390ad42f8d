using System.Globalization;
using System.Text;

namespace MeanField.Experiments.Reports;

/// <summary>Draws the arrows of a policy over a floor plan.</summary>
internal static class ArrowLayer
{
    private const double Unit = GridFigureSize.Unit;
    private const double StillShare = 0.05;
    private const double StillStrength = 1e-3;

    /// <summary>Writes a layer.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="arrows">The arrows.</param>
    /// <param name="longest">The strength that is drawn at full length: a policy that hardly prefers anything moves a crowd all the same
    /// in the long run, so lengths are relative to the surest arrow.</param>
    /// <param name="size">The size of the figure.</param>
    /// <param name="blockSide">Cells in the side of the block that one arrow stands for.</param>
    /// <param name="name">The class of the layer, part of its identifiers.</param>
    public static void Write(
        MarkupWriter page,
        IReadOnlyList<PolicyArrow> arrows,
        double longest,
        GridFigureSize size,
        int blockSide,
        string name
    )
    {
        var length = blockSide * Unit * (size.IsNumbered ? 0.68 : 1);
        var lift = size.IsNumbered ? 0.14 * Unit : 0;
        var (lines, dots) = (new StringBuilder(), new StringBuilder());
        foreach (var arrow in arrows)
        {
            var (x, y) = ((arrow.Column + 0.5) * Unit, ((arrow.Row + 0.5) * Unit) - lift);
            if (arrow.Strength < Math.Max(StillShare * longest, StillStrength))
            {
                dots.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}h0");
            }
            else
            {
                AppendArrow(lines, arrow, x, y, length, arrow.Strength / longest);
            }
        }

        page.Write($"<g class=\"{name}\">");
        WriteTwice(page, $"{name}-arrows", lines, 0.075 * length, 0.17 * length);
        WriteTwice(page, $"{name}-dots", dots, 0.16 * length, 0.26 * length);
        page.Write($"</g>");
    }

    private static void AppendArrow(
        StringBuilder lines,
        PolicyArrow arrow,
        double x,
        double y,
        double length,
        double share
    )
    {
        var half = 0.4 * length * (0.35 + (0.65 * Math.Min(1, share)));
        var (right, down) = (arrow.Right / arrow.Strength, arrow.Down / arrow.Strength);
        var (tipX, tipY) = (x + (half * right), y + (half * down));
        var head = Math.Min(0.2 * length, 0.95 * half);
        var (backX, backY) = (tipX - (head * right), tipY - (head * down));
        var (sideX, sideY) = (-0.85 * head * down, 0.85 * head * right);
        lines.Append(
            CultureInfo.InvariantCulture,
            $"M{x - (half * right):0.#} {y - (half * down):0.#}L{tipX:0.#} {tipY:0.#}"
        );
        lines.Append(
            CultureInfo.InvariantCulture,
            $"M{backX + sideX:0.#} {backY + sideY:0.#}L{tipX:0.#} {tipY:0.#}L{backX - sideX:0.#} {backY - sideY:0.#}"
        );
    }

    // Once wide and dark, once narrow and white: readable on every colour of the scale.
    private static void WriteTwice(MarkupWriter page, string id, StringBuilder path, double width, double edgeWidth)
    {
        if (path.Length > 0)
        {
            page.Write($"<defs><path id=\"{id}\" d=\"{path.ToString()}\"/></defs>");
            page.Write($"<use class=\"arrow-edge\" href=\"#{id}\" stroke-width=\"{edgeWidth}\"/>");
            page.Write($"<use class=\"arrow\" href=\"#{id}\" stroke-width=\"{width}\"/>");
        }
    }
}
