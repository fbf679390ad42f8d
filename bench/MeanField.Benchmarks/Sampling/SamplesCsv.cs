using System.Globalization;

namespace MeanField.Benchmarks.Sampling;

/// <summary>What the command <c>samples</c> writes to files. What was not reached within its limit is <c>inf</c>.</summary>
internal static class SamplesCsv
{
    /// <summary>A line a cell of the tables, with quartiles.</summary>
    public static IEnumerable<string> Cells(IReadOnlyList<SampleRun> accuracies, IReadOnlyList<SampleRun> budgets)
    {
        var anytime = accuracies.Where(run => run.Variant.IsAnytime);
        string[] header = ["table,method,temperature,target,measure,runs,lower_quartile,median,upper_quartile,command"];
        return
        [
            .. header,
            .. Cells(accuracies, "accuracy", "first", run => run.First),
            .. Cells(anytime, "accuracy", "stays", run => run.Stays),
            .. Cells(budgets, "budget", "last", run => run.Last),
            .. Cells(budgets, "budget", "mixture", run => run.Mixture),
        ];
    }

    /// <summary>A line a solve, or an accuracy that a solve was to pass.</summary>
    public static IEnumerable<string> Runs(IReadOnlyList<SampleRun> accuracies, IReadOnlyList<SampleRun> budgets)
    {
        string[] header = ["table,method,temperature,target,seed,first,stays,samples,last,mixture,seconds,command"];
        return
        [
            .. header,
            .. accuracies.Select(run => Run(run, "accuracy", run.Variant.Title, Text(run.First), Text(run.Stays))),
            .. budgets.Select(run => Run(run, "budget", run.Variant.Name, "", "")),
        ];
    }

    private static IEnumerable<string> Cells(
        IEnumerable<SampleRun> runs,
        string table,
        string measure,
        Func<SampleRun, double> value
    ) =>
        runs.GroupBy(run => (run.Variant, run.Temperature, run.Target))
            .Select(cell =>
            {
                var name = table == "accuracy" ? cell.Key.Variant.Title : cell.Key.Variant.Name;
                var (lower, median, upper) = Quartiles.Of(cell.Select(value));
                var command = cell.First().Solve.CommandLine("SEED", 1);
                return $"{table},\"{name}\",{Text(cell.Key.Temperature)},{Text(cell.Key.Target)},{measure},{Text(cell.Count())},{Text(lower)},{Text(median)},{Text(upper)},\"{command}\"";
            });

    private static string Run(SampleRun run, string table, string name, string first, string stays) =>
        $"{table},\"{name}\",{Text(run.Temperature)},{Text(run.Target)},{Text(run.Seed)},{first},{stays},{Text(run.Spent)},{Text(run.Last)},{Text(run.Mixture)},{Text(run.Seconds)},\"{run.Solve.CommandLine(Text(run.Seed), 1)}\"";

    private static string Text(double value) =>
        double.IsPositiveInfinity(value) ? "inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
