using System.Globalization;
using System.Text;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Comparisons;

/// <summary>A comparison as one self-contained page: the table, and for each game the course of every solver in one plot.</summary>
internal static class ComparisonPage
{
    private const double Width = 480;
    private const double Height = 340;
    private const double Left = 58;
    private const double Right = 466;
    private const double Top = 14;
    private const double Bottom = 288;

    // Colours of Okabe and Ito, then the same with other dashes.
    private static readonly string[] Colors =
    [
        "#0072b2",
        "#d55e00",
        "#009e73",
        "#cc79a7",
        "#e69f00",
        "#56b4e9",
        "#7a6a00",
    ];
    private static readonly string[] Dashes = ["none", "7 4", "2 3"];

    /// <summary>The whole page.</summary>
    public static string Render(IReadOnlyList<ComparisonRow> rows)
    {
        var solvers = rows.Select(row => row.Solver).Distinct(StringComparer.Ordinal).ToList();
        var page = new MarkupWriter();
        page.Write($"<!DOCTYPE html>");
        page.Write($"<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Write($"<meta name=\"color-scheme\" content=\"light dark\"/><title>Comparison of solvers</title>");
        page.WriteMarkup($"<style>{PageStyle.Css}{SeriesCss(solvers.Count)}</style></head>\n");
        page.Write($"<body><main><header><h1>Comparison <span>of solvers</span></h1></header>");
        WriteTable(page, rows, solvers);
        page.Write($"<div class=\"columns\">");
        foreach (var game in rows.Select(row => row.Game).Distinct(StringComparer.Ordinal))
        {
            WritePlot(page, game, [.. rows.Where(row => row.Game == game)], solvers);
        }

        page.Write($"</div></main></body></html>");
        return page.ToString();
    }

    private static string SeriesCss(int count)
    {
        var css = new StringBuilder(".wide-table { overflow-x: auto; }\n");
        for (var i = 0; i < count; i++)
        {
            css.Append(
                CultureInfo.InvariantCulture,
                $".solver-{i} {{ fill: none; stroke-width: 2.2; stroke: {Colors[i % Colors.Length]}; stroke-dasharray: {Dashes[i / Colors.Length % Dashes.Length]}; }}\n"
            );
        }

        return css.ToString();
    }

    private static void WriteTable(MarkupWriter page, IReadOnlyList<ComparisonRow> rows, List<string> solvers)
    {
        page.Write($"<section class=\"card\"><h2>Certified exploitability</h2><div class=\"wide-table\"><table>");
        page.Write(
            $"<caption>Proved upper ends, medians over seeds, and seconds of solving; runs that did not reach their tolerance are marked *. Bench-MFG's numbers are as published there: single precision, truncated values, hardware not stated.</caption>"
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
                page.Write($"<td>{(row is null ? "" : ComparisonText.Short(row) + Mark(row))}</td>");
            }

            var published = PublishedResult.BestFor(game) is { } best
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

    private static string Mark(ComparisonRow row) =>
        row.Runs.All(run => run.Record.Status == Solvers.SolveStatus.Converged) ? "" : " *";

    private static void WritePlot(
        MarkupWriter page,
        string game,
        IReadOnlyList<ComparisonRow> rows,
        List<string> solvers
    )
    {
        var runs = rows.SelectMany(row => row.Runs).ToList();
        page.Write($"<figure class=\"card\"><h2>{game}</h2>");
        var y = LogAxis.Covering(runs.SelectMany(run => run.Trace).Select(row => row.Exploitability.Upper));
        var x = LogAxis.Covering(runs.SelectMany(run => run.Trace).Select(row => Math.Max(row.Seconds, 1e-4)));
        page.Write(
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"Certified exploitability of each solver against seconds on {game}\">"
        );
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
        page.Write(
            $"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">seconds of solving</text>"
        );
        foreach (var row in rows)
        {
            var series = solvers.IndexOf(row.Solver);
            foreach (var run in row.Runs)
            {
                page.Write($"<path class=\"solver-{series}\" d=\"{Path(run, x, y)}\"/>");
            }
        }

        page.Write($"</svg><ul class=\"legend\">");
        foreach (var solver in rows.Select(row => row.Solver).Distinct(StringComparer.Ordinal))
        {
            page.Write(
                $"<li><svg class=\"swatch\" viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"solver-{solvers.IndexOf(solver)}\" d=\"M0 6H40\"/></svg><span>{solver}</span></li>"
            );
        }

        page.Write($"</ul></figure>");
    }

    private static string Path(StoredRun run, LogAxis x, LogAxis y)
    {
        var points = run
            .Trace.Where(row => double.IsFinite(row.Exploitability.Upper))
            .Select(row =>
                (
                    X: Horizontal(x.Position(Math.Max(row.Seconds, 1e-4))),
                    Y: Vertical(y.Position(row.Exploitability.Upper))
                )
            )
            .ToList();
        var path = new StringBuilder();
        foreach (var (pointX, pointY) in LineThinning.Thin(points))
        {
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{pointX:0.#} {pointY:0.#}");
        }

        return path.ToString();
    }

    private static double Horizontal(double position) => Left + (position * (Right - Left));

    private static double Vertical(double position) => Bottom - (position * (Bottom - Top));
}
