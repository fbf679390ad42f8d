using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Sweeps;

/// <summary>A sweep as one self-contained page: the table over seeds, numbers against what was swept, and the courses of the runs. As the tables, it does not
/// depend on when or where cells were solved.</summary>
internal static class SweepPage
{
    private const int MostRows = 400;

    /// <summary>The whole page.</summary>
    public static string Render(SweepPlan plan, IReadOnlyList<SweepOutcome> outcomes, IReadOnlyList<SweepGroup> groups)
    {
        var page = new MarkupWriter();
        page.Write($"<!DOCTYPE html>");
        page.Write($"<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Write($"<meta name=\"color-scheme\" content=\"light dark\"/><title>Sweep {plan.Name}</title>");
        page.WriteMarkup($"<style>{PageStyle.Css}{SeriesStyle.Css(SeriesStyle.Count)}</style></head>\n");
        page.Write($"<body><main><header><h1>{plan.Name} <span>sweep</span></h1></header>");
        page.Write($"<p>{SummaryText.Counts(outcomes)}</p>");
        WriteFailures(page, outcomes);
        page.Write($"<div class=\"columns\">");
        SweepCharts.WriteSwept(page, plan, groups);
        SweepCharts.WriteCourses(page, plan, groups);
        page.Write($"</div>");
        WriteTable(page, plan, groups);
        page.Write($"</main></body></html>");
        return page.ToString();
    }

    private static void WriteFailures(MarkupWriter page, IReadOnlyList<SweepOutcome> outcomes)
    {
        var failures = outcomes
            .Where(outcome => outcome.Failure is not null)
            .GroupBy(outcome => outcome.Failure!, StringComparer.Ordinal);
        foreach (var group in failures)
        {
            var cells = group.Count() == 1 ? "1 cell" : $"{DisplayNumber.Count(group.Count())} cells";
            page.Write($"<p class=\"warning\"><strong>{cells} failed.</strong> {Excerpt.Plain(group.Key, 400)}</p>");
        }
    }

    private static void WriteTable(MarkupWriter page, SweepPlan plan, IReadOnlyList<SweepGroup> groups)
    {
        string[] head =
        [
            "Game",
            "Solver",
            .. plan.Axes.Select(axis => axis.Key),
            "Seeds",
            "Exploitability",
            "η",
            "Regularised",
            "Ending",
            "Outer iterations",
            "Samples",
        ];
        page.Write($"<section class=\"card\"><h2>Table</h2>");
        page.Write(
            $"<p class=\"caption\">Proved upper ends, iterations and samples: medians over seeds, with quartiles in brackets; η is the temperature of the certificate. One line a cell is in summary.csv.</p><div class=\"wide-table cells\"><table><thead><tr>"
        );
        foreach (var name in head)
        {
            page.Write($"<th scope=\"col\">{name}</th>");
        }

        page.Write($"</tr></thead><tbody>");
        foreach (var group in groups.Take(MostRows))
        {
            page.Write($"<tr>");
            foreach (var cell in SweepTables.Cells(group))
            {
                page.Write($"<td>{cell}</td>");
            }

            page.Write($"</tr>");
        }

        page.Write($"</tbody></table></div>");
        if (groups.Count > MostRows)
        {
            page.Write(
                $"<p class=\"note\">The first {DisplayNumber.Count(MostRows)} of {DisplayNumber.Count(groups.Count)} lines.</p>"
            );
        }

        page.Write($"</section>");
    }
}
