using System.Globalization;
using System.Text;

namespace MeanField.Experiments.Reports;

/// <summary>A chart of several series with a legend, as a figure of a page. The page needs <see cref="SeriesStyle.Css"/>.</summary>
internal sealed record SeriesChart
{
    private const double Width = 480;
    private const double Height = 340;
    private const double Left = 72;
    private const double Right = 458;
    private const double Top = 14;
    private const double Bottom = 288;
    private const int MostMarks = 20;

    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be seen, for those who do not see it.</summary>
    public required string Description { get; init; }

    /// <summary>The name below the horizontal axis.</summary>
    public required string XName { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required ChartAxis Y { get; init; }

    /// <summary>The series, the first one on top.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Whether points are marked where a line has few of them.</summary>
    public bool HasMarks { get; init; } = true;

    /// <summary>A remark below the legend, or none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Writes the figure.</summary>
    public void Write(MarkupWriter page)
    {
        page.Write($"<figure class=\"card\"><h2>{Title}</h2>");
        page.Write($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Description}\">");
        WriteAxes(page);
        foreach (var series in Series.Reverse())
        {
            foreach (var line in series.Lines)
            {
                WriteLine(page, series.Style % SeriesStyle.Count, line);
            }
        }

        page.Write($"</svg><ul class=\"legend\">");
        foreach (var series in Series)
        {
            var style = series.Style % SeriesStyle.Count;
            page.Write(
                $"<li><svg class=\"swatch\" viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"line-{style}\" d=\"M0 6H40\"/></svg><span>{series.Name}</span></li>"
            );
        }

        page.Write($"</ul>");
        if (Note.Length > 0)
        {
            page.Write($"<p class=\"note\">{Note}</p>");
        }

        page.Write($"</figure>");
    }

    private void WriteAxes(MarkupWriter page)
    {
        foreach (var tick in Y.Ticks)
        {
            var height = Vertical(tick.Position);
            page.Write($"<path class=\"grid\" d=\"M{Left} {height}H{Right}\"/>");
            page.Write($"<text x=\"{Left - 8}\" y=\"{height + 5}\" text-anchor=\"end\">{tick.Label}</text>");
        }

        foreach (var tick in X.Ticks)
        {
            var place = Horizontal(tick.Position);
            page.Write($"<path class=\"axis\" d=\"M{place} {Bottom}v5\"/>");
            page.Write($"<text x=\"{place}\" y=\"{Bottom + 21}\" text-anchor=\"middle\">{tick.Label}</text>");
        }

        page.Write($"<path class=\"axis\" d=\"M{Left} {Top}V{Bottom}H{Right}\"/>");
        page.Write($"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{XName}</text>");
    }

    private void WriteLine(MarkupWriter page, int style, IReadOnlyList<ChartPoint> line)
    {
        var points = line.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)).ToList();
        var places = points.Select(Place).ToList();
        var path = new StringBuilder();
        foreach (var (x, y) in LineThinning.Thin(places))
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }

        page.Write($"<path class=\"line-{style}\" d=\"{path.ToString()}\"/>");
        if (!HasMarks || points.Count > MostMarks)
        {
            return;
        }

        foreach (var (point, (x, y)) in points.Zip(places))
        {
            if (double.IsFinite(point.Low) && double.IsFinite(point.High))
            {
                var (low, high) = (Vertical(Y.Position(point.Low)), Vertical(Y.Position(point.High)));
                page.Write($"<path class=\"bar-{style}\" d=\"M{x} {low}V{high}M{x - 4} {low}h8M{x - 4} {high}h8\"/>");
            }

            page.Write($"<circle class=\"mark-{style}\" cx=\"{x}\" cy=\"{y}\" r=\"3.4\"/>");
        }
    }

    private (double X, double Y) Place(ChartPoint point) =>
        (Horizontal(X.Position(point.X)), Vertical(Y.Position(point.Y)));

    private static double Horizontal(double position) => Left + (position * (Right - Left));

    private static double Vertical(double position) => Bottom - (position * (Bottom - Top));
}
