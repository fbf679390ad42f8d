using System.Globalization;
using System.Text;
using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Reports;

/// <summary>The course of a run: certified exploitabilities and population change against the outer iteration.</summary>
internal static class ConvergenceChart
{
    private const double Width = 480;
    private const double Height = 340;
    private const double Left = 58;
    private const double Right = 466;
    private const double Top = 14;
    private const double Bottom = 288;
    private const int MostMarkers = 20;

    private static readonly Series[] AllSeries =
    [
        new(
            "Regularised exploitability φ<sub>η</sub>, certified upper end",
            "series-a",
            row => row.RegularizedExploitability.Upper
        ),
        new("Exploitability φ, certified upper end", "series-b", row => row.Exploitability.Upper),
        new(
            "Population change ‖μ<sub>k+1</sub> − μ<sub>k</sub>‖<sub>1</sub> of one outer step, measured",
            "series-c",
            MeasuredChange
        ),
        new(
            "Distance of the crowd to the reference ‖μ<sup>π</sup> − μ<sup>*</sup>‖<sub>1</sub>, measured",
            "series-d",
            row => row.ReferenceDistance
        ),
    ];

    /// <summary>Writes the figure.</summary>
    public static void Write(MarkupWriter page, StoredRun run)
    {
        page.Write($"<figure class=\"card\" id=\"convergence\"><h2>Convergence</h2>");
        if (run.Trace.Count == 0)
        {
            page.Write(
                $"<p class=\"note\">No outer iteration of this run was scored, so there is no course to show.</p></figure>"
            );
            return;
        }

        var tolerance = Tolerance(run.Record);
        var drawn = Drawn(run.Trace);
        var values = run.Trace.SelectMany(row => drawn.Select(series => series.Value(row)));
        var y = LogAxis.Covering(tolerance > 0 ? values.Append(tolerance / 2) : values);
        var x = IterationAxis.For(run.Trace);
        page.Write(
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"chart-title chart-description\">"
        );
        page.Write($"<title id=\"chart-title\">Exploitability and population change against outer iteration</title>");
        page.Write($"<desc id=\"chart-description\">{Description(run, tolerance)}</desc>");
        WriteAxes(page, x, y);
        if (tolerance > 0)
        {
            page.Write($"<path class=\"tolerance\" d=\"M{Left} {Vertical(y.Position(tolerance))}H{Right}\"/>");
        }

        foreach (var series in drawn.Reverse())
        {
            WriteSeries(page, run.Trace, series, x, y);
        }

        if (tolerance > 0)
        {
            WriteToleranceLabel(page, y, tolerance);
        }

        WriteBest(page, run, x, y);
        page.Write($"</svg>");
        WriteLegend(page, run, drawn, y);
        page.Write($"</figure>");
    }

    private static Series[] Drawn(IReadOnlyList<TraceRow> trace) =>
        trace.Any(row => double.IsFinite(row.ReferenceDistance)) ? AllSeries : AllSeries[..^1];

    // Row 0 is the start: no outer step has moved the population yet.
    private static double MeasuredChange(TraceRow row) =>
        row is { Iteration: 0, PopulationChange: 0 } ? double.NaN : row.PopulationChange;

    private static double Tolerance(RunRecord record) =>
        record.Solver.Options.Where(option => option.Key == "tolerance").Select(option => option.Value).FirstOrDefault()
            is { } text
        && double.TryParse(text, CultureInfo.InvariantCulture, out var tolerance)
            ? tolerance
            : 0;

    private static string Description(StoredRun run, double tolerance)
    {
        var (first, last) = (run.Trace[0], run.Trace[^1]);
        var course =
            $"The certified upper end of the regularised exploitability goes from "
            + $"{DisplayNumber.NotLess(first.RegularizedExploitability.Upper)} at iteration {DisplayNumber.Count(first.Iteration)} to "
            + $"{DisplayNumber.NotLess(last.RegularizedExploitability.Upper)} at iteration {DisplayNumber.Count(last.Iteration)}.";
        return tolerance > 0 ? $"{course} The tolerance is {DisplayNumber.Nearest(tolerance)}." : course;
    }

    private static void WriteAxes(MarkupWriter page, IterationAxis x, LogAxis y)
    {
        foreach (var tick in y.Ticks())
        {
            var height = Vertical(tick.Position);
            page.Write($"<path class=\"grid\" d=\"M{Left} {height}H{Right}\"/>");
            page.Write($"<text x=\"{Left - 8}\" y=\"{height + 5}\" text-anchor=\"end\">{tick.Label}</text>");
        }

        foreach (var tick in x.Ticks())
        {
            var place = Horizontal(tick.Position);
            page.Write($"<path class=\"axis\" d=\"M{place} {Bottom}v5\"/>");
            page.Write($"<text x=\"{place}\" y=\"{Bottom + 21}\" text-anchor=\"middle\">{tick.Label}</text>");
        }

        page.Write($"<path class=\"axis\" d=\"M{Left} {Top}V{Bottom}H{Right}\"/>");
        var name = x.IsLogarithmic ? "outer iteration k, spaced as log(k + 1)" : "outer iteration k";
        page.Write($"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{name}</text>");
    }

    private static void WriteToleranceLabel(MarkupWriter page, LogAxis y, double tolerance)
    {
        var height = Vertical(y.Position(tolerance));
        var textHeight = height - 6 < Top + 12 ? height + 17 : height - 6;
        page.Write(
            $"<text class=\"halo\" x=\"{Left + 8}\" y=\"{textHeight}\">tolerance {DisplayNumber.Nearest(tolerance)}</text>"
        );
    }

    private static void WriteSeries(
        MarkupWriter page,
        IReadOnlyList<TraceRow> trace,
        Series series,
        IterationAxis x,
        LogAxis y
    )
    {
        var path = new StringBuilder();
        var segment = new List<(double X, double Y)>();
        foreach (var row in trace)
        {
            var value = series.Value(row);
            if (double.IsFinite(value))
            {
                segment.Add((Horizontal(x.Position(row.Iteration)), Vertical(y.Position(value))));
            }
            else
            {
                AppendSegment(path, segment);
            }
        }

        AppendSegment(path, segment);
        page.Write($"<path class=\"line {series.Class}\" d=\"{path.ToString()}\"/>");
        if (trace.Count > MostMarkers)
        {
            return;
        }

        foreach (var row in trace.Where(row => double.IsFinite(series.Value(row))))
        {
            var (markX, markY) = (Horizontal(x.Position(row.Iteration)), Vertical(y.Position(series.Value(row))));
            page.Write($"<path class=\"mark {series.Class}\" d=\"{MarkPath(series.Class, markX, markY)}\"/>");
        }
    }

    private static void AppendSegment(StringBuilder path, List<(double X, double Y)> segment)
    {
        var command = 'M';
        foreach (var (x, y) in LineThinning.Thin(segment))
        {
            path.Append(CultureInfo.InvariantCulture, $"{command}{x:0.#} {y:0.#}");
            command = 'L';
        }

        segment.Clear();
    }

    // Circle, square, diamond and triangle, so that single points are told apart without colour.
    private static string MarkPath(string series, double x, double y) =>
        series switch
        {
            "series-a" => FormattableString.Invariant($"M{x - 3.5:0.#} {y:0.#}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z"),
            "series-b" => FormattableString.Invariant($"M{x - 5:0.#} {y - 5:0.#}h10v10h-10z"),
            "series-c" => FormattableString.Invariant($"M{x:0.#} {y - 5:0.#}l5 5l-5 5l-5 -5z"),
            _ => FormattableString.Invariant($"M{x:0.#} {y - 5:0.#}l5 9h-10z"),
        };

    private static void WriteBest(MarkupWriter page, StoredRun run, IterationAxis x, LogAxis y)
    {
        var best = BestRow(run);
        if (best is not null && double.IsFinite(best.RegularizedExploitability.Upper))
        {
            var place = Horizontal(x.Position(best.Iteration));
            page.Write(
                $"<circle class=\"best\" cx=\"{place}\" cy=\"{Vertical(y.Position(best.RegularizedExploitability.Upper))}\" r=\"7\"/>"
            );
        }
    }

    // Worth a mark only when the stored iterate is not simply the end of the curve.
    private static TraceRow? BestRow(StoredRun run) =>
        run.Record.BestIteration == run.Trace[^1].Iteration
            ? null
            : run.Trace.FirstOrDefault(row => row.Iteration == run.Record.BestIteration);

    private static void WriteLegend(MarkupWriter page, StoredRun run, Series[] drawn, LogAxis y)
    {
        page.Write($"<ul class=\"legend\">");
        foreach (var series in drawn)
        {
            page.Write(
                $"<li><svg class=\"swatch\" viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"line {series.Class}\" d=\"M0 6H40\"/><path class=\"mark {series.Class}\" d=\"{MarkPath(series.Class, 20, 6)}\"/></svg>"
            );
            page.WriteMarkup($"<span>{series.NameMarkup}</span></li>\n");
        }

        if (BestRow(run) is { } best)
        {
            page.Write(
                $"<li><svg class=\"swatch\" viewBox=\"0 0 40 12\" aria-hidden=\"true\"><circle class=\"best\" cx=\"20\" cy=\"6\" r=\"5\"/></svg>Best iterate, k = {DisplayNumber.Count(best.Iteration)}: the one shown here</li>"
            );
        }

        page.Write($"</ul>");
        var edge = Math.Pow(10, y.LowDecade) * (1 - 1e-9);
        if (run.Trace.Any(row => drawn.Any(series => series.Value(row) < edge)))
        {
            page.Write(
                $"<p class=\"note\">Zero and values below {DisplayNumber.PowerOfTen(y.LowDecade)} are drawn at the lower edge.</p>"
            );
        }

        var missing = run.Trace.Count(row =>
            !double.IsFinite(row.Exploitability.Upper + row.RegularizedExploitability.Upper + row.PopulationChange)
        );
        if (missing > 0)
        {
            page.Write(
                $"<p class=\"note\">{DisplayNumber.Count(missing)} of {DisplayNumber.Count(run.Trace.Count)} scored iterations hold a value that is not finite; the lines are broken there.</p>"
            );
        }
    }

    private static double Horizontal(double position) => Left + (position * (Right - Left));

    private static double Vertical(double position) => Bottom - (position * (Bottom - Top));

    private sealed record Series(string NameMarkup, string Class, Func<TraceRow, double> Value);
}
