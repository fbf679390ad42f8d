using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>Writes what an experiment found: a page and its tables as CSV, each under a temporary name first.</summary>
public static class StudyFiles
{
    /// <summary>The page.</summary>
    public const string Page = "experiment.html";

    /// <summary>The sweep that was run.</summary>
    public const string Specification = "specification.yaml";

    /// <summary>Writes the sweep that will be run.</summary>
    /// <param name="specification">The sweep.</param>
    /// <param name="folder">Where to; created if needed.</param>
    /// <returns>The path of the file.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static string WriteSpecification(string specification, string folder)
    {
        OutputFolder.Create(folder);
        var path = Path.Combine(folder, Specification);
        AtomicFile.Write(path, specification);
        return path;
    }

    /// <summary>Writes the files.</summary>
    /// <param name="study">The experiment.</param>
    /// <param name="specification">The sweep that was run.</param>
    /// <param name="outcomes">Its cells.</param>
    /// <param name="folder">Where to; it exists.</param>
    /// <returns>What was found, a sentence each, with whether the runs bear it out.</returns>
    /// <exception cref="InputFileException">The files of a run cannot be read.</exception>
    /// <exception cref="IOException">The disk failed; earlier files are as they were.</exception>
    public static IReadOnlyList<(string Text, bool? Holds)> Write(
        Study study,
        string specification,
        IReadOnlyList<SweepOutcome> outcomes,
        string folder
    )
    {
        ArgumentNullException.ThrowIfNull(study);
        var findings = study.Analyse(outcomes);
        foreach (var table in findings.Tables)
        {
            AtomicFile.Write(Path.Combine(folder, NameOf(table)), Csv(table));
        }

        AtomicFile.Write(Path.Combine(folder, Page), StudyPage.Render(study, specification, outcomes, findings));
        return [.. findings.Claims.Select(claim => (claim.Text, claim.Holds))];
    }

    internal static string NameOf(StudyTable table) => table.Name + ".csv";

    private static string Csv(StudyTable table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(CsvText.Cell)).Append('\n');
        foreach (var row in table.Rows)
        {
            text.AppendJoin(',', row.Select(cell => CsvText.Cell(cell.Exact))).Append('\n');
        }

        return text.ToString();
    }
}
