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

    /// <summary>Solves the cell and stores the run.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is stored in the cell's place.</exception>
    public void Solve(SolveContext context)
    {
        var game = TabularGame.Create(_cell.Game.Create());
        if (Directory.Exists(_working))
        {
            RunFolder.RemoveUnfinished(_working);
        }

        using (var folder = RunFolder.Claim(_working, _cell.Game, _cell.SolverRecord, _cell.Seed))
        {
            var solution = _cell.Solver.Solve(game, _cell.Options, context);
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

        _store.Publish(_cell);
    }

    public void Dispose() => _lock.Dispose();
}
