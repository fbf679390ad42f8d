using System.Globalization;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Solvers;

namespace MeanField.Experiments.Comparisons;

/// <summary>A comparison as Markdown and as CSV.</summary>
internal static class ComparisonText
{
    /// <summary>Two tables: certified exploitabilities of all solvers by game beside the best published one, and every row with its figures.</summary>
    public static string Markdown(IReadOnlyList<ComparisonRow> rows)
    {
        var solvers = rows.Select(row => row.Solver).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        text.AppendLine(
                "Certified exploitability (upper end, the median over seeds) and seconds of solving; η where a solver looked for the equilibrium at that temperature, * where a run did not reach its tolerance there:"
            )
            .AppendLine();
        text.Append("| game |")
            .AppendJoin('|', solvers.Select(solver => $" {solver} "))
            .AppendLine("| best published by Bench-MFG |");
        text.Append("|---|").Insert(text.Length, "---|", solvers.Count).AppendLine("---|");
        foreach (var game in rows.Select(row => row.Game).Distinct(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {SummaryText.MarkdownCell(game)} |");
            foreach (var solver in solvers)
            {
                var row = rows.FirstOrDefault(row => row.Game == game && row.Solver == solver);
                text.Append(CultureInfo.InvariantCulture, $" {(row is null ? "" : Short(row))} |");
            }

            var published = rows.First(row => row.Game == game).Published is { } best
                ? $"{SummaryText.Plain(best.Exploitability)} ({best.Method}, {DisplayNumber.Seconds(best.Seconds)})"
                : "";
            text.AppendLine(CultureInfo.InvariantCulture, $" {published} |");
        }

        text.AppendLine()
            .AppendLine(
                "| game | solver | seeds | certified exploitability: least, median, largest | temperature | regularised, median | ending | outer iterations | seconds | samples |"
            );
        text.AppendLine("|---|---|---:|---|---:|---:|---|---:|---:|---:|");
        foreach (var row in rows)
        {
            var name = SummaryText.MarkdownCell(row.Game);
            text.AppendLine(
                row.Outcomes.Count == 0
                    ? $"| {name} | {row.Solver} | 0 | | | | {SummaryText.MarkdownCell(string.Join("; ", row.Failures))} | | | |"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {name} | {row.Solver} | {row.Seeds} | {SummaryText.Bound(row.Exploitabilities[0])}, {SummaryText.Bound(row.Median(run => run.Certificate.Exploitability.Upper))}, {SummaryText.Bound(row.Exploitabilities[^1])} | {row.Median(run => run.Certificate.Temperature)} | {SummaryText.Bound(row.Median(run => run.Certificate.RegularizedExploitability.Upper))} | {row.Endings} | {row.Median(run => run.Iterations)} | {row.Median(run => run.SolveSeconds):0.###} | {row.Median(run => run.Samples.Total)} |"
                    )
            );
        }

        return text.ToString();
    }

    /// <summary>One line a run.</summary>
    public static string Csv(IReadOnlyList<SweepOutcome> outcomes)
    {
        var text = new StringBuilder(
            "game,solver,seed,status,exploitabilityLower,exploitabilityUpper,regularizedExploitabilityLower,regularizedExploitabilityUpper,temperature,iterations,solveSeconds,certifySeconds,samples,folder\n"
        );
        foreach (var outcome in outcomes)
        {
            var cell = outcome.Cell;
            var start = string.Create(
                CultureInfo.InvariantCulture,
                $"{CsvText.Cell(cell.GameName)},{cell.Solver.Name},{cell.Seed}"
            );
            if (outcome.Record is not { } run)
            {
                text.Append(CultureInfo.InvariantCulture, $"{start},failed,,,,,,,,,,\n");
                continue;
            }

            var (phi, regularized) = (run.Certificate.Exploitability, run.Certificate.RegularizedExploitability);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{start},{run.Status.Text()},{phi.Lower:R},{phi.Upper:R},{regularized.Lower:R},{regularized.Upper:R},{run.Certificate.Temperature:R},{run.Iterations},{run.SolveSeconds:R},{run.CertifySeconds:R},{run.Samples.Total},{cell.Address}\n"
            );
        }

        return text.ToString();
    }

    /// <summary>Median and seconds, marked where a run did not reach its tolerance, or that there is none.</summary>
    public static string Short(ComparisonRow row) =>
        row.Outcomes.Count == 0
            ? "failed"
            : $"{SummaryText.Bound(row.Median(run => run.Certificate.Exploitability.Upper))} ({Temperature(row)}{DisplayNumber.Seconds(row.Median(run => run.SolveSeconds))}){(row.Records.All(record => record.Status.IsSuccess()) ? "" : " *")}";

    private static string Temperature(ComparisonRow row) =>
        row.Median(run => run.Certificate.Temperature) is > 0 and var temperature
            ? $"η {DisplayNumber.Nearest(temperature, 3)}, "
            : "";
}
