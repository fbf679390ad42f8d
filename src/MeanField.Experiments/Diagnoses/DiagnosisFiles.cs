using MeanField.Diagnostics;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Diagnoses;

/// <summary>Stores a diagnosis in a folder.</summary>
public static class DiagnosisFiles
{
    /// <summary>The report.</summary>
    public const string Report = "doctor.json";

    /// <summary>Two rows, μ and μ': the pair with the largest ratio, the witness where A-2 is violated.</summary>
    public const string Witness = "witness.npy";

    private const string TemporarySuffix = ".partial";

    /// <summary>Writes both files; those of an earlier diagnosis are replaced.</summary>
    /// <param name="folder">The folder, made if it is missing.</param>
    /// <param name="json">The text of the report.</param>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <exception cref="RunFolderException">The folder is a file.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Write(string folder, string json, Diagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        CheckFolder(folder);
        OutputFolder.Create(folder);
        if (diagnosis.Monotonicity.Pair is { } pair)
        {
            Replace(
                Path.Combine(folder, Witness),
                path =>
                {
                    using var stream = File.Create(path);
                    NpyFile.Write(stream, [.. pair.First, .. pair.Second], 2, pair.First.Count);
                }
            );
        }

        Replace(Path.Combine(folder, Report), path => File.WriteAllText(path, json));
    }

    /// <summary>Refuses a path that can be no folder.</summary>
    /// <exception cref="RunFolderException">It is a file.</exception>
    public static void CheckFolder(string folder)
    {
        if (File.Exists(folder))
        {
            throw new RunFolderException($"{Excerpt.Plain(folder, 400)}: is a file; allowed: a folder");
        }
    }

    private static void Replace(string path, Action<string> write)
    {
        write(path + TemporarySuffix);
        File.Move(path + TemporarySuffix, path, overwrite: true);
    }
}
