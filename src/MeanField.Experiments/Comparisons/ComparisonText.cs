using System.Globalization;
using System.Text;
using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Comparisons;

/// <summary>A comparison as Markdown and as CSV.</summary>
internal static class ComparisonText
{
    /// <summary>Two tables: certified exploitabilities of all solvers by game beside the best published one, and every row with its figures.</summary>
    public static string Markdown(IReadOnlyList<ComparisonRow> rows)
    {
        var solvers = rows.Select(row => row.Solver).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.AppendLine("Certified exploitability (upper end, the median over seeds) and seconds of solving:")
            .AppendLine();
        text.Append("| game |")
            .AppendJoin('|', solvers.Select(solver => $" {solver} "))
            .AppendLine("| best published by Bench-MFG |");
        text.Append("|---|").Insert(text.Length, "---|", solvers.Count).AppendLine("---|");
        foreach (var game in rows.Select(row => row.Game).Distinct(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {game} |");
            foreach (var solver in solvers)
            {
                var row = rows.FirstOrDefault(row => row.Game == game && row.Solver == solver);
                text.Append(CultureInfo.InvariantCulture, $" {(row is null ? "" : Short(row))} |");
            }

            var published = PublishedResult.BestFor(game) is { } best
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{best.Exploitability:0.##E+0} ({best.Method}, {best.Seconds} s)"
                )
                : "";
            text.AppendLine(CultureInfo.InvariantCulture, $" {published} |");
        }

        text.AppendLine()
            .AppendLine(
                "| game | solver | seeds | certified exploitability: least, median, largest | ending | outer iterations | seconds | samples |"
            );
        text.AppendLine("|---|---|---:|---|---|---:|---:|---:|");
        foreach (var row in rows)
        {
            text.AppendLine(
                row.Runs.Count == 0
                    ? $"| {row.Game} | {row.Solver} | 0 | | {string.Join("; ", row.Failures)} | | | |"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {row.Game} | {row.Solver} | {row.Runs.Count} | {Number(row.Exploitabilities[0])}, {Number(row.Median(run => run.Certificate.Exploitability.Upper))}, {Number(row.Exploitabilities[^1])} | {row.Endings} | {row.Median(run => run.Iterations)} | {row.Median(run => run.SolveSeconds):0.###} | {row.Median(run => run.Samples.Total)} |"
                    )
            );
        }

        return text.ToString();
    }

    /// <summary>One line a run.</summary>
    public static string Csv(IReadOnlyList<ComparisonOutcome> outcomes)
    {
        var text = new StringBuilder(
            "game,solver,seed,status,exploitabilityLower,exploitabilityUpper,regularizedExploitabilityLower,regularizedExploitabilityUpper,temperature,iterations,solveSeconds,certifySeconds,samples,folder\n"
        );
        foreach (var outcome in outcomes)
        {
            var cell = outcome.Cell;
            if (outcome.Run is not { Record: var run })
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{cell.Game.Definition.Name},{cell.Solver.Name},{cell.Seed},failed,,,,,,,,,,\n"
                );
                continue;
            }

            var (phi, regularized) = (run.Certificate.Exploitability, run.Certificate.RegularizedExploitability);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{run.Game.Name},{run.Solver.Name},{run.Seed},{Solvers.SolveStatusExtensions.Text(run.Status)},{phi.Lower:R},{phi.Upper:R},{regularized.Lower:R},{regularized.Upper:R},{run.Certificate.Temperature:R},{run.Iterations},{run.SolveSeconds:R},{run.CertifySeconds:R},{run.Samples.Total},{cell.FolderName}\n"
            );
        }

        return text.ToString();
    }

    /// <summary>Median and seconds, or why there is none.</summary>
    public static string Short(ComparisonRow row) =>
        row.Runs.Count == 0
            ? "failed"
            : $"{Number(row.Median(run => run.Certificate.Exploitability.Upper))} ({row.Median(run => run.SolveSeconds).ToString("0.##", CultureInfo.InvariantCulture)} s)";

    private static string Number(double value) =>
        double.IsFinite(value)
            ? DisplayNumber.NotLess(value, 2).Replace(" × ", "·", StringComparison.Ordinal)
            : "no bound";
}
