using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>Whether a run folder holds the end of its run. Where it does not, a process ended while it wrote the files, and they can be made again from the
/// checkpoint, which is written before them.</summary>
internal static class StoredEnd
{
    /// <summary>Whether the files are those of a solve that ended by itself with these options, as late as the checkpoint or later, and are whole.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="solver">The solver with the limits that it ended at.</param>
    /// <param name="checkpoint">The checkpoint in the folder.</param>
    /// <exception cref="Formats.InputFileException">There is a run.json, but it is no run record.</exception>
    public static bool IsWhole(string folder, SolverRecord solver, StoredCheckpoint checkpoint)
    {
        if (!File.Exists(Path.Combine(folder, RunFiles.Record)))
        {
            return false;
        }

        var findings = new List<string>();
        var record = RunCertification.CheckHashes(folder, findings);
        return findings.Count == 0
            && record.Status != SolveStatus.Cancelled
            && record.Iterations >= checkpoint.Iterations
            && record.Solver.Options.SequenceEqual(solver.Options)
            && RunFiles.All.All(name => File.Exists(Path.Combine(folder, name)) == RunFolder.IsWritten(name, record));
    }
}
