using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Sweeps;

/// <summary>
/// Writes what a sweep found: <c>summary.csv</c> (one line a cell), <c>summary.md</c> and <c>summary.html</c> (medians and quartiles over seeds, plots), and
/// <c>times.csv</c>. All but the last have the same bytes whenever, wherever and after however many interruptions the cells were solved, unless a time
/// limit ended one.
/// </summary>
public static class SweepFiles
{
    /// <summary>Writes all of them, each beside its place and then renamed.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="outcomes">One outcome a cell, in the order of the plan.</param>
    /// <param name="folder">The folder of the sweep.</param>
    /// <returns>The Markdown text.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static string Write(SweepPlan plan, IReadOnlyList<SweepOutcome> outcomes, string folder)
    {
        var groups = SweepGroup.Of(plan, outcomes);
        var markdown = SweepTables.Markdown(plan, outcomes, groups);
        OutputFolder.Create(folder);
        AtomicFile.Write(Path.Combine(folder, "summary.csv"), SweepTables.Csv(plan, outcomes));
        AtomicFile.Write(Path.Combine(folder, "times.csv"), SweepTables.TimesCsv(outcomes));
        AtomicFile.Write(Path.Combine(folder, "summary.html"), SweepPage.Render(plan, outcomes, groups));
        AtomicFile.Write(Path.Combine(folder, "summary.md"), markdown);
        return markdown;
    }
}
