using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>An experiment as one self-contained page.</summary>
internal static class StudyPage
{
    private const int MostRows = 40;

    /// <summary>The whole page.</summary>
    /// <param name="study">The experiment.</param>
    /// <param name="specification">The sweep that was run.</param>
    /// <param name="outcomes">Its cells.</param>
    /// <param name="findings">What they show.</param>
    public static string Render(
        Study study,
        string specification,
        IReadOnlyList<SweepOutcome> outcomes,
        StudyFindings findings
    )
    {
        var page = new MarkupWriter();
        page.Write($"<!DOCTYPE html>");
        page.Write($"<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Write($"<meta name=\"color-scheme\" content=\"light dark\"/><title>{study.Title}</title>");
        page.WriteMarkup($"<style>{PageStyle.Css}{SeriesStyle.Css(SeriesStyle.Count)}{Css}</style></head>\n");
        page.Write($"<body><main><header><h1>{study.Title} <span>{study.Name}</span></h1></header>");
        page.Write($"<section class=\"card\"><p>{study.Question}</p><ul class=\"claims\">");
        foreach (var claim in findings.Claims)
        {
            var (kind, word) = claim.Holds switch
            {
                true => ("held", "Holds"),
                false => ("failed", "Does not hold"),
                null => ("measured", "Measured"),
            };
            page.Write($"<li><strong class=\"{kind}\">{word}</strong> <span>{claim.Text}</span></li>");
        }

        page.Write($"</ul></section><div class=\"columns\">");
        foreach (var chart in findings.Charts)
        {
            chart.Write(page);
        }

        page.Write($"</div>");
        foreach (var table in findings.Tables)
        {
            WriteTable(page, table);
        }

        WriteRuns(page, specification, outcomes);
        page.Write($"</main></body></html>");
        return page.ToString();
    }

    private const string Css = """
        .claims { list-style: none; margin: 0; padding: 0; }
        .claims li { padding: 7px 0; border-top: 1px solid var(--line); }
        .held { color: var(--good); } .failed { color: var(--bad); } .measured { color: var(--muted); }

        """;

    private static void WriteTable(MarkupWriter page, StudyTable table)
    {
        page.Write($"<section class=\"card\"><h2>{table.Name}</h2>");
        page.Write($"<p class=\"caption\">{table.Caption}</p><div class=\"wide-table\"><table><thead><tr>");
        foreach (var column in table.Columns)
        {
            page.Write($"<th scope=\"col\">{column}</th>");
        }

        page.Write($"</tr></thead><tbody>");
        foreach (var row in table.Rows.Take(MostRows))
        {
            page.Write($"<tr>");
            foreach (var cell in row)
            {
                page.Write($"<td>{cell.Shown}</td>");
            }

            page.Write($"</tr>");
        }

        page.Write($"</tbody></table></div>");
        var more = table.Rows.Count > MostRows ? $"The first {MostRows} of {table.Rows.Count} rows. " : "";
        page.Write(
            $"<p class=\"note\">{more}With all digits: <a href=\"{StudyFiles.NameOf(table)}\">{StudyFiles.NameOf(table)}</a></p></section>"
        );
    }

    private static void WriteRuns(MarkupWriter page, string specification, IReadOnlyList<SweepOutcome> outcomes)
    {
        page.Write(
            $"<section class=\"card\"><h2>How it was made</h2><p>{SummaryText.Counts(outcomes)} Each has a run folder of its own that <code>meanfield certify</code> checks. Endings without the tolerance are part of the experiment.</p>"
        );
        foreach (var outcome in outcomes.Where(outcome => outcome.Record is null))
        {
            page.Write(
                $"<p class=\"warning\">{outcome.Cell.Address} has no run: {outcome.Failure ?? "it is missing"}</p>"
            );
        }

        page.Write(
            $"<p>The sweep, which <code>meanfield sweep</code> runs as well:</p><pre><code>{specification}</code></pre></section>"
        );
    }
}
