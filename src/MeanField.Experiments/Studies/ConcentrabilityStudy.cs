using System.Globalization;
using MeanField.Diagnostics;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Experiments.Studies;

/// <summary>What it costs to restart where the equilibrium crowd is not.</summary>
internal static class ConcentrabilityStudy
{
    public static Study Study { get; } =
        new(
            "concentrability",
            "Where the simulator restarts",
            "The bound on samples grows with the concentrability coefficient ‖d/ν‖_∞ (A-4): how much more often the equilibrium is in some state than restarts are. Restart laws that move away from "
                + "the equilibrium crowd are set against the samples until the last iterate first has a certified regularised exploitability of at most the tolerance. The coefficient is computed "
                + "at the fixed point of the population operator; trajectories walk on from where they start, which makes up for a bad law in part.",
            Analyse,
            takesGames: false
        );

    private static StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes)
    {
        var coefficients = new Dictionary<(string Game, double Temperature, string Restart), double>();
        var laws = outcomes
            .GroupBy(outcome =>
                (
                    outcome.Cell.GameName,
                    Method: outcome.Cell.Options.Text("faithful") == "true" ? "faithful" : "default",
                    Tolerance: outcome.Cell.Options.Number("tolerance"),
                    Restart: outcome.Cell.Options.Text("restart")
                )
            )
            .Select(group => new Law(
                group.Key.GameName,
                group.Key.Method,
                group.Key.Tolerance,
                group.Key.Restart,
                Coefficient(group.First(), coefficients),
                group.Count(),
                Quartiles.Of(
                    group.Select(outcome =>
                        outcome.Record!.Certificate.RegularizedExploitability.Upper <= group.Key.Tolerance
                            ? outcome.Record.Samples.Total
                            : double.PositiveInfinity
                    )
                )
            ))
            .ToList();
        var methods = laws.GroupBy(law => (law.Game, law.Method, law.Tolerance)).ToList();
        return new StudyFindings
        {
            Claims =
            [
                .. methods.Select(method =>
                    Claim(method.Key.Game, method.Key.Method, method.Key.Tolerance, [.. method])
                ),
            ],
            Charts = [.. laws.GroupBy(law => law.Game, StringComparer.Ordinal).Select(Chart)],
            Tables =
            [
                new StudyTable(
                    "restarts",
                    "Samples until the tolerance: quartiles over seeds; infinite where the budget did not do",
                    [
                        "game",
                        "method",
                        "tolerance",
                        "restart law",
                        "coefficient",
                        "seeds",
                        "lower quartile",
                        "median",
                        "upper quartile",
                    ],
                    [
                        .. laws.Select(law =>
                            (StudyCell[])
                                [
                                    law.Game,
                                    law.Method,
                                    law.Tolerance,
                                    new StudyCell(law.Restart, Excerpt(law.Restart)),
                                    law.Coefficient,
                                    law.Runs,
                                    law.Samples.Lower,
                                    law.Samples.Median,
                                    law.Samples.Upper,
                                ]
                        ),
                    ]
                ),
            ],
        };
    }

    private static string Excerpt(string restart) => Formats.Excerpt.Plain(restart, 24);

    private static double Coefficient(
        SweepOutcome outcome,
        Dictionary<(string Game, double Temperature, string Restart), double> known
    )
    {
        var key = (
            outcome.Cell.Game.Hash,
            outcome.Record!.Certificate.Temperature,
            outcome.Cell.Options.Text("restart")
        );
        if (!known.TryGetValue(key, out var coefficient))
        {
            var options = DoctorOptions.FromParameters(
                ParameterValues.Create(
                    "doctor",
                    DoctorOptions.Descriptions,
                    [
                        new("temperature", key.Temperature.ToString("R", CultureInfo.InvariantCulture)),
                        new("restart", key.Item3),
                        new("random-laws", "0"),
                        new("derivatives", "0"),
                    ]
                )
            );
            var game = TabularGame.Create(outcome.Cell.Game.Create());
            coefficient = known[key] = AssumptionDoctor.Examine(game, options).Concentrability.Coefficient;
        }

        return coefficient;
    }

    private static StudyClaim Claim(string game, string method, double tolerance, IReadOnlyList<Law> laws)
    {
        var exponent = PowerLaw.Exponent(laws.Select(law => (law.Coefficient, law.Samples.Median)));
        var (least, most) = (laws.MinBy(law => law.Coefficient)!, laws.MaxBy(law => law.Coefficient)!);
        return new StudyClaim(
            $"{game}, {method}, tolerance {DisplayNumber.Nearest(tolerance)}: {Samples(least)} samples in the median at a coefficient of {DisplayNumber.Nearest(least.Coefficient, 3)}, {Samples(most)} at {DisplayNumber.Nearest(most.Coefficient, 3)}; samples grow like the coefficient to the power {DisplayNumber.Nearest(exponent, 2)}."
        );
    }

    private static string Samples(Law law) =>
        double.IsFinite(law.Samples.Median) ? DisplayNumber.Count((long)law.Samples.Median) : "more than the budget of";

    private static SeriesChart Chart(IGrouping<string, Law> laws)
    {
        var series = laws.GroupBy(
                law => $"{law.Method}, tolerance {DisplayNumber.Nearest(law.Tolerance)}",
                StringComparer.Ordinal
            )
            .Select(
                (method, at) =>
                    new ChartSeries(
                        method.Key,
                        at,
                        [
                            [
                                .. method
                                    .OrderBy(law => law.Coefficient)
                                    .Select(law => new ChartPoint(
                                        law.Coefficient,
                                        law.Samples.Median,
                                        law.Samples.Lower,
                                        law.Samples.Upper
                                    )),
                            ],
                        ]
                    )
            )
            .ToList();
        var points = series.SelectMany(one => one.Lines[0]).ToList();
        return new SeriesChart
        {
            Title = laws.Key,
            Description = "Samples to the tolerance against the concentrability coefficient of the restart law",
            XName = "concentrability coefficient ‖d/ν‖",
            X = ChartAxis.Logarithmic(points.Select(point => point.X)),
            Y = ChartAxis.Logarithmic(points.Select(point => point.Y)),
            Series = series,
            Note = "Medians of seeds, with bars from the lower to the upper quartile.",
        };
    }

    private sealed record Law(
        string Game,
        string Method,
        double Tolerance,
        string Restart,
        double Coefficient,
        int Runs,
        Quartiles Samples
    );
}
