using MeanField.Experiments.Runs;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Comparisons;

/// <summary>Writes what a comparison found: <c>comparison.md</c>, <c>comparison.csv</c> and <c>comparison.html</c>.</summary>
public static class ComparisonFiles
{
    /// <summary>Writes all three, each beside its place and then renamed.</summary>
    /// <param name="outcomes">One outcome a cell.</param>
    /// <param name="folder">The folder of the comparison.</param>
    /// <returns>The Markdown text.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static string Write(IReadOnlyList<SweepOutcome> outcomes, string folder)
    {
        var rows = ComparisonRow.Of(outcomes);
        var markdown = ComparisonText.Markdown(rows);
        OutputFolder.Create(folder);
        AtomicFile.Write(Path.Combine(folder, "comparison.csv"), ComparisonText.Csv(outcomes));
        AtomicFile.Write(Path.Combine(folder, "comparison.html"), ComparisonPage.Render(rows));
        AtomicFile.Write(Path.Combine(folder, "comparison.md"), markdown);
        return markdown;
    }
}
