using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>What L inner steps leave of the regularised exploitability, for each step rule, against the rate that is proved.</summary>
internal static class ExactRateStudy
{
    // Below this rounding is measured and not the rate.
    private const double Floor = 1e-11;
    private const double AsymptoticFrom = 8;
    private const double ProvedExponent = -1;
    private const double Slack = 0.1;

    public static Study Study { get; } =
        new(
            "exact-rate",
            "How fast inner iterations close the gap",
            "With exact action values, L inner steps of MF-TRPO are proved to leave a gap of order 1/L up to logarithms (rule paper, t = 1/(η(l + 2))). "
                + "Here every outer iteration starts from the uniform policy, and the certified regularised exploitability is taken when the population has come to "
                + "rest. The rules constant and kl-radius take longer steps than the theory allows itself.",
            Analyse
        );

    private static StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes)
    {
        var lines = outcomes
            .GroupBy(outcome =>
                (
                    outcome.Cell.GameName,
                    outcome.Record!.Certificate.Temperature,
                    Rule: outcome.Cell.Options.Text("step-rule")
                )
            )
            .Select(group => new Line(
                group.Key.GameName,
                group.Key.Temperature,
                group.Key.Rule,
                [
                    .. group
                        .Select(outcome =>
                            (
                                L: (double)outcome.Cell.Options.WholeNumber("inner-iterations"),
                                Gap: outcome.Record!.LastCertificate.RegularizedExploitability.Upper
                            )
                        )
                        .OrderBy(point => point.L),
                ]
            ))
            .ToList();
        return new StudyFindings
        {
            Claims = [.. lines.Where(line => line.Rule == "paper").Select(Claim)],
            Charts = [.. lines.GroupBy(line => (line.Game, line.Temperature)).Select(Chart)],
            Tables =
            [
                new StudyTable(
                    "exponents",
                    $"The measured exponent p of L^p, by least squares over L ≥ {AsymptoticFrom} and gaps above {DisplayNumber.Nearest(Floor)}; nothing where a rule falls faster than that range can show",
                    ["game", "temperature", "step rule", "exponent"],
                    [.. lines.Select(line => (StudyCell[])[line.Game, line.Temperature, line.Rule, line.Exponent])]
                ),
                new StudyTable(
                    "gaps",
                    "Certified regularised exploitability of the last iterate",
                    ["game", "temperature", "step rule", "inner iterations", "regularised exploitability"],
                    [
                        .. lines.SelectMany(line =>
                            line.Points.Select(point =>
                                (StudyCell[])
                                    [line.Game, line.Temperature, line.Rule, point.L, StudyCell.Bound(point.Gap)]
                            )
                        ),
                    ]
                ),
            ],
        };
    }

    private static StudyClaim Claim(Line line) =>
        new(
            $"{line.Game} at temperature {DisplayNumber.Nearest(line.Temperature)}: the gap of rule paper falls like L to the power {DisplayNumber.Nearest(line.Exponent, 3)}; at least as steep as 1/L is proved.",
            line.Exponent <= ProvedExponent + Slack
        );

    private static SeriesChart Chart(IGrouping<(string Game, double Temperature), Line> lines)
    {
        var proved = lines.FirstOrDefault(line => line.Rule == "paper")?.Points ?? lines.First().Points;
        var series = lines
            .Select(
                (line, at) =>
                    new ChartSeries(
                        line.Rule,
                        at,
                        [
                            [.. line.Points.Select(point => new ChartPoint(point.L, point.Gap))],
                        ]
                    )
            )
            .Append(
                new ChartSeries(
                    "1/L, through the first point of rule paper",
                    lines.Count(),
                    [
                        [.. proved.Select(point => new ChartPoint(point.L, proved[0].Gap * proved[0].L / point.L))],
                    ]
                )
            )
            .ToList();
        var points = series.SelectMany(one => one.Lines).SelectMany(line => line).ToList();
        return new SeriesChart
        {
            Title = $"{lines.Key.Game}, temperature {DisplayNumber.Nearest(lines.Key.Temperature)}",
            Description = "Certified regularised exploitability against inner iterations for each step rule",
            XName = "inner iterations L",
            X = ChartAxis.Logarithmic(points.Select(point => point.X)),
            Y = ChartAxis.Logarithmic(points.Select(point => point.Y)),
            Series = series,
        };
    }

    private sealed record Line(
        string Game,
        double Temperature,
        string Rule,
        IReadOnlyList<(double L, double Gap)> Points
    )
    {
        public double Exponent { get; } =
            PowerLaw.Exponent(Points.Where(point => point.L >= AsymptoticFrom && point.Gap > Floor));
    }
}
