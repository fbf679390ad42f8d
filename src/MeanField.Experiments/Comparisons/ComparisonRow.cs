using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Comparisons;

/// <summary>What a solver did on a game, over its seeds. Immutable.</summary>
/// <param name="Game">The game as it is named in the comparison.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Runs">Its stored runs, by seed.</param>
/// <param name="Failures">Why runs are missing.</param>
internal sealed record ComparisonRow(
    string Game,
    string Solver,
    IReadOnlyList<StoredRun> Runs,
    IReadOnlyList<string> Failures
)
{
    /// <summary>The rows of a comparison, in the order of its cells.</summary>
    public static IReadOnlyList<ComparisonRow> Of(IReadOnlyList<ComparisonOutcome> outcomes) =>
        [
            .. outcomes
                .GroupBy(outcome =>
                    (Game: outcome.Cell.Game.Definition.Name, outcome.Cell.Game.Hash, outcome.Cell.Solver.Name)
                )
                .Select(group => new ComparisonRow(
                    group.Key.Game,
                    group.Key.Name,
                    [.. group.Where(outcome => outcome.Run is not null).Select(outcome => outcome.Run!)],
                    [
                        .. group
                            .Where(outcome => outcome.Failure is not null)
                            .Select(outcome => outcome.Failure!)
                            .Distinct(StringComparer.Ordinal),
                    ]
                )),
        ];

    /// <summary>The certified upper ends of φ of the best iterates, ascending.</summary>
    public IReadOnlyList<double> Exploitabilities =>
        [.. Runs.Select(run => run.Record.Certificate.Exploitability.Upper).Order()];

    /// <summary>The median of a number of the runs; the upper one of two in the middle. NaN without runs.</summary>
    public double Median(Func<RunRecord, double> number)
    {
        var sorted = Runs.Select(run => number(run.Record)).Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted[sorted.Count / 2];
    }

    /// <summary>How the runs ended, each ending once with its count where there are several.</summary>
    public string Endings =>
        string.Join(
            ", ",
            Runs.GroupBy(run => run.Record.Status)
                .OrderBy(group => group.Key)
                .Select(group => group.Count() == Runs.Count ? group.Key.Text() : $"{group.Count()} {group.Key.Text()}")
        );
}
