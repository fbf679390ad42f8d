using System.Collections.Concurrent;
using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Sweeps;

/// <summary>
/// Solves the cells of a sweep, several at once. A cell that is stored is not solved again, one that another process is solving is waited for, and one that
/// a killed process left goes on or begins anew: at every moment each cell is solved by one process at most, and a stored one by none.
/// </summary>
public static class SweepRunner
{
    private static readonly TimeSpan WaitForOthers = TimeSpan.FromMilliseconds(200);

    /// <summary>Solves what is not there yet.</summary>
    /// <param name="plan">The cells.</param>
    /// <param name="store">Where they are stored.</param>
    /// <param name="settings">How many at once, and who is told.</param>
    /// <param name="cancellation">Stops within one inner iteration; cells under way go on from there next time.</param>
    /// <returns>One outcome a cell, in their order, none of them missing.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="RunFolderException">A cell's folder cannot take its run.</exception>
    /// <exception cref="IOException">The disk failed; what is stored stays so.</exception>
    public static IReadOnlyList<SweepOutcome> Run(
        SweepPlan plan,
        SweepStore store,
        SweepSettings settings,
        CancellationToken cancellation
    )
    {
        var outcomes = new SweepOutcome?[plan.Cells.Count];
        var gate = new Lock();
        var done = 0;
        IReadOnlyList<int> remaining = [.. Enumerable.Range(0, outcomes.Length)];
        while (remaining.Count > 0)
        {
            ForEach(
                remaining,
                settings.Threads,
                index =>
                {
                    if (TryRun(plan.Cells[index], store, settings, cancellation) is { } outcome)
                    {
                        lock (gate)
                        {
                            outcomes[index] = outcome;
                            settings.Report?.Invoke(outcome, ++done);
                        }
                    }
                },
                cancellation
            );
            remaining = [.. remaining.Where(index => outcomes[index] is null)];
            if (remaining.Count > 0)
            {
                settings.Waiting?.Invoke(remaining.Count);
                cancellation.WaitHandle.WaitOne(WaitForOthers);
            }
        }

        return outcomes!;
    }

    /// <summary>Says what is stored of a sweep, and solves nothing.</summary>
    /// <param name="plan">The cells.</param>
    /// <param name="store">Where they are stored.</param>
    /// <returns>One outcome a cell, in their order.</returns>
    public static IReadOnlyList<SweepOutcome> Look(SweepPlan plan, SweepStore store) =>
        [.. plan.Cells.Select(store.Find)];

    // One at a time to whoever is free: cells differ a thousandfold in how long they take.
    private static void ForEach(
        IReadOnlyList<int> indices,
        int threads,
        Action<int> action,
        CancellationToken cancellation
    )
    {
        try
        {
            Parallel.ForEach(
                Partitioner.Create(indices, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                action
            );
        }
        catch (AggregateException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw e.Flatten().InnerExceptions[0];
        }
    }

    private static SweepOutcome? TryRun(
        SweepCell cell,
        SweepStore store,
        SweepSettings settings,
        CancellationToken cancellation
    )
    {
        if (store.Find(cell) is { State: SweepState.Found } found)
        {
            return found;
        }

        using var claim = store.TryClaim(cell);
        if (claim is null)
        {
            return null;
        }

        if (claim.Stored.State == SweepState.Found)
        {
            return claim.Stored;
        }

        if (claim.TryFinishEarlier())
        {
            return store.Find(cell) with { Damage = claim.Stored.Damage };
        }

        int? continuedFrom;
        try
        {
            continuedFrom = claim.Solve(
                new SolveContext
                {
                    Threads = settings.CellThreads,
                    Seed = cell.Seed,
                    Clock = TimeProvider.System,
                    Cancellation = cancellation,
                },
                settings.CheckpointInterval
            );
        }
        catch (Exception e)
            when (e is SolveStoppedException { Status: SolveStatus.TimeLimit }
                || e
                    is not (
                        OperationCanceledException
                        or IOException
                        or UnauthorizedAccessException
                        or RunFolderException
                    )
            )
        {
            var failure = SweepFailure.Describe(e);
            store.WriteFailure(cell, failure);
            return claim.Stored with { State = SweepState.Failed, Failure = failure };
        }

        return store.Find(cell) with
        {
            State = SweepState.Solved,
            Damage = claim.Stored.Damage,
            ContinuedFrom = continuedFrom,
        };
    }
}
