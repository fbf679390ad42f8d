using System.Globalization;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Solvers;

namespace MeanField.Experiments.Sweeps;

/// <summary>What a sweep found as CSV and Markdown. Nothing in them depends on when, where or in what order cells were solved, times excepted, which are in a
/// table of their own.</summary>
internal static class SweepTables
{
    /// <summary>One line a cell.</summary>
    public static string Csv(SweepPlan plan, IReadOnlyList<SweepOutcome> outcomes)
    {
        var axes = string.Concat(plan.Axes.Select(axis => $"{axis.QualifiedKey},"));
        var text = new StringBuilder(
            $"cell,game,solver,{axes}seed,status,iterations,bestIteration,exploitabilityLower,exploitabilityUpper,regularizedExploitabilityLower,regularizedExploitabilityUpper,temperature,stationarityResidual,recurrentClasses,stateDrawing,rollout,population,samples,failure\n"
        );
        foreach (var outcome in outcomes)
        {
            var cell = outcome.Cell;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{cell.Address},{CsvText.Cell(cell.GameName)},{cell.Solver.Name},"
            );
            text.AppendJoin("", plan.Axes.Select(axis => CsvText.Cell(axis.Text(cell) ?? "") + ","));
            text.Append(cell.ReadsSeed ? cell.Seed.ToString(CultureInfo.InvariantCulture) : "").Append(',');
            if (outcome.Record is not { } run)
            {
                var failure = CsvText.Cell(outcome.Failure ?? "");
                text.Append(CultureInfo.InvariantCulture, $"{SummaryText.Status(outcome)},,,,,,,,,,,,,,{failure}\n");
                continue;
            }

            var (phi, regularized) = (run.Certificate.Exploitability, run.Certificate.RegularizedExploitability);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{run.Status.Text()},{run.Iterations},{run.BestIteration},{phi.Lower:R},{phi.Upper:R},{regularized.Lower:R},{regularized.Upper:R},{run.Certificate.Temperature:R},{run.Certificate.StationarityResidual:R},{run.Certificate.RecurrentClasses},{run.Samples.StateDrawing},{run.Samples.Rollout},{run.Samples.Population},{run.Samples.Total},\n"
            );
        }

        return text.ToString();
    }

    /// <summary>One line a cell that has a run: how long it took, and where.</summary>
    public static string TimesCsv(IReadOnlyList<SweepOutcome> outcomes)
    {
        var text = new StringBuilder("cell,solveSeconds,certifySeconds,threads,operatingSystem,runtime,version\n");
        foreach (var outcome in outcomes)
        {
            if (outcome.Record is { } run)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{outcome.Cell.Address},{run.SolveSeconds:R},{run.CertifySeconds:R},{run.Threads},{CsvText.Cell(run.Host.OperatingSystem)},{CsvText.Cell(run.Host.Runtime)},{run.Version}\n"
                );
            }
        }

        return text.ToString();
    }

    /// <summary>One line a group of seeds, and a line for each failure.</summary>
    public static string Markdown(
        SweepPlan plan,
        IReadOnlyList<SweepOutcome> outcomes,
        IReadOnlyList<SweepGroup> groups
    )
    {
        var text = new StringBuilder();
        text.AppendLine(SummaryText.Counts(outcomes)).AppendLine();
        text.AppendLine(
            "Certified upper ends, iterations and samples are medians over seeds, with quartiles in brackets; η is the temperature of the certificate."
        );
        text.AppendLine();
        string[] head =
        [
            "game",
            "solver",
            .. plan.Axes.Select(axis => axis.Key),
            "seeds",
            "exploitability",
            "η",
            "regularised",
            "ending",
            "outer iterations",
            "samples",
        ];
        text.AppendLine(Row(head));
        text.AppendLine(Row(head.Select(name => name is "game" or "solver" or "ending" ? "---" : "---:")));
        foreach (var group in groups)
        {
            text.AppendLine(Row(Cells(group)));
        }

        foreach (var outcome in outcomes.Where(outcome => outcome.Failure is not null))
        {
            text.AppendLine()
                .AppendLine($"{outcome.Cell.Address} failed: {SummaryText.MarkdownCell(outcome.Failure!)}");
        }

        return text.ToString();
    }

    /// <summary>The cells of a group's line.</summary>
    public static IEnumerable<string> Cells(SweepGroup group) =>
        [
            group.Game,
            group.Solver,
            .. group.Values.Select(value => Excerpt.Plain(value ?? "")),
            group.Seeds,
            Bounds(group.Quartiles(run => run.Certificate.Exploitability.Upper)),
            group.Records.Count == 0
                ? ""
                : group.Records[0].Certificate.Temperature.ToString("R", CultureInfo.InvariantCulture),
            Bounds(group.Quartiles(run => run.Certificate.RegularizedExploitability.Upper)),
            group.Endings,
            Counts(group.Quartiles(run => run.Iterations)),
            Counts(group.Quartiles(run => run.Samples.Total)),
        ];

    private static string Row(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(SummaryText.MarkdownCell))} |";

    private static string Bounds(Quartiles numbers) => Range(numbers, SummaryText.Bound);

    private static string Counts(Quartiles numbers) => Range(numbers, number => DisplayNumber.Count((long)number));

    private static string Range(Quartiles numbers, Func<double, string> text) =>
        double.IsNaN(numbers.Median) ? ""
        : text(numbers.Lower) == text(numbers.Upper) ? text(numbers.Median)
        : $"{text(numbers.Median)} ({text(numbers.Lower)}, {text(numbers.Upper)})";
}
