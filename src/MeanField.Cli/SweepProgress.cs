using System.Globalization;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Solvers;

namespace MeanField.Cli;

/// <summary>Says on standard error how a sweep goes: one line a cell.</summary>
internal static class SweepProgress
{
    /// <summary>Settings that do so.</summary>
    public static SweepSettings Settings(SweepPlan plan, int threads, CommandConsole console)
    {
        var isWaiting = false;
        return new SweepSettings
        {
            Threads = threads,
            Report = (outcome, done) => console.Error.WriteLine(Line(outcome, done, plan)),
            Waiting = remaining =>
            {
                if (!isWaiting)
                {
                    console.Error.WriteLine(
                        $"Waiting for {DisplayNumber.Count(remaining)} that other processes are solving"
                    );
                }

                isWaiting = true;
            },
        };
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
        return $"[{done}/{plan.Cells.Count}] {Name(outcome.Cell, plan.Axes)}: {Result(outcome)}{damage}";
    }

    private static string Result(SweepOutcome outcome) =>
        outcome.Record is { } record
            ? $"φ ≤ {DisplayNumber.NotLess(record.Certificate.Exploitability.Upper, 3)}, {record.Status.Text()}, {DisplayNumber.Seconds(record.SolveSeconds)}{(outcome.State == SweepState.Found ? ", from before" : "")}"
            : $"failed: {outcome.Failure}";
}
