using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>Samples against accuracy, for the published algorithm and for the default, against the bound that is proved.</summary>
internal static class SampleEfficiencyStudy
{
    private const double ProvedExponent = 6;
    private static readonly double[] Accuracies = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

    public static Study Study { get; } =
        new(
            "sample-efficiency",
            "What samples buy",
            "The paper proves that of the order of 1/ε⁶ samples lead to a mixture with an exploitability of ε. Here every reset and every step of the simulator is counted until the last "
                + "iterate first has a certified regularised exploitability of at most ε; the kernel only certifies. The published algorithm is given one number of roll-outs for each ε; "
                + "the default, which reuses all steps it has seen, one setting for all.",
            Analyse
        );

    private static StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes)
    {
        var methods = outcomes
            .GroupBy(outcome => (outcome.Cell.GameName, IsFaithful: outcome.Cell.Options.Text("faithful") == "true"))
            .Select(group => new Method(
                group.Key.GameName,
                group.Key.IsFaithful ? "faithful" : "default",
                [.. Passages(group, group.Key.IsFaithful)]
            ))
            .ToList();
        return new StudyFindings
        {
            Claims =
            [
                .. methods.Select(method => new StudyClaim(
                    $"{method.Game}, {method.Name}: samples grow like 1/ε to the power {DisplayNumber.Nearest(method.Exponent, 3)}; {ProvedExponent} is proved for the worst game.",
                    method.Exponent <= ProvedExponent
                )),
                .. methods.Select(method =>
                {
                    var last = method.Passages.LastOrDefault(passage => double.IsFinite(passage.Samples.Median));
                    return new StudyClaim(
                        last is null
                            ? $"{method.Game}, {method.Name}: no accuracy was reached."
                            : $"{method.Game}, {method.Name}: a regularised exploitability of {last.Accuracy} takes {DisplayNumber.Count((long)last.Samples.Median)} samples in the median of {last.Runs} seeds."
                    );
                }),
            ],
            Charts = [.. methods.GroupBy(method => method.Game, StringComparer.Ordinal).Select(Chart)],
            Tables =
            [
                new StudyTable(
                    "samples",
                    "Samples until the last iterate first has a certified regularised exploitability of at most ε: quartiles over seeds; infinite where fewer runs reached it",
                    ["game", "method", "accuracy", "seeds", "lower quartile", "median", "upper quartile"],
                    [
                        .. methods.SelectMany(method =>
                            method.Passages.Select(passage =>
                                (StudyCell[])
                                    [
                                        method.Game,
                                        method.Name,
                                        passage.Accuracy,
                                        passage.Runs,
                                        passage.Samples.Lower,
                                        passage.Samples.Median,
                                        passage.Samples.Upper,
                                    ]
                            )
                        ),
                    ]
                ),
            ],
        };
    }

    // The published algorithm is judged at the accuracy it was set up for, the default at all that its runs passed.
    private static IEnumerable<Passage> Passages(IEnumerable<SweepOutcome> outcomes, bool isFaithful)
    {
        var byTolerance = outcomes
            .GroupBy(outcome => outcome.Cell.Options.Number("tolerance"))
            .OrderByDescending(group => group.Key);
        foreach (var group in byTolerance)
        {
            var traces = group.Select(outcome => outcome.ReadRun().Trace).ToList();
            foreach (var accuracy in isFaithful ? [group.Key] : Accuracies.Where(accuracy => accuracy >= group.Key))
            {
                yield return new Passage(
                    accuracy,
                    traces.Count,
                    Quartiles.Of(
                        traces.Select(trace =>
                            (double?)
                                trace
                                    .FirstOrDefault(row => row.RegularizedExploitability.Upper <= accuracy)
                                    ?.Samples.Total
                            ?? double.PositiveInfinity
                        )
                    )
                );
            }
        }
    }

    private static SeriesChart Chart(IGrouping<string, Method> methods)
    {
        var series = methods
            .Select(
                (method, at) =>
                    new ChartSeries(
                        $"{method.Name}, measured exponent {DisplayNumber.Nearest(method.Exponent, 3)}",
                        at,
                        [
                            [
                                .. method
                                    .Passages.OrderBy(passage => passage.Accuracy)
                                    .Select(passage => new ChartPoint(
                                        passage.Accuracy,
                                        passage.Samples.Median,
                                        passage.Samples.Lower,
                                        passage.Samples.Upper
                                    )),
                            ],
                        ]
                    )
            )
            .ToList();
        var measured = series.SelectMany(one => one.Lines).SelectMany(line => line).ToList();
        var first = methods.First().Passages[0];
        var proved = Accuracies
            .Where(accuracy => accuracy >= 0.1)
            .Order()
            .Select(accuracy => new ChartPoint(
                accuracy,
                first.Samples.Median * Math.Pow(first.Accuracy / accuracy, ProvedExponent)
            ))
            .ToList();
        series.Add(new ChartSeries("1/ε⁶, through the first point of the first method", series.Count, [proved]));
        return new SeriesChart
        {
            Title = methods.Key,
            Description = "Samples against certified regularised exploitability for each method",
            XName = "regularised exploitability ε",
            X = ChartAxis.Logarithmic(measured.Concat(proved).Select(point => point.X)),
            Y = ChartAxis.Logarithmic(measured.Concat(proved).Select(point => point.Y)),
            Series = series,
            Note = "Medians of seeds, with bars from the lower to the upper quartile.",
        };
    }

    private sealed record Method(string Game, string Name, IReadOnlyList<Passage> Passages)
    {
        public double Exponent { get; } =
            -PowerLaw.Exponent(Passages.Select(passage => (passage.Accuracy, passage.Samples.Median)));
    }

    private sealed record Passage(double Accuracy, int Runs, Quartiles Samples);
}
