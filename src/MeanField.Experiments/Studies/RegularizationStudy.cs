using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Solvers;

namespace MeanField.Experiments.Studies;

/// <summary>Stability against the quality of the equilibrium, over temperatures, on the standard games.</summary>
internal static class RegularizationStudy
{
    public static Study Study { get; } =
        new(
            "regularisation",
            "Stability against quality",
            "A high temperature makes the published steps converge, a low one makes what they converge to worth having. On each game they run at temperatures from low to high: how many outer "
                + "iterations they take to a regularised exploitability of 1e-6, if they get there, and what the exploitability in the game without entropy is at their end and at the regularised "
                + "equilibrium.",
            Analyse
        );

    private static StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes)
    {
        var games = outcomes
            .GroupBy(outcome => outcome.Cell.GameName, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Runs: (IReadOnlyList<SweepOutcome>)[.. group]))
            .ToList();
        return new StudyFindings
        {
            Claims = [.. games.Select(game => Claim(game.Name, Published(game.Runs)))],
            Charts = [.. games.Select(game => Chart(game.Name, game.Runs))],
            Tables =
            [
                new StudyTable(
                    "runs",
                    "Each run: how it ended, after how many outer iterations, and the certified exploitability of its answer in the game without entropy",
                    ["game", "temperature", "solver", "ending", "outer iterations", "exploitability", "regularised"],
                    [
                        .. outcomes.Select(outcome =>
                            (StudyCell[])
                                [
                                    outcome.Cell.GameName,
                                    outcome.Record!.Certificate.Temperature,
                                    outcome.Cell.Solver.Name,
                                    outcome.Record.Status.Text(),
                                    outcome.Record.Iterations,
                                    StudyCell.Bound(outcome.Record.Certificate.Exploitability.Upper),
                                    StudyCell.Bound(outcome.Record.Certificate.RegularizedExploitability.Upper),
                                ]
                        ),
                    ]
                ),
            ],
        };
    }

    private static IReadOnlyList<SweepOutcome> Published(IEnumerable<SweepOutcome> runs) =>
        [.. runs.Where(run => run.Cell.Solver.Name != "newton").OrderBy(run => run.Record!.Certificate.Temperature)];

    private static StudyClaim Claim(string game, IReadOnlyList<SweepOutcome> runs)
    {
        var converged = runs.Where(run => run.Record!.Status.IsSuccess()).ToList();
        var most = DisplayNumber.Nearest(runs[^1].Record!.Certificate.Temperature);
        if (converged.Count == 0)
        {
            return new StudyClaim($"{game}: the published steps converge at none of the temperatures up to {most}.");
        }

        var (lowest, highest) = (converged[0].Record!.Certificate, converged[^1].Record!.Certificate);
        return new StudyClaim(
            $"{game}: the published steps converge at {converged.Count} of {runs.Count} temperatures; the lowest of those is {DisplayNumber.Nearest(lowest.Temperature)}, where the answer has an exploitability of {DisplayNumber.NotLess(lowest.Exploitability.Upper, 3)}; at {DisplayNumber.Nearest(highest.Temperature)} it has {DisplayNumber.NotLess(highest.Exploitability.Upper, 3)}."
        );
    }

    private static SeriesChart Chart(string game, IReadOnlyList<SweepOutcome> runs)
    {
        var published = Published(runs);
        var roots = runs.Where(run => run.Cell.Solver.Name == "newton" && run.Record!.Status.IsSuccess())
            .OrderBy(run => run.Record!.Certificate.Temperature)
            .ToList();
        List<ChartSeries> series =
        [
            new(
                "Answers of converged runs",
                0,
                [
                    [.. Points(published.Where(run => run.Record!.Status.IsSuccess()))],
                ]
            ),
            new(
                "Best answers of runs that did not converge",
                1,
                [
                    [.. Points(published.Where(run => !run.Record!.Status.IsSuccess()))],
                ]
            ),
            new(
                "The regularised equilibrium, by Newton's method",
                2,
                [
                    [.. Points(roots)],
                ]
            ),
        ];
        var points = series.SelectMany(line => line.Lines[0]).ToList();
        return new SeriesChart
        {
            Title = game,
            Description = $"Certified exploitability against temperature on {game}",
            XName = "temperature η",
            X = ChartAxis.Logarithmic(points.Select(point => point.X)),
            Y = ChartAxis.Logarithmic(points.Select(point => point.Y)),
            Series = [.. series.Where(line => line.Lines[0].Count > 0)],
            Note = "Certified exploitability in the game without entropy.",
        };
    }

    private static IEnumerable<ChartPoint> Points(IEnumerable<SweepOutcome> runs) =>
        runs.Select(run => new ChartPoint(
            run.Record!.Certificate.Temperature,
            run.Record.Certificate.Exploitability.Upper
        ));
}
