using MeanField.Catalogue;
using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Reports;

/// <summary>The report of a stored run: one self-contained page that needs no network, no script and no other file.</summary>
public static class ReportPage
{
    /// <summary>Writes the page. The markup is both HTML and well-formed XML; the same run gives the same text on every machine.
    /// Safe to call from several threads at once.</summary>
    /// <param name="run">The run. Its game is created again from its record to draw it; where that is not possible the page says so
    /// and shows the mean field by state number.</param>
    /// <returns>The whole text of <c>report.html</c>, in which every text that comes from the run is escaped.</returns>
    public static string Render(StoredRun run)
    {
        var record = run.Record;
        var page = new MarkupWriter();
        var ending = record.Status.IsSuccess() ? "converged" : "not converged";
        page.Write($"<!DOCTYPE html>");
        page.Write($"<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        page.Write($"<meta name=\"color-scheme\" content=\"light dark\"/>");
        page.Write($"<title>{record.Game.Name}, {record.Solver.Name}: {ending}</title>");
        page.WriteMarkup($"<style>{PageStyle.Css}</style></head>\n");
        page.Write($"<body><main><header><h1>{record.Game.Name} <span>with {record.Solver.Name}</span></h1></header>");
        StatusSection.Write(page, record);
        page.Write($"<div class=\"columns\">");
        var game = RecordedGame.Create(run);
        switch (game)
        {
            case CrowdGrid grid:
                GridMap.Write(page, run, grid);
                break;
            case CrowdGraph graph when GraphMap.CanShow(graph):
                GraphMap.Write(page, run, graph);
                break;
            default:
                MassBars.Write(page, run, game);
                break;
        }

        page.Write($"<div class=\"stack\">");
        ConvergenceChart.Write(page, run);
        RunSection.Write(page, run);
        page.Write($"</div></div>");
        CertificateTable.Write(page, record);
        EquilibriaTable.Write(page, run, game);
        SettingsSection.Write(page, record);
        page.Write($"<footer>Made by MeanField {record.Version} from the files beside this page.</footer>");
        page.Write($"</main></body></html>");
        return page.ToString();
    }
}
