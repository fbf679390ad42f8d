using MeanField.Experiments.Runs;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Comparisons;

/// <summary>What a solver did on a game, over its seeds. Immutable.</summary>
/// <param name="Game">The game as it is named in the comparison.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Outcomes">Those with a run, by seed.</param>
/// <param name="Failures">Why runs are missing.</param>
internal sealed record ComparisonRow(
    string Game,
    string Solver,
    IReadOnlyList<SweepOutcome> Outcomes,
    IReadOnlyList<string> Failures
)
{
    /// <summary>The rows of a comparison, in the order of its cells.</summary>
    public static IReadOnlyList<ComparisonRow> Of(IReadOnlyList<SweepOutcome> outcomes) =>
        [
            .. outcomes
                .GroupBy(outcome => (Game: outcome.Cell.GameName, Solver: outcome.Cell.Solver.Name))
                .Select(group => new ComparisonRow(
                    group.Key.Game,
                    group.Key.Solver,
                    [.. group.Where(outcome => outcome.Record is not null)],
                    [
                        .. group
                            .Where(outcome => outcome.Failure is not null)
                            .Select(outcome => outcome.Failure!)
                            .Distinct(StringComparer.Ordinal),
                    ]
                )
                {
                    IsStandard = IsStandardGame(group.First().Cell),
                }),
        ];

    /// <summary>Whether the game is that of the catalogue with all its defaults, so that published numbers are about it.</summary>
    public bool IsStandard { get; private init; }

    /// <summary>The records of the runs.</summary>
    public IEnumerable<RunRecord> Records => Outcomes.Select(outcome => outcome.Record!);

    /// <summary>The best published result for the game, or <see langword="null"/>.</summary>
    public PublishedResult? Published => IsStandard ? PublishedResult.BestFor(Game) : null;

    /// <summary>How many seeds there were; of a solver that draws nothing one run stands for all.</summary>
    public string Seeds => Outcomes.Any(outcome => outcome.Cell.ReadsSeed) ? $"{Outcomes.Count}" : "any";

    /// <summary>The certified upper ends of φ of the best iterates, ascending.</summary>
    public IReadOnlyList<double> Exploitabilities =>
        [.. Records.Select(record => record.Certificate.Exploitability.Upper).Order()];

    /// <summary>The median of a number of the runs; the upper one of two in the middle. NaN without runs.</summary>
    public double Median(Func<RunRecord, double> number) => Quartiles.Of(Records.Select(number)).Median;

    /// <summary>How the runs ended, each ending once with its count where there are several.</summary>
    public string Endings => SummaryText.Endings([.. Records]);

    private static bool IsStandardGame(SweepCell cell) =>
        cell.GameName == cell.Game.Definition.Name && cell.Game.Hash == GameSpec.Load(cell.GameName, []).Hash;
}
