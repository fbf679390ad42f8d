namespace MeanField.Experiments.Reports;

/// <summary>The colour scale of a heat map with numbers.</summary>
internal static class ScaleBar
{
    private const double Left = 24;
    private const double Right = 456;
    private const int Stops = 16;

    /// <summary>Writes the scale.</summary>
    public static void Write(MarkupWriter page, MassScale scale, string quantity)
    {
        page.Write($"<p class=\"scale-name\">{quantity} ({scale.Name} scale)</p>");
        page.Write($"<svg class=\"scale\" viewBox=\"0 0 480 46\" role=\"img\" aria-labelledby=\"scale-title\">");
        page.Write(
            $"<title id=\"scale-title\">Colour scale from {DisplayNumber.Nearest(scale.Minimum)} (dark) to {DisplayNumber.Nearest(scale.Maximum)} (bright), {scale.Name}</title>"
        );
        page.Write($"<defs><linearGradient id=\"heat\">");
        for (var stop = 0; stop <= Stops; stop++)
        {
            var position = (double)stop / Stops;
            page.Write(
                $"<stop offset=\"{100 * position}%\" stop-color=\"{HeatColors.Scale[HeatColors.Level(position)].Hexadecimal}\"/>"
            );
        }

        page.Write(
            $"</linearGradient></defs><rect x=\"{Left}\" y=\"2\" width=\"{Right - Left}\" height=\"16\" fill=\"url(#heat)\"/>"
        );
        foreach (var tick in scale.Ticks())
        {
            var place = Left + (tick.Position * (Right - Left));
            page.Write(
                $"<path class=\"axis\" d=\"M{place} 18v5\"/><text x=\"{place}\" y=\"39\" text-anchor=\"middle\">{tick.Label}</text>"
            );
        }

        page.Write($"</svg>");
        if (scale.Minimum > 0)
        {
            page.Write(
                $"<p class=\"note\">Whatever is below {DisplayNumber.Nearest(scale.Minimum, 2)} has the darkest colour.</p>"
            );
        }
    }
}
