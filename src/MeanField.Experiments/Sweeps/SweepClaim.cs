using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Sweeps;

/// <summary>A cell that only its holder works on, until it is disposed of. Not safe for several threads at once.</summary>
internal sealed class SweepClaim : IDisposable
{
    private readonly SweepStore _store;
    private readonly SweepCell _cell;
    private readonly string _working;
    private readonly FileStream _lock;

    public SweepClaim(SweepStore store, SweepCell cell, string working, FileStream held) =>
        (_store, _cell, _working, _lock, Stored) = (store, cell, working, held, store.Find(cell));

    /// <summary>What is stored of the cell, looked up since nobody else can be working on it: whoever held the lock before may have finished it.</summary>
    public SweepOutcome Stored { get; }

    /// <summary>Stores a run that a process had written when it was killed, and that only lacked its last renaming.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryFinishEarlier()
    {
        if (SweepStore.Read(_working, _cell).Record is null)
        {
            return false;
        }

        _store.Publish(_cell);
        return true;
    }

    /// <summary>Solves the cell, from a checkpoint where somebody left one, and stores the run.</summary>
    /// <param name="context">Seed, threads, clock, cancellation.</param>
    /// <param name="interval">The least time between two checkpoints.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is stored in the cell's place, and a checkpoint is left to go on from.</exception>
    /// <returns>The outer iteration of that checkpoint; <see langword="null"/> without one.</returns>
    public int? Solve(SolveContext context, TimeSpan interval)
    {
        var game = TabularGame.Create(_cell.Game.Create());
        int? continuedFrom;
        using (var folder = ClaimFolder())
        {
            folder.Begin(context.Threads);
            (var solution, continuedFrom) = Solve(folder, game, context, interval);
            if (solution.Status == SolveStatus.Cancelled)
            {
                throw new OperationCanceledException(context.Cancellation);
            }

            var record = GameRecord.Create(_cell.Game, game);
            folder.Write(
                RunRecord.Create(record, _cell.SolverRecord, solution, _cell.Seed, context.Threads),
                solution,
                game
            );
        }

        File.Delete(Path.Combine(_working, RunFiles.Checkpoint));
        File.Delete(Path.Combine(_working, RunFiles.Request));
        _store.Publish(_cell);
        return continuedFrom;
    }

    public void Dispose() => _lock.Dispose();

    // What is left of a run that was killed while it was written goes, and all of a folder that makes no sense.
    private RunFolder ClaimFolder()
    {
        if (Directory.Exists(_working))
        {
            RunFolder.RemoveUnfinished(_working);
        }

        try
        {
            return RunFolder.Claim(_working, _cell.Game, _cell.SolverRecord, _cell.Seed);
        }
        catch (RunFolderException) when (Directory.Exists(_working))
        {
            Directory.Delete(_working, recursive: true);
            return RunFolder.Claim(_working, _cell.Game, _cell.SolverRecord, _cell.Seed);
        }
    }

    // A checkpoint that cannot be read, or is of another build, costs time and nothing else.
    private (Solution Solution, int? ContinuedFrom) Solve(
        RunFolder folder,
        TabularGame game,
        SolveContext context,
        TimeSpan interval
    )
    {
        if (ReadCheckpoint(folder) is { } from)
        {
            try
            {
                return (Solve(from), from.Iterations);
            }
            catch (InvalidDataException) { }
        }

        return (Solve(from: null), null);

        Solution Solve(StoredCheckpoint? from)
        {
            // One that cannot be written costs nothing yet: what is wrong with the disk is said when the run is written.
            var plan = folder.Checkpoints(interval, from, _ => { });
            var storedFrom = (from?.Elapsed ?? TimeSpan.Zero) + interval;
            return _cell.Solver.Solve(
                game,
                _cell.Options,
                context with
                {
                    Checkpoints = plan with
                    {
                        // At an ending that is a result there is nothing to go on with.
                        Store = checkpoint =>
                        {
                            if (checkpoint.Elapsed >= storedFrom || context.Cancellation.IsCancellationRequested)
                            {
                                plan.Store(checkpoint);
                            }
                        },
                    },
                }
            );
        }
    }

    private static StoredCheckpoint? ReadCheckpoint(RunFolder folder)
    {
        try
        {
            return folder.ReadCheckpoint();
        }
        catch (InputFileException)
        {
            return null;
        }
    }
}
