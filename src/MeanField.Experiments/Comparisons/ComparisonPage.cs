using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Comparisons;

/// <summary>A comparison as one self-contained page: the table, and for each game the course of every solver in one plot.</summary>
internal static class ComparisonPage
{
    // Before this the clock is all that is measured.
    private const double LeastSeconds = 1e-4;

    /// <summary>The whole page.</summary>
    public static string Render(IReadOnlyList<ComparisonRow> rows)
    {
        var solvers = rows.Select(row => row.Solver).Distinct(StringComparer.Ordinal).ToList();
        var page = new MarkupWriter();
        page.Write($"<!DOCTYPE html>");
        page.Write($"<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Write($"<meta name=\"color-scheme\" content=\"light dark\"/><title>Comparison of solvers</title>");
        page.WriteMarkup($"<style>{PageStyle.Css}{SeriesStyle.Css(solvers.Count)}</style></head>\n");
        page.Write($"<body><main><header><h1>Comparison <span>of solvers</span></h1></header>");
        WriteTable(page, rows, solvers);
        WriteDetails(page, rows);
        page.Write($"<div class=\"columns\">");
        foreach (var game in rows.Select(row => row.Game).Distinct(StringComparer.Ordinal))
        {
            WritePlot(page, game, [.. rows.Where(row => row.Game == game)], solvers);
        }

        page.Write($"</div></main></body></html>");
        return page.ToString();
    }

    private static void WriteTable(MarkupWriter page, IReadOnlyList<ComparisonRow> rows, List<string> solvers)
    {
        page.Write($"<section class=\"card\"><h2>Certified exploitability</h2>");
        page.Write(
            $"<p class=\"caption\">Proved upper ends, medians over seeds, and seconds of solving; solvers that looked for the equilibrium at a temperature η above 0 say so, and runs that did not reach their tolerance there are marked *. Bench-MFG's numbers are as published there: single precision, truncated values, hardware not stated.</p><div class=\"wide-table\"><table>"
        );
        page.Write($"<thead><tr><th scope=\"col\">Game</th>");
        foreach (var solver in solvers)
        {
            page.Write($"<th scope=\"col\">{solver}</th>");
        }

        page.Write($"<th scope=\"col\">Best published by Bench-MFG</th></tr></thead><tbody>");
        foreach (var game in rows.Select(row => row.Game).Distinct(StringComparer.Ordinal))
        {
            page.Write($"<tr><th scope=\"row\">{game}</th>");
            foreach (var solver in solvers)
            {
                var row = rows.FirstOrDefault(row => row.Game == game && row.Solver == solver);
                page.Write($"<td>{(row is null ? "" : ComparisonText.Short(row))}</td>");
            }

            var published = rows.First(row => row.Game == game).Published is { } best
                ? $"{DisplayNumber.Nearest(best.Exploitability, 2)} ({best.Method}, {DisplayNumber.Seconds(best.Seconds)})"
                : "";
            page.Write($"<td>{published}</td></tr>");
        }

        page.Write($"</tbody></table></div>");
        foreach (var row in rows.Where(row => row.Failures.Count > 0))
        {
            page.Write($"<p class=\"note\">{row.Game} with {row.Solver} failed: {string.Join("; ", row.Failures)}</p>");
        }

        page.Write($"</section>");
    }

    private static void WriteDetails(MarkupWriter page, IReadOnlyList<ComparisonRow> rows)
    {
        page.Write($"<section class=\"card\"><h2>Regularised exploitability</h2>");
        page.Write(
            $"<p class=\"caption\">Each certificate is at the temperature that its solver asked for; at 0 it is the exploitability itself. Medians over seeds.</p><div class=\"wide-table\"><table>"
        );
        page.Write(
            $"<thead><tr><th scope=\"col\">Game</th><th scope=\"col\">Solver</th><th scope=\"col\">Temperature</th><th scope=\"col\">Regularised</th><th scope=\"col\">Ending</th><th scope=\"col\">Iterations</th></tr></thead><tbody>"
        );
        foreach (var row in rows.Where(row => row.Outcomes.Count > 0))
        {
            page.Write($"<tr><th scope=\"row\">{row.Game}</th><td>{row.Solver}</td>");
            page.Write($"<td>{DisplayNumber.Nearest(row.Median(run => run.Certificate.Temperature))}</td>");
            page.Write(
                $"<td>{SummaryText.Bound(row.Median(run => run.Certificate.RegularizedExploitability.Upper))}</td>"
            );
            page.Write(
                $"<td>{row.Endings}</td><td>{DisplayNumber.Count((long)row.Median(run => run.Iterations))}</td></tr>"
            );
        }

        page.Write($"</tbody></table></div></section>");
    }

    private static void WritePlot(
        MarkupWriter page,
        string game,
        IReadOnlyList<ComparisonRow> rows,
        List<string> solvers
    )
    {
        var series = rows.Select(row => new ChartSeries(
                row.Solver,
                solvers.IndexOf(row.Solver),
                [.. row.Outcomes.Select(Course)]
            ))
            .ToList();
        var points = series.SelectMany(one => one.Lines).SelectMany(line => line).ToList();
        new SeriesChart
        {
            Title = game,
            Description = $"Certified exploitability of each solver against seconds on {game}",
            XName = "seconds of solving",
            X = ChartAxis.Logarithmic(points.Select(point => point.X)),
            Y = ChartAxis.Logarithmic(points.Select(point => point.Y)),
            Series = series,
        }.Write(page);
    }

    private static IReadOnlyList<ChartPoint> Course(SweepOutcome outcome) =>
        [
            .. outcome
                .ReadRun()
                .Trace.Select(row => new ChartPoint(Math.Max(row.Seconds, LeastSeconds), row.Exploitability.Upper)),
        ];
}
