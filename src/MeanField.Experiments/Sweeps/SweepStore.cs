using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Sweeps;

/// <summary>
/// The folder of a sweep. <c>cells/ADDRESS</c> is the run folder of a finished cell: it appears whole, by one renaming. <c>working/ADDRESS</c> is that of
/// one under way, locked by <c>working/ADDRESS.lock</c>; what a killed process left in it serves the next one. <c>failures/ADDRESS.txt</c> says why a
/// cell has no run, and <c>damaged/ADDRESS</c> keeps a run that was changed after it was stored. Several sweeps and processes may share a folder.
/// Safe to use from several threads at once.
/// </summary>
/// <param name="folder">The folder; created when the first cell is claimed.</param>
public sealed class SweepStore(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>The run folder of a cell, there or not.</summary>
    public string PathOf(SweepCell cell) => Path.Combine(Folder, "cells", cell.Address);

    /// <summary>What is stored of a cell: a whole run, a failure, or nothing.</summary>
    /// <param name="cell">The cell.</param>
    public SweepOutcome Find(SweepCell cell)
    {
        var path = PathOf(cell);
        var (record, damage) = Read(path, cell);
        var failure = record is null ? ReadFailure(cell) : null;
        var state =
            record is not null ? SweepState.Found
            : failure is not null ? SweepState.Failed
            : SweepState.Missing;
        return new SweepOutcome(cell, state, record, path, failure, damage);
    }

    /// <summary>Claims a cell, or <see langword="null"/> where somebody else has it under way.</summary>
    /// <exception cref="IOException">The disk failed, or the folder cannot be written.</exception>
    internal SweepClaim? TryClaim(SweepCell cell)
    {
        var working = WorkingPathOf(cell);
        OutputFolder.Create(Path.Combine(Folder, "working"));
        return FileLock.TryTake(working + ".lock") is { } held ? new SweepClaim(this, cell, working, held) : null;
    }

    /// <summary>A whole run of a cell in a folder, or what is wrong with what is there; neither where there is nothing.</summary>
    internal static (RunRecord? Record, string? Damage) Read(string path, SweepCell cell)
    {
        if (!Directory.Exists(path))
        {
            return (null, File.Exists(path) ? "a file is where the run's folder should be" : null);
        }

        try
        {
            var findings = new List<string>();
            var record = RunCertification.CheckHashes(path, findings);
            return findings.Count > 0 ? (null, findings[0])
                : !cell.IsOf(record) ? (null, "the run is that of another cell")
                : record.Status == SolveStatus.Cancelled ? (null, "the run was cancelled")
                : (record, null);
        }
        catch (InputFileException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Makes room where a cell will be stored.</summary>
    internal void SetAside(SweepCell cell)
    {
        if (!Path.Exists(PathOf(cell)))
        {
            return;
        }

        var aside = Path.Combine(Folder, "damaged", cell.Address);
        Directory.CreateDirectory(Path.GetDirectoryName(aside)!);
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }

        File.Delete(aside);
        Directory.Move(PathOf(cell), aside);
    }

    /// <summary>Stores a finished run in its place.</summary>
    internal void Publish(SweepCell cell)
    {
        SetAside(cell);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(cell))!);
        Directory.Move(WorkingPathOf(cell), PathOf(cell));
        if (File.Exists(FailurePathOf(cell)))
        {
            File.Delete(FailurePathOf(cell));
        }
    }

    /// <summary>Stores why a cell has no run.</summary>
    internal void WriteFailure(SweepCell cell, string failure)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FailurePathOf(cell))!);
        AtomicFile.Write(FailurePathOf(cell), failure + "\n");
    }

    private string? ReadFailure(SweepCell cell)
    {
        try
        {
            return File.ReadAllText(FailurePathOf(cell)).TrimEnd('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string WorkingPathOf(SweepCell cell) => Path.Combine(Folder, "working", cell.Address);

    private string FailurePathOf(SweepCell cell) => Path.Combine(Folder, "failures", cell.Address + ".txt");
}
