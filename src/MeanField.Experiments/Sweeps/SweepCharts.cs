using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Sweeps;

/// <summary>The charts of a sweep: medians against each swept number, and the courses of the runs.</summary>
internal static class SweepCharts
{
    private const int MostSeries = 12;
    private const int MostCharts = 60;

    private static readonly (string Title, string Name, Func<RunRecord, double> Number)[] Measures =
    [
        ("Exploitability", "Certified exploitability", run => run.Certificate.Exploitability.Upper),
        (
            "Regularised exploitability",
            "Certified regularised exploitability",
            // At temperature 0 it is the exploitability, which has a chart already.
            run =>
                run.Certificate.Temperature > 0
                    ? run.Certificate.RegularizedExploitability.Upper
                    : double.PositiveInfinity
        ),
        ("Outer iterations", "Outer iterations", run => run.Iterations),
        ("Samples", "Simulator calls", run => run.Samples.Total),
    ];

    /// <summary>Writes a chart for each game, number that was swept and measure; a line for each combination of all else.</summary>
    public static void WriteSwept(MarkupWriter page, SweepPlan plan, IReadOnlyList<SweepGroup> groups)
    {
        var charts = 0;
        foreach (var game in groups.GroupBy(group => group.Game, StringComparer.Ordinal))
        {
            for (var axis = 0; axis < plan.Axes.Count; axis++)
            {
                foreach (var measure in Measures)
                {
                    charts += WriteSwept(
                        page,
                        plan,
                        game.Key,
                        [.. game],
                        axis,
                        measure,
                        isOneTooMany: charts == MostCharts
                    );
                    if (charts > MostCharts)
                    {
                        return;
                    }
                }
            }
        }
    }

    /// <summary>Writes for each game and solver the regularised exploitability against the outer iteration, a line a run and a colour a group.</summary>
    public static void WriteCourses(MarkupWriter page, SweepPlan plan, IReadOnlyList<SweepGroup> groups)
    {
        var pairs = groups.Where(group => group.Records.Count > 0).GroupBy(group => (group.Game, group.Solver));
        foreach (var pair in pairs.Take(MostCharts))
        {
            var shown = Spread([.. pair]);
            var lines = shown
                .Select(group => group.Outcomes.Where(o => o.Record is not null).Select(Course).ToList())
                .ToList();
            var points = lines.SelectMany(line => line).SelectMany(line => line).ToList();
            if (points.Count == 0)
            {
                continue;
            }

            var names = shown.Select(group => Name(plan, group, without: -1, withSolver: false));
            new SeriesChart
            {
                Title = $"{pair.Key.Game}, {pair.Key.Solver}: courses",
                Description =
                    $"Certified regularised exploitability against the outer iteration of {pair.Key.Solver} on {pair.Key.Game}",
                XName = "outer iteration",
                X = ChartAxis.Iterations((int)points.Max(point => point.X)),
                Y = ChartAxis.Logarithmic(points.Select(point => point.Y)),
                Series =
                [
                    .. names.Select(
                        (name, at) => new ChartSeries(name.Length > 0 ? name : pair.Key.Solver, at, lines[at])
                    ),
                ],
                HasMarks = false,
                Note =
                    "Certified regularised exploitability of every scored iterate, a line a run."
                    + Left(pair.Count(), shown.Count),
            }.Write(page);
        }
    }

    private static int WriteSwept(
        MarkupWriter page,
        SweepPlan plan,
        string game,
        IReadOnlyList<SweepGroup> groups,
        int axis,
        (string Title, string Name, Func<RunRecord, double> Number) measure,
        bool isOneTooMany
    )
    {
        var key = plan.Axes[axis];
        var points = groups
            .Where(group => group.Records.Count > 0)
            .Select(group => (Group: group, X: key.Number(group.Outcomes[0].Cell), Y: group.Quartiles(measure.Number)))
            .Where(point => point.X is not null && point.Y.Median > 0 && double.IsFinite(point.Y.Median))
            .ToList();
        if (points.Select(point => point.X).Distinct().Count() < 2)
        {
            return 0;
        }

        if (isOneTooMany)
        {
            page.Write($"<p class=\"note\">More charts than {MostCharts} are not drawn.</p>");
            return 1;
        }

        var all = points
            .GroupBy(point => Name(plan, point.Group, axis, withSolver: true), StringComparer.Ordinal)
            .ToList();
        var shown = Spread(all);
        var series = shown
            .Select(
                (group, at) =>
                    new ChartSeries(
                        group.Key,
                        at,
                        [
                            [
                                .. group
                                    .OrderBy(point => point.X)
                                    .Select(point => new ChartPoint(
                                        point.X!.Value,
                                        point.Y.Median,
                                        point.Y.Lower < point.Y.Upper ? point.Y.Lower : double.NaN,
                                        point.Y.Upper
                                    )),
                            ],
                        ]
                    )
            )
            .ToList();
        var drawn = series.SelectMany(one => one.Lines).SelectMany(line => line).ToList();
        new SeriesChart
        {
            Title = $"{game}: {measure.Title.ToLowerInvariant()} against {key.Key}",
            Description = $"{measure.Name} against {key.Key} on {game}, medians over seeds",
            XName = key.Key,
            X = ChartAxis.Swept([.. drawn.Select(point => point.X)]),
            Y = ChartAxis.Logarithmic(drawn.SelectMany(point => new[] { point.Y, point.Low, point.High })),
            Series = series,
            Note =
                $"{measure.Name}, median over seeds{(drawn.Any(point => double.IsFinite(point.Low)) ? "; bars from quartile to quartile" : "")}."
                + Left(all.Count, shown.Count),
        }.Write(page);
        return 1;
    }

    private static IReadOnlyList<ChartPoint> Course(SweepOutcome outcome) =>
        [.. outcome.ReadRun().Trace.Select(row => new ChartPoint(row.Iteration, row.RegularizedExploitability.Upper))];

    private static string Left(int all, int shown) =>
        shown < all ? $" {DisplayNumber.Count(shown)} of {DisplayNumber.Count(all)} lines of the table are drawn." : "";

    // The first, the last and some between: where they are values of a range, they stay one.
    private static List<T> Spread<T>(List<T> all) =>
        all.Count <= MostSeries
            ? all
            : [.. Enumerable.Range(0, MostSeries).Select(i => all[i * (all.Count - 1) / (MostSeries - 1)])];

    private static string Name(SweepPlan plan, SweepGroup group, int without, bool withSolver)
    {
        var values = plan
            .Axes.Select((axis, at) => (axis.Key, Value: at == without ? null : group.Values[at]))
            .Where(axis => axis.Value is not null)
            .Select(axis => $"{axis.Key} {Excerpt.Plain(axis.Value!)}");
        return string.Join(", ", withSolver ? values.Prepend(group.Solver) : values);
    }
}
