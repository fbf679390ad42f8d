using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace MeanField.Benchmarks.Sampling;

/// <summary>The command <c>samples</c>: what accuracy costs in samples, for the published method, for ours and for what lies between.</summary>
internal static class SamplesCommand
{
    // What the default is held to, and the published method where it is feasible.
    private const double ClaimedAccuracy = 0.01;
    private const double ClaimedSlope = 1.5;
    private const double FaithfulAccuracy = 0.1;
    private const double FaithfulSeconds = 120;

    private static readonly (double Temperature, double Samples)[] Claims = [(0.3, 30_000), (0.05, 60_000)];

    public static RootCommand Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Three seeds and small limits: under a minute." };
        var csv = new Option<string>("--csv")
        {
            Description = "The folder that gets samples.csv (quartiles) and samples-runs.csv (every run).",
            DefaultValueFactory = _ => "artifacts",
        };
        var parallel = new Option<int>("--parallel")
        {
            Description = "Solves at a time, one thread each.",
            DefaultValueFactory = _ => 2,
        };
        parallel.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--parallel: allowed is 1 to 256");
            }
        });
        var command = new RootCommand(
            "Measures samples against certified exploitability on the empty 5 x 5 crowd grid; prints Markdown, writes CSV."
        )
        {
            quick,
            csv,
            parallel,
        };
        command.SetAction(parsed =>
            Run(
                parsed.GetValue(quick) ? SamplesPlan.Quick : SamplesPlan.Full,
                parsed.GetValue(csv)!,
                parsed.GetValue(parallel)
            )
        );
        return command;
    }

    private static int Run(SamplesPlan plan, string folder, int parallel)
    {
        var started = Stopwatch.GetTimestamp();
        Directory.CreateDirectory(folder);
        Console.WriteLine(Machine.Describe());
        var runner = new SampleRunner(BenchmarkGames.EmptySquare(5), plan, parallel);
        var report = new SamplesReport(plan);
        var (accuracies, budgets) = (new List<SampleRun>(), new List<SampleRun>());
        foreach (var temperature in plan.Temperatures)
        {
            var (passages, purchases) = (new List<SampleRun>(), new List<SampleRun>());
            foreach (var variant in SampleVariant.All)
            {
                passages.AddRange(runner.Accuracies(variant, temperature));
                purchases.AddRange(variant.ToBudget is null ? [] : runner.Budgets(variant, temperature));
            }

            Print(report, passages, purchases, temperature);
            accuracies.AddRange(passages);
            budgets.AddRange(purchases);
        }

        PrintCommands(accuracies);
        var misses = Judge(accuracies, budgets);
        File.WriteAllLines(Path.Combine(folder, "samples.csv"), SamplesCsv.Cells(accuracies, budgets));
        File.WriteAllLines(Path.Combine(folder, "samples-runs.csv"), SamplesCsv.Runs(accuracies, budgets));
        Print($"Took {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s, {parallel} solves at a time.");
        return misses == 0 ? 0 : 1;
    }

    private static void Print(
        SamplesReport report,
        IReadOnlyList<SampleRun> passages,
        IReadOnlyList<SampleRun> purchases,
        double temperature
    )
    {
        var seeds = passages.Max(run => run.Seed);
        var anytime = SampleVariant.All.Where(variant => variant.IsAnytime).ToArray();
        var spenders = SampleVariant.All.Where(variant => variant.ToBudget is not null).ToArray();
        var tables = new[]
        {
            report.AccuracyTable(
                passages,
                Text(
                    $"η = {temperature}: samples until the last iterate first has a certified φ_η ≤ ε, median (quartiles) of {seeds} seeds"
                ),
                SampleVariant.All,
                run => run.First
            ),
            report.AccuracyTable(
                passages,
                Text($"η = {temperature}: samples from when on it stays there up to the limit"),
                anytime,
                run => run.Stays
            ),
            report.BudgetTable(
                purchases,
                Text($"η = {temperature}: certified φ_η of the last iterate after a number of samples"),
                spenders,
                run => run.Last
            ),
            report.BudgetTable(
                purchases,
                Text(
                    $"η = {temperature}: certified φ_η of the mixture of the last inner iterates, at the μ_k they were found at, after a number of samples"
                ),
                spenders,
                run => run.Mixture
            ),
        };
        foreach (var table in tables)
        {
            Console.WriteLine();
            foreach (var line in table)
            {
                Console.WriteLine(line);
            }
        }
    }

    private static void PrintCommands(IEnumerable<SampleRun> runs)
    {
        Console.WriteLine();
        Console.WriteLine("One command a method, for the first cell of its row; samples.csv has that of every cell.");
        Console.WriteLine();
        foreach (var ofVariant in runs.GroupBy(run => run.Variant))
        {
            Console.WriteLine($"    {ofVariant.First().Solve.CommandLine("SEED", 1)}");
        }
    }

    private static int Judge(IReadOnlyList<SampleRun> accuracies, IReadOnlyList<SampleRun> budgets)
    {
        var misses = 0;
        void Check(string what, double found, double most, string unit)
        {
            var isMet = found <= most;
            misses += isMet ? 0 : 1;
            Print($"- {(isMet ? "met" : "NOT MET")}: {what}: {found:G4}{unit}, asked at most {most:G6}{unit}");
        }

        Console.WriteLine();
        foreach (var (temperature, most) in Claims)
        {
            var ofModel = accuracies
                .Where(run => run.Variant == SampleVariant.Model && run.Temperature == temperature)
                .ToArray();
            var passages = ofModel.Where(run => run.Target == ClaimedAccuracy).ToArray();
            Check(
                Text($"default, η = {temperature}: median samples to φ_η ≤ {ClaimedAccuracy} first"),
                Quartiles.MedianOf(passages.Select(run => run.First)),
                most,
                ""
            );
            Check(
                Text($"default, η = {temperature}: median samples to φ_η ≤ {ClaimedAccuracy} for good"),
                Quartiles.MedianOf(passages.Select(run => run.Stays)),
                most,
                ""
            );
            Check(
                Text($"default, η = {temperature}: slope over ε from 0.5 to 0.01"),
                SamplesReport.Slope(ofModel, run => run.First, 0.5, 0.01),
                ClaimedSlope,
                ""
            );
            var bought = budgets
                .Where(run =>
                    run.Variant == SampleVariant.Model && run.Temperature == temperature && run.Target == most
                )
                .ToArray();
            if (bought.Length > 0)
            {
                Check(
                    Text($"default, η = {temperature}: median φ_η of the last iterate after {most} samples"),
                    Quartiles.MedianOf(bought.Select(run => run.Last)),
                    ClaimedAccuracy,
                    ""
                );
            }
        }

        var faithful = accuracies.Where(run =>
            run.Variant == SampleVariant.Faithful
            && run.Temperature == Claims[0].Temperature
            && run.Target == FaithfulAccuracy
        );
        Check(
            Text(
                $"faithful, η = {Claims[0].Temperature}: seconds to φ_η ≤ {FaithfulAccuracy}, the slowest seed on one thread"
            ),
            faithful.Max(run => double.IsFinite(run.First) ? run.Seconds : double.PositiveInfinity),
            FaithfulSeconds,
            " s"
        );
        Console.WriteLine();
        return misses;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Print(FormattableString text) => Console.WriteLine(Text(text));
}
