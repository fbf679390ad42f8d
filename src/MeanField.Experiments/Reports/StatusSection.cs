using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Reports;

/// <summary>The top of the page: how the run ended, in words and with a mark, and its size in numbers.</summary>
internal static class StatusSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(MarkupWriter page, RunRecord record)
    {
        var isSuccess = record.Status.IsSuccess();
        var mark = isSuccess ? "M6 12.5l4 4l8.5 -9" : "M7 7l10 10M17 7l-10 10";
        page.Write($"<section class=\"status {(isSuccess ? "good" : "bad")}\" aria-labelledby=\"status\">");
        page.Write(
            $"<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/><path d=\"{mark}\"/></svg>"
        );
        page.Write($"<div><h2 id=\"status\">{Headline(record.Status)}</h2><p>{record.Explanation}</p></div></section>");

        page.Write($"<dl class=\"tiles\">");
        WriteTile(
            page,
            "Proved: φ<sub>η</sub> at most",
            DisplayNumber.NotLess(record.Certificate.RegularizedExploitability.Upper, 3)
        );
        if (record.Certificate.Temperature > 0)
        {
            WriteTile(
                page,
                "Proved: without entropy φ at most",
                DisplayNumber.NotLess(record.Certificate.Exploitability.Upper, 3)
            );
        }

        WriteTile(page, "Outer iterations", DisplayNumber.Count(record.Iterations));
        if (record.Samples.Total > 0)
        {
            WriteTile(page, "Samples", DisplayNumber.Count(record.Samples.Total));
        }

        WriteTile(page, "Solving took", DisplayNumber.Seconds(record.SolveSeconds));
        WriteTile(page, "Certifying took", DisplayNumber.Seconds(record.CertifySeconds));
        WriteTile(page, "States", DisplayNumber.Count(record.Game.States));
        WriteTile(page, "State-action pairs", DisplayNumber.Count(record.Game.Pairs));
        page.Write($"</dl>");
    }

    private static string Headline(SolveStatus status) =>
        status switch
        {
            SolveStatus.Converged => "Converged",
            SolveStatus.IterationLimit => "Not converged: all allowed iterations were done first",
            SolveStatus.TimeLimit => "Not converged: the time limit came first",
            SolveStatus.SampleLimit => "Not converged: the sample budget came first",
            SolveStatus.Stalled => "Not converged: progress stalled",
            SolveStatus.Diverged => "Not converged: the iterates moved away from an equilibrium",
            SolveStatus.SimulatorFailed => "Not converged: the simulator failed",
            _ => "Not converged: the run was cancelled",
        };

    private static void WriteTile(MarkupWriter page, string nameMarkup, string value)
    {
        page.WriteMarkup($"<div><dt>{nameMarkup}</dt>");
        page.Write($"<dd>{value}</dd></div>");
    }
}
