using System.Globalization;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Solvers;

namespace MeanField.Cli;

/// <summary>Says on standard error how a sweep goes: one line a cell, in a terminal with a bar below.</summary>
internal static class SweepProgress
{
    /// <summary>Solves the cells of a plan that are not stored, and tells of each.</summary>
    /// <exception cref="SweepInterruptedException">The user asked to stop.</exception>
    public static IReadOnlyList<SweepOutcome> Run(SweepPlan plan, SweepStore store, int threads, CommandConsole console)
    {
        var (isWaiting, last) = (false, 0);
        using var bar = new SweepBar(plan.Cells.Count, console);
        var settings = new SweepSettings
        {
            Threads = threads,
            Report = (outcome, done) =>
            {
                last = done;
                bar.WriteLine(Line(outcome, done, plan), done, outcome.State != SweepState.Found);
            },
            Waiting = remaining =>
            {
                if (!isWaiting)
                {
                    bar.WriteLine(
                        $"Waiting for {DisplayNumber.Count(remaining)} that other processes are solving",
                        last,
                        isSolved: false
                    );
                }

                isWaiting = true;
            },
        };
        try
        {
            return SweepRunner.Run(plan, store, settings, console.Interruption);
        }
        catch (OperationCanceledException e)
        {
            throw new SweepInterruptedException(e);
        }
    }

    /// <summary>A cell in words: the game, the solver, what was swept and the seed.</summary>
    public static string Name(SweepCell cell, IReadOnlyList<SweepAxis> axes)
    {
        var settings = axes.Select(axis => (axis.Key, Text: axis.Text(cell)))
            .Where(setting => setting.Text is not null)
            .Select(setting => $", {setting.Key} {Excerpt.Plain(setting.Text!)}");
        var seed = cell.ReadsSeed ? string.Create(CultureInfo.InvariantCulture, $", seed {cell.Seed}") : "";
        return $"{cell.GameName}, {cell.Solver.Name}{string.Concat(settings)}{seed}";
    }

    private static string Line(SweepOutcome outcome, int done, SweepPlan plan)
    {
        var damage = outcome.Damage is { } found ? $" (again, because the stored run was damaged: {found})" : "";
        var start = outcome.ContinuedFrom is { } iteration
            ? $", continued from iteration {DisplayNumber.Count(iteration)}"
            : "";
        return $"[{done}/{plan.Cells.Count}] {Name(outcome.Cell, plan.Axes)}: {Result(outcome)}{start}{damage}";
    }

    private static string Result(SweepOutcome outcome) =>
        outcome.Record is { } record
            ? $"φ ≤ {DisplayNumber.NotLess(record.Certificate.Exploitability.Upper, 3)}, {record.Status.Text()}, {DisplayNumber.Seconds(record.SolveSeconds)}{(outcome.State == SweepState.Found ? ", from before" : "")}"
            : $"failed: {outcome.Failure}";
}
