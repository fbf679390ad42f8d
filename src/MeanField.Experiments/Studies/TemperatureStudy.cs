using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>What the temperature does: low ones make the iteration move for ever, high ones make the equilibrium a bad one and spread the crowd.</summary>
internal static class TemperatureStudy
{
    // The part of a run that counts as its end.
    private const double Tail = 0.25;

    // A run whose gap stays above this is not at rest at its equilibrium.
    private const double RestGap = 1e-3;

    public static Study Study { get; } =
        new(
            "temperature",
            "What the temperature does",
            "Entropy of weight η makes the best response smooth, and the iteration stable with it; the price is that the regularised equilibrium is not that of the game. The "
                + "published steps run with one population step for all temperatures; the last quarter of each run shows whether it has come to rest. What the equilibrium itself is "
                + "like at each temperature is Newton's answer: its exploitability in the game without entropy is the bias, and exp of the entropy of its crowd says over how many states it "
                + "is spread.",
            Analyse
        );

    private static StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes)
    {
        var games = outcomes.GroupBy(outcome => outcome.Cell.GameName, StringComparer.Ordinal).Select(Read).ToList();
        return new StudyFindings
        {
            Claims = [.. games.SelectMany(Claims)],
            Charts = [.. games.SelectMany(Charts)],
            Tables =
            [
                new StudyTable(
                    "temperatures",
                    "The end of each run of the published steps, and the regularised equilibrium by Newton's method",
                    [
                        "game",
                        "temperature",
                        "least regularised exploitability at the end",
                        "largest at the end",
                        "largest population change at the end",
                        "at rest",
                        "exploitability of the equilibrium (bias)",
                        "states its crowd is spread over",
                    ],
                    [.. games.SelectMany(game => game.Points.Select(point => Row(game.Name, point)))]
                ),
            ],
        };
    }

    private static Game Read(IGrouping<string, SweepOutcome> outcomes)
    {
        var newton = outcomes
            .Where(outcome => outcome.Cell.Solver.Name == "newton")
            .ToDictionary(outcome => outcome.Record!.Certificate.Temperature);
        var points = new List<Point>();
        foreach (var outcome in outcomes.Where(outcome => outcome.Cell.Solver.Name != "newton"))
        {
            var trace = outcome.ReadRun().Trace;
            var end = trace.Skip((int)(trace.Count * (1 - Tail))).ToList();
            var temperature = outcome.Record!.Certificate.Temperature;
            var root = newton.GetValueOrDefault(temperature);
            points.Add(
                new Point(
                    temperature,
                    end.Min(row => row.RegularizedExploitability.Upper),
                    end.Max(row => row.RegularizedExploitability.Upper),
                    end.Max(row => row.PopulationChange),
                    root?.Record!.Certificate.Exploitability.Upper ?? double.NaN,
                    root is null ? double.NaN : Spread(root.ReadRun().MeanField)
                )
            );
        }

        return new Game(outcomes.Key, [.. points.OrderBy(point => point.Temperature)]);
    }

    private static double Spread(double[] meanField) =>
        Math.Exp(-meanField.Where(share => share > 0).Sum(share => share * Math.Log(share)));

    private static StudyCell[] Row(string game, Point point) =>
        [
            game,
            point.Temperature,
            StudyCell.Bound(point.Least),
            StudyCell.Bound(point.Largest),
            point.Change,
            point.IsAtRest ? "yes" : "no",
            StudyCell.Bound(point.Bias),
            point.Spread,
        ];

    private static IEnumerable<StudyClaim> Claims(Game game)
    {
        var (low, high) = (game.Points[0], game.Points[^1]);
        yield return new StudyClaim(
            $"{game.Name} at temperature {DisplayNumber.Nearest(low.Temperature)}, the lowest: the last quarter of the run moves between regularised exploitabilities of {DisplayNumber.Nearest(low.Least, 3)} and {DisplayNumber.Nearest(low.Largest, 3)}. It does not come to rest.",
            !low.IsAtRest
        );
        if (game.Points.FirstOrDefault(point => point.IsAtRest) is { } first)
        {
            yield return new StudyClaim(
                $"{game.Name}: the lowest temperature at which it comes to rest is {DisplayNumber.Nearest(first.Temperature)}; the equilibrium there has an exploitability of {DisplayNumber.NotLess(first.Bias, 3)}."
            );
        }

        yield return new StudyClaim(
            $"{game.Name} at temperature {DisplayNumber.Nearest(high.Temperature)}, the highest: the equilibrium has an exploitability of {DisplayNumber.NotLess(high.Bias, 3)}, against {DisplayNumber.NotLess(low.Bias, 3)} at the lowest; its crowd is spread over {DisplayNumber.Nearest(high.Spread, 3)} states, against {DisplayNumber.Nearest(low.Spread, 3)}.",
            high.Bias > low.Bias && high.Spread > low.Spread
        );
    }

    private static IEnumerable<SeriesChart> Charts(Game game)
    {
        var x = ChartAxis.Logarithmic(game.Points.Select(point => point.Temperature));
        yield return new SeriesChart
        {
            Title = $"{game.Name}: stability and bias",
            Description =
                "Regularised exploitability at the end of runs, and exploitability of the equilibrium, against temperature",
            XName = "temperature η",
            X = x,
            Y = ChartAxis.Logarithmic(
                game.Points.SelectMany(point => new[] { point.Least, point.Largest, point.Bias })
            ),
            Series =
            [
                new ChartSeries(
                    "Regularised exploitability in the last quarter of a run: largest, down to least",
                    1,
                    [
                        [
                            .. game.Points.Select(point => new ChartPoint(
                                point.Temperature,
                                point.Largest,
                                point.Least,
                                point.Largest
                            )),
                        ],
                    ]
                ),
                new ChartSeries(
                    "Exploitability of the regularised equilibrium: the bias",
                    0,
                    [
                        [.. game.Points.Select(point => new ChartPoint(point.Temperature, point.Bias))],
                    ]
                ),
            ],
        };
        yield return new SeriesChart
        {
            Title = $"{game.Name}: spread of the crowd",
            Description = "Number of states that the equilibrium crowd is spread over, against temperature",
            XName = "temperature η",
            X = x,
            Y = ChartAxis.Linear(game.Points.Select(point => point.Spread).Append(0)),
            Series =
            [
                new ChartSeries(
                    "exp of the entropy of the equilibrium crowd, in states",
                    2,
                    [
                        [.. game.Points.Select(point => new ChartPoint(point.Temperature, point.Spread))],
                    ]
                ),
            ],
        };
    }

    private sealed record Game(string Name, IReadOnlyList<Point> Points);

    private sealed record Point(
        double Temperature,
        double Least,
        double Largest,
        double Change,
        double Bias,
        double Spread
    )
    {
        public bool IsAtRest => Largest < RestGap;
    }
}
