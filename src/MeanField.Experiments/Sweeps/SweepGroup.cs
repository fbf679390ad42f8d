using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Sweeps;

/// <summary>Cells that differ only in their seed. Immutable.</summary>
/// <param name="Game">The game as it is named in the sweep.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Values">The value of each axis of the plan, in their order; <see langword="null"/> where the game or the solver has no such parameter.</param>
/// <param name="Outcomes">The cells, by seed.</param>
internal sealed record SweepGroup(
    string Game,
    string Solver,
    IReadOnlyList<string?> Values,
    IReadOnlyList<SweepOutcome> Outcomes
)
{
    /// <summary>The groups in the order of their first cells.</summary>
    public static IReadOnlyList<SweepGroup> Of(SweepPlan plan, IReadOnlyList<SweepOutcome> outcomes) =>
        [
            .. outcomes
                .GroupBy(
                    outcome => string.Join('\n', Key(plan, outcome.Cell).Select(text => $"{text?.Length} {text}")),
                    StringComparer.Ordinal
                )
                .Select(group => group.ToList())
                .Select(group => new SweepGroup(
                    group[0].Cell.GameName,
                    group[0].Cell.Solver.Name,
                    [.. plan.Axes.Select(axis => axis.Text(group[0].Cell))],
                    group
                )),
        ];

    /// <summary>The records of the cells that have a run.</summary>
    public IReadOnlyList<RunRecord> Records { get; } =
    [.. Outcomes.Select(outcome => outcome.Record).OfType<RunRecord>()];

    /// <summary>How many seeds have a run; of a solver that draws nothing one run stands for all.</summary>
    public string Seeds => Records.Count > 0 && !Outcomes[0].Cell.ReadsSeed ? "any" : $"{Records.Count}";

    /// <summary>Median and quartiles of a number of the runs.</summary>
    public Quartiles Quartiles(Func<RunRecord, double> number) => Sweeps.Quartiles.Of(Records.Select(number));

    /// <summary>How the cells ended, those without a run included.</summary>
    public string Endings
    {
        get
        {
            var failed = Outcomes.Count(outcome => outcome.State == SweepState.Failed);
            var missing = Outcomes.Count(outcome => outcome.State == SweepState.Missing);
            string[] parts =
            [
                SummaryText.Endings(Records),
                failed > 0 ? $"{failed} failed" : "",
                missing > 0 ? $"{missing} missing" : "",
            ];
            return string.Join(", ", parts.Where(part => part.Length > 0));
        }
    }

    private static IEnumerable<string?> Key(SweepPlan plan, SweepCell cell) =>
        [cell.GameName, cell.Solver.Name, .. plan.Axes.Select(axis => axis.Text(cell))];
}
