using System.Collections.Concurrent;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Comparisons;

/// <summary>
/// Solves the cells of a comparison, several at once, each on one thread and in a run folder of its own. A cell whose folder holds its finished run is
/// not solved again, so a comparison that was stopped goes on where it stopped.
/// </summary>
public static class ComparisonRunner
{
    private const string CellsFolder = "cells";

    /// <summary>Runs what is not there yet.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="folder">The folder of the comparison; created where it is missing.</param>
    /// <param name="threads">Cells at once, at least 1.</param>
    /// <param name="report">Told of each cell as it is done, in any order but one at a time.</param>
    /// <param name="cancellation">Stops after the cells under way have kept their best answers, which are solved again next time.</param>
    /// <returns>One outcome a cell, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="RunFolderException">A cell's folder cannot take its run.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static IReadOnlyList<ComparisonOutcome> Run(
        IReadOnlyList<ComparisonCell> cells,
        string folder,
        int threads,
        Action<ComparisonOutcome, int> report,
        CancellationToken cancellation
    )
    {
        var outcomes = new ComparisonOutcome[cells.Count];
        var gate = new Lock();
        var done = 0;
        try
        {
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, cells.Count), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                index =>
                {
                    outcomes[index] = Run(cells[index], Path.Combine(folder, CellsFolder), cancellation);
                    cancellation.ThrowIfCancellationRequested();
                    lock (gate)
                    {
                        report(outcomes[index], ++done);
                    }
                }
            );
        }
        catch (AggregateException e) when (e.Flatten().InnerExceptions[0] is IOException or RunFolderException)
        {
            throw e.Flatten().InnerExceptions[0];
        }

        return outcomes;
    }

    private static ComparisonOutcome Run(ComparisonCell cell, string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, cell.FolderName);
        if (Stored(path) is { } stored)
        {
            return new ComparisonOutcome(cell, stored, null, IsNew: false);
        }

        try
        {
            var game = TabularGame.Create(cell.Game.Create());
            var solver = SolverRecord.Create(cell.Solver, cell.Options);
            using var claimed = RunFolder.Claim(path, cell.Game, solver, cell.Seed);
            var context = new SolveContext
            {
                Seed = cell.Seed,
                Clock = TimeProvider.System,
                Cancellation = cancellation,
            };
            var solution = cell.Solver.Solve(game, cell.Options, context);
            var record = RunRecord.Create(GameRecord.Create(cell.Game, game), solver, solution, cell.Seed, threads: 1);
            claimed.Write(record, solution, game);
        }
        catch (Exception e) when (e is ParameterException or InvalidGameException or ArgumentException)
        {
            return new ComparisonOutcome(cell, null, e.Message.ReplaceLineEndings(" "), IsNew: true);
        }

        return new ComparisonOutcome(cell, StoredRun.Read(path), null, IsNew: true);
    }

    // A run that was cancelled, or whose files are not whole, is made again.
    private static StoredRun? Stored(string path)
    {
        if (!File.Exists(Path.Combine(path, RunFiles.Record)))
        {
            return null;
        }

        try
        {
            var run = StoredRun.Read(path);
            return run.Record.Status == SolveStatus.Cancelled ? null : run;
        }
        catch (InputFileException)
        {
            return null;
        }
    }
}
