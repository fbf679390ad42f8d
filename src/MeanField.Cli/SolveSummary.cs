using System.Text;
using MeanField.Cli.HeatMap;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Cli;

/// <summary>What <c>solve</c> says at the end.</summary>
internal static class SolveSummary
{
    /// <summary>How it ended, in one loud sentence.</summary>
    public static string Headline(RunRecord record) =>
        (record.Status.IsSuccess() ? "Converged. " : $"NOT CONVERGED ({record.Status.Text()}). ") + record.Explanation;

    /// <summary>How to go on with a run that has not converged and has a checkpoint, or <see langword="null"/> where going on as it is leads nowhere.</summary>
    public static string? HowToGoOn(SolveStatus status, string folder)
    {
        var more = status switch
        {
            SolveStatus.Cancelled => "",
            SolveStatus.IterationLimit => " --set outer-iterations=MORE",
            SolveStatus.TimeLimit => " --set time-limit=MORE",
            SolveStatus.SampleLimit => " --set sample-budget=MORE",
            _ => null,
        };
        var quoted = folder.Contains(' ', StringComparison.Ordinal) ? $"\"{folder}\"" : folder;
        return more is null ? null : $"To go on: meanfield solve --resume {quoted}{more}";
    }

    /// <summary>Writes the whole summary to standard output.</summary>
    /// <param name="record">The run.</param>
    /// <param name="game">The game that was solved.</param>
    /// <param name="solution">What was found.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="hasEvents">Whether an event file is among them.</param>
    /// <param name="console">Where to write.</param>
    public static void Write(
        RunRecord record,
        TabularGame game,
        Solution solution,
        string folder,
        bool hasEvents,
        CommandConsole console
    )
    {
        var width = console.Width() - 1;
        var text = new StringBuilder();
        TextLayout.Wrap(text, "", 0, Headline(record), width);
        text.AppendLine();
        CertificateText.Append(text, record.Certificate);
        var best =
            record.BestIteration < record.Iterations - 1
                ? $"; the stored policy is from number {DisplayNumber.Count(record.BestIteration)}"
                : "";
        CertificateText.AppendFact(text, "Iterations", DisplayNumber.Count(record.Iterations) + best);
        CertificateText.AppendFact(
            text,
            "Time",
            $"{DisplayNumber.Seconds(record.SolveSeconds)} solving, {DisplayNumber.Seconds(record.CertifySeconds)} certifying"
        );
        AppendSampling(text, record, solution.Trace[^1].Samples.Total);
        AppendEquilibria(text, solution, game, width);
        console.Out.WriteLine(text);

        MeanFieldPicture.Write(game.Source, solution.Best.MeanField, console);

        string[] unlisted = hasEvents ? [RunFiles.States, RunFiles.Events] : [RunFiles.States];
        var names = record.Files.Keys.Concat(unlisted).Order(StringComparer.Ordinal).Append(RunFiles.Record);
        text.Clear().AppendLine().AppendLine($"Report: {Path.Combine(folder, RunFiles.Report)}");
        TextLayout.Wrap(text, "Beside it: ", 0, string.Join(", ", names), width);
        console.Out.Write(text);
    }

    private static void AppendEquilibria(StringBuilder text, Solution solution, TabularGame game, int width)
    {
        if (solution.Equilibria.Count < 2)
        {
            return;
        }

        text.AppendLine().AppendLine("  Equilibria found, number 1 stored as the answer:");
        foreach (var (number, equilibrium) in solution.Equilibria.Index())
        {
            var upper = DisplayNumber.NotLess(equilibrium.Certificate.RegularizedExploitability.Upper);
            TextLayout.Wrap(
                text,
                $"  {number + 1, 4}  ",
                8,
                $"{FullestStates.Text(equilibrium.MeanField, game.Source)}; regularised exploitability at most {upper}",
                width
            );
        }
    }

    private static void AppendSampling(StringBuilder text, RunRecord record, long scored)
    {
        var samples = record.Samples;
        if (samples.Total == 0)
        {
            return;
        }

        CertificateText.AppendFact(text, "Samples", DisplayNumber.Count(samples.Total));
        CertificateText.AppendFact(text, "  drawing states", DisplayNumber.Count(samples.StateDrawing));
        CertificateText.AppendFact(text, "  in roll-outs", DisplayNumber.Count(samples.Rollout));
        CertificateText.AppendFact(text, "  moving particles", DisplayNumber.Count(samples.Population));
        if (samples.Total > scored)
        {
            CertificateText.AppendFact(
                text,
                "  of these, unfinished",
                $"{DisplayNumber.Count(samples.Total - scored)} in an iteration that did not end"
            );
        }

        if (record.SolveSeconds > 0)
        {
            CertificateText.AppendFact(
                text,
                "Simulator steps a second",
                DisplayNumber.Nearest(samples.Total / record.SolveSeconds, 3)
            );
        }

        if (record.LastCertificate != record.Certificate)
        {
            CertificateText.AppendFact(
                text,
                "Last iterate, regularised",
                DisplayNumber.Enclosure(record.LastCertificate.RegularizedExploitability)
            );
        }

        if (record.Mixture is { } mixture)
        {
            CertificateText.AppendFact(
                text,
                $"Mixture of {DisplayNumber.Count(mixture.Members)}, regularised",
                DisplayNumber.Enclosure(mixture.RegularizedExploitability)
            );
        }
    }
}
