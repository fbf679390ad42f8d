namespace MeanField.Experiments.Comparisons;

/// <summary>Writes what a comparison found: <c>comparison.md</c>, <c>comparison.csv</c> and <c>comparison.html</c>.</summary>
public static class ComparisonFiles
{
    /// <summary>Writes all three, each beside its place and then renamed.</summary>
    /// <param name="outcomes">One outcome a cell.</param>
    /// <param name="folder">The folder of the comparison.</param>
    /// <returns>The Markdown text.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static string Write(IReadOnlyList<ComparisonOutcome> outcomes, string folder)
    {
        var rows = ComparisonRow.Of(outcomes);
        var markdown = ComparisonText.Markdown(rows);
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, "comparison.csv"), ComparisonText.Csv(outcomes));
        Replace(Path.Combine(folder, "comparison.html"), ComparisonPage.Render(rows));
        Replace(Path.Combine(folder, "comparison.md"), markdown);
        return markdown;
    }

    private static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".partial", text);
        File.Move(path + ".partial", path, overwrite: true);
    }
}
