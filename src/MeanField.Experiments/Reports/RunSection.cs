using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Reports;

/// <summary>How and where a run was made.</summary>
internal static class RunSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(MarkupWriter page, StoredRun run)
    {
        var record = run.Record;
        page.Write($"<section class=\"card\" id=\"run\"><h2>Run</h2><dl class=\"run\">");
        WriteFact(page, "Iterate shown", $"k = {DisplayNumber.Count(record.BestIteration)}, the best");
        WriteFact(page, "Seed", DisplayNumber.Count(record.Seed));
        WriteFact(
            page,
            "Threads",
            $"{DisplayNumber.Count(record.Threads)} of {DisplayNumber.Count(record.Host.Processors)} processors"
        );
        WriteFact(page, "MeanField version", record.Version);
        WriteFact(page, "Operating system", record.Host.OperatingSystem);
        WriteFact(page, "Runtime", record.Host.Runtime);
        if (record.Samples.Total > 0)
        {
            WriteFact(page, "Simulator calls to draw states", DisplayNumber.Count(record.Samples.StateDrawing));
            WriteFact(page, "Simulator calls in roll-outs", DisplayNumber.Count(record.Samples.Rollout));
            WriteFact(page, "Simulator calls to move the population", DisplayNumber.Count(record.Samples.Population));
            WriteFact(page, "Simulator calls in all", DisplayNumber.Count(record.Samples.Total));
            if (run.UnscoredSamples > 0)
            {
                WriteFact(
                    page,
                    "of these in an unfinished iteration, in no line of the trace",
                    DisplayNumber.Count(run.UnscoredSamples)
                );
            }
        }

        page.Write($"</dl>");
        if (record.SamplingPlan.Length > 0)
        {
            page.Write($"<p class=\"note\">Sampling: {record.SamplingPlan}.</p>");
        }

        page.Write(
            $"<p class=\"note\">Game hash (SHA-256 of its name and parameters): {record.Game.Hash}</p></section>"
        );
    }

    private static void WriteFact(MarkupWriter page, string name, string value) =>
        page.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>");
}
