using MeanField.Diagnostics;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Studies;

/// <summary>Games in which assumption A-2 fails: what diverges, what the witness is, and what still works.</summary>
internal static class MonotonicityStudy
{
    private const int MostOfTrace = 400;

    public static Study Study { get; } =
        new(
            "monotonicity",
            "Where the population operator is not monotone",
            "The theory needs the population operator Φ to be strictly monotone (A-2): ⟨μ − μ', Φ(μ) − Φ(μ')⟩ < ‖μ − μ'‖². Coordination, cycles, transitions that depend on the crowd, and low "
                + "temperatures break it. For each game a pair of crowds that breaks it is searched, and the published steps run with population steps β from 1 down, beside solvers that do not "
                + "rest on the assumption. Runs start from the uniform policy.",
            Analyse,
            takesGames: false
        );

    private static StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes)
    {
        var cases = outcomes
            .Where(HasTemperature)
            .GroupBy(outcome => (outcome.Cell.Game.Hash, outcome.Record!.Certificate.Temperature))
            .Select(group =>
                Read(
                    group.Key.Temperature,
                    [
                        .. outcomes.Where(outcome =>
                            outcome.Cell.Game.Hash == group.Key.Hash
                            && (
                                !HasTemperature(outcome)
                                || outcome.Record!.Certificate.Temperature == group.Key.Temperature
                            )
                        ),
                    ]
                )
            )
            .ToList();
        return new StudyFindings
        {
            Claims = [.. cases.SelectMany(Claims)],
            Charts = [.. cases.Select(Chart)],
            Tables =
            [
                new StudyTable(
                    "witnesses",
                    "The largest ratio ⟨μ − μ', Φ(μ) − Φ(μ')⟩ / ‖μ − μ'‖² found; 1 or more, by more than its margin, proves that A-2 fails",
                    [
                        "game",
                        "temperature",
                        "A-2",
                        "ratio",
                        "margin",
                        "distance of the two",
                        "one crowd of the pair",
                        "the other",
                    ],
                    [.. cases.Select(Witness)]
                ),
                new StudyTable(
                    "endings",
                    "How runs ended. Regularised exploitability is that of the best iterate, certified at the temperature that the solver has",
                    ["game", "temperature", "solver", "ending", "outer iterations", "regularised exploitability"],
                    [
                        .. cases.SelectMany(one =>
                            one.Runs.Select(run =>
                                (StudyCell[])
                                    [
                                        one.Name,
                                        one.Temperature,
                                        Variant(run.Cell),
                                        run.Record!.Status.Text(),
                                        run.Record.Iterations,
                                        StudyCell.Bound(run.Record.Certificate.RegularizedExploitability.Upper),
                                    ]
                            )
                        ),
                    ]
                ),
            ],
        };
    }

    // Solvers without entropy of their own run once a game, and are shown at each of its temperatures.
    private static bool HasTemperature(SweepOutcome outcome) =>
        outcome.Cell.Options.Descriptions.Any(option => option.Name == "temperature");

    private static Case Read(double temperature, IReadOnlyList<SweepOutcome> runs)
    {
        var cell = runs[0].Cell;
        var game = TabularGame.Create(cell.Game.Create());
        var diagnosis = AssumptionDoctor.Examine(game, new DoctorOptions { Temperature = temperature });
        return new Case(Describe(cell), temperature, game, diagnosis.Monotonicity, runs);
    }

    // The game and what of it is not as in the catalogue.
    private static string Describe(SweepCell cell)
    {
        var values = cell.Game.Values;
        var changed = values
            .Descriptions.Where(parameter => values.Text(parameter.Name) != parameter.Default)
            .Select(parameter => $"{parameter.Name}={values.Text(parameter.Name)}");
        return string.Join(" ", changed.Prepend(cell.GameName));
    }

    private static string Variant(SweepCell cell) =>
        cell.Solver.Name != "mf-trpo" ? cell.Solver.Name
        : cell.Options.Text("step-rule") == "adaptive" ? "mf-trpo, adaptive"
        : $"mf-trpo, β = {cell.Options.Text("population-step")}";

    private static IEnumerable<StudyClaim> Claims(Case one)
    {
        var verdict = one.Monotonicity.Verdict;
        var ratio = DisplayNumber.Nearest(one.Monotonicity.Pair?.Ratio ?? 0, 3);
        var diverged = one.Runs.Where(run => !run.Record!.Status.IsSuccess()).Select(run => Variant(run.Cell)).ToList();
        var converged = one.Runs.Where(run => run.Record!.Status.IsSuccess()).Select(run => Variant(run.Cell)).ToList();
        yield return new StudyClaim(
            $"{one.Name} at temperature {DisplayNumber.Nearest(one.Temperature)}: A-2 {(verdict == AssumptionVerdict.Violated ? $"fails, ratio {ratio}" : $"is not found to fail, largest ratio {ratio}")}. "
                + $"Converged: {List(converged)}. Did not: {List(diverged)}."
        );
    }

    private static string List(List<string> names) => names.Count == 0 ? "none" : string.Join("; ", names);

    private static StudyCell[] Witness(Case one)
    {
        var pair = one.Monotonicity.Pair;
        return
        [
            one.Name,
            one.Temperature,
            one.Monotonicity.Verdict switch
            {
                AssumptionVerdict.Violated => "violated",
                AssumptionVerdict.Undecided => "undecided",
                _ => "no violation found",
            },
            pair?.Ratio ?? double.NaN,
            pair?.Margin ?? double.NaN,
            pair is null ? double.NaN : pair.First.Zip(pair.Second, (one, other) => Math.Abs(one - other)).Sum(),
            pair is null ? "" : FullestStates.Text(pair.First, one.Game.Source),
            pair is null ? "" : FullestStates.Text(pair.Second, one.Game.Source),
        ];
    }

    private static SeriesChart Chart(Case one)
    {
        var series = one
            .Runs.Select(
                (run, at) =>
                    new ChartSeries(
                        Variant(run.Cell),
                        at,
                        [
                            [
                                .. run.ReadRun()
                                    .Trace.TakeWhile(row => row.Iteration <= MostOfTrace)
                                    .Select(row => new ChartPoint(row.Iteration, row.RegularizedExploitability.Upper)),
                            ],
                        ]
                    )
            )
            .ToList();
        var points = series.SelectMany(line => line.Lines[0]).ToList();
        return new SeriesChart
        {
            Title = $"{one.Name}, temperature {DisplayNumber.Nearest(one.Temperature)}",
            Description = "Certified regularised exploitability of each solver against outer iterations",
            XName = "outer iteration k",
            X = ChartAxis.Iterations((int)points.Max(point => point.X)),
            Y = ChartAxis.Logarithmic(points.Select(point => point.Y)),
            Series = series,
            Note = $"The first {MostOfTrace} outer iterations.",
        };
    }

    private sealed record Case(
        string Name,
        double Temperature,
        TabularGame Game,
        MonotonicityReport Monotonicity,
        IReadOnlyList<SweepOutcome> Runs
    );
}
