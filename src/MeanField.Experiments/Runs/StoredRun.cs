using MeanField.Experiments.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>A run as its files tell it. Reports read this and nothing else.</summary>
/// <param name="Record">run.json.</param>
/// <param name="Trace">trace.csv, oldest first.</param>
/// <param name="Policy">policy.npy: P probabilities in pair order (state by state, actions in order). Owned by the holder of the run.</param>
/// <param name="MeanField">mean_field.npy: S probabilities in state order. Owned by the holder of the run.</param>
public sealed record StoredRun(RunRecord Record, IReadOnlyList<TraceRow> Trace, double[] Policy, double[] MeanField)
{
    /// <summary>mean_field_equilibria.npy: the mean fields of the distinct equilibria found, S probabilities each, where there are several; empty
    /// otherwise. Owned by the holder of the run.</summary>
    public IReadOnlyList<double[]> EquilibriaMeanFields { get; init; } = [];

    /// <summary>Simulator calls after the last scored iteration: those of an iteration that did not come to its end, which no line of the trace has.</summary>
    public long UnscoredSamples => Trace.Count > 0 ? Record.Samples.Total - Trace[^1].Samples.Total : 0;

    /// <summary>Reads a run folder. Whether its numbers are true is another question: <see cref="RunCertification"/>.</summary>
    /// <param name="folder">The folder with run.json.</param>
    /// <exception cref="InputFileException">There is no such folder, or one of its files is missing or malformed.</exception>
    public static StoredRun Read(string folder)
    {
        var record = RunJsonReader.Read(RecordPath(folder)).Record;
        return new StoredRun(
            record,
            TraceFile.Read(Path.Combine(folder, RunFiles.Trace)),
            PolicyFile.Read(Path.Combine(folder, RunFiles.Policy), record.Game.States, record.Game.Pairs).Probabilities,
            PolicyFile.ReadMeanField(Path.Combine(folder, RunFiles.MeanField), record.Game.States)
        )
        {
            EquilibriaMeanFields =
                record.Equilibria.Count == 0
                    ? []
                    : EquilibriaFiles.Read(
                        Path.Combine(folder, RunFiles.EquilibriaMeanFields),
                        record.Equilibria.Count,
                        record.Game.States
                    ),
        };
    }

    internal static string RecordPath(string folder) =>
        Directory.Exists(folder) ? Path.Combine(folder, RunFiles.Record)
        : File.Exists(folder) ? throw InputFileException.At(folder, "is a file", "a run folder, which holds a run.json")
        : throw InputFileException.At(folder, "was not found", "a run folder, which holds a run.json");
}
