using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MeanField.Experiments.Formats;
using MeanField.Numerics;
using MeanField.Parameters;

namespace MeanField.Benchmarks.Sampling;

/// <summary>The command <c>steps</c>: simulator steps a second inside the sampled solver, and random numbers a second on their own.</summary>
internal static class StepsCommand
{
    private const string FaithfulGrid = "faithful=true tolerance=0 outer-iterations=3";
    private const string FaithfulMap =
        "faithful=true tolerance=0 outer-iterations=1 inner-iterations=2 trajectories=500000 particles=500000";
    private const string DefaultGrid = "tolerance=0 sample-budget=1000000";
    private const string DefaultMap = "tolerance=0 outer-iterations=2";
    private const double AskedOfTwo = 1.7;

    // The largest share of a step's time that its two random numbers may take and not be its bottleneck.
    private const double AskedOfNumbers = 0.5;

    public static RootCommand Create()
    {
        var map = new Option<string?>("--map") { Description = "A Moving AI map (*.map) beside the empty 5 x 5 grid." };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Runs of each case; the table has medians.",
            DefaultValueFactory = _ => 5,
        };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1000)
            {
                result.AddError("--rounds: allowed is 1 to 1000");
            }
        });
        var command = new RootCommand("Prints simulator steps a second inside mf-trpo-sampled as Markdown.")
        {
            map,
            rounds,
        };
        command.SetAction(parsed =>
        {
            try
            {
                return Run(Cases(parsed.GetValue(map)), parsed.GetValue(rounds));
            }
            catch (Exception e) when (e is ParameterException or InputFileException)
            {
                Console.Error.WriteLine(e.Message);
                return 2;
            }
        });
        return command;
    }

    private static List<StepCase> Cases(string? map)
    {
        var grid = BenchmarkGames.EmptySquare(5);
        var cases = new List<StepCase>
        {
            new("5 x 5, faithful", new SampledSolve(grid, "crowd-grid", FaithfulGrid), Asked: 50e6),
            new("5 x 5, default", new SampledSolve(grid, "crowd-grid", DefaultGrid), Asked: 0),
        };
        if (map is not null)
        {
            var (name, file, game) = (
                Path.GetFileNameWithoutExtension(map),
                Path.GetFileName(map),
                BenchmarkGames.Map(map)
            );
            var asked = name == "Berlin_1_256" ? 20e6 : 0;
            cases.Add(new($"{name}, faithful", new SampledSolve(game, file, FaithfulMap), asked));
            cases.Add(new($"{name}, default", new SampledSolve(game, file, DefaultMap), Asked: 0));
        }

        return cases;
    }

    private static int Run(List<StepCase> cases, int rounds)
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine();
        Console.WriteLine(
            "| case | samples a run | one thread, 10⁶ a second | range | 10⁶ a processor second | two threads, 10⁶ a second | two against one | range |"
        );
        Console.WriteLine("|---|---:|---:|---|---:|---:|---:|---|");
        var misses = new List<string>();
        foreach (var item in cases)
        {
            for (var round = 1; round <= rounds; round++)
            {
                Console.Error.WriteLine(Text($"{item.Name}, round {round} of {rounds}"));
                item.Measure();
            }

            Print(item, misses);
        }

        PrintNumbers(cases[0], rounds, misses);
        Console.WriteLine();
        foreach (var item in cases)
        {
            Console.WriteLine($"    {item.Solve.CommandLine("1", 1)}");
        }

        Console.WriteLine();
        foreach (var miss in misses)
        {
            Console.WriteLine($"Not met: {miss}");
        }

        return misses.Count == 0 ? 0 : 1;
    }

    private static void Print(StepCase item, List<string> misses)
    {
        var ratios = item.Two.Zip(item.Alone, (two, alone) => two / alone).ToList();
        var (alone, ratio) = (Quartiles.MedianOf(item.Alone), Quartiles.MedianOf(ratios));
        var processor = Quartiles.MedianOf(item.Processor);
        Console.WriteLine(
            Text(
                $"| {item.Name} | {item.Samples:N0} | {alone / 1e6:F1} | {item.Alone.Min() / 1e6:F1} to {item.Alone.Max() / 1e6:F1} | {processor / 1e6:F1} | {Quartiles.MedianOf(item.Two) / 1e6:F1} | {ratio:F2} | {ratios.Min():F2} to {ratios.Max():F2} |"
            )
        );
        if (processor < item.Asked)
        {
            misses.Add(
                Text($"{item.Name}: {processor / 1e6:F1} million a processor second, asked {item.Asked / 1e6:F0}")
            );
        }

        if (item.Asked > 0 && ratio < AskedOfTwo)
        {
            misses.Add(Text($"{item.Name}: two threads {ratio:F2} times as fast as one, asked {AskedOfTwo}"));
        }
    }

    private static void PrintNumbers(StepCase grid, int rounds, List<string> misses)
    {
        FillRate();
        var rate = Quartiles.MedianOf(Enumerable.Range(0, rounds).Select(_ => FillRate()));
        var share = 2 * Quartiles.MedianOf(grid.Processor) / rate;
        Console.WriteLine();
        Console.WriteLine(
            Text(
                $"`Philox.Fill` alone, 256 trajectories a call: {rate / 1e6:F0} million numbers a processor second. A step takes two, which is {share:P0} of the time of a step on the 5 x 5 grid."
            )
        );
        if (share > AskedOfNumbers)
        {
            misses.Add(Text($"random numbers take {share:P0} of a step, asked at most {AskedOfNumbers:P0}"));
        }
    }

    // Random numbers a second of processor time.
    private static double FillRate()
    {
        const int Calls = 1 << 17;
        var trajectories = Enumerable.Range(0, 256).Select(i => (ulong)i).ToArray();
        var (first, second) = (new double[trajectories.Length], new double[trajectories.Length]);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var step = 0; step < Calls; step++)
        {
            Philox.Fill(1, step, trajectories, first, second);
        }

        process.Refresh();
        return 2.0 * Calls * trajectories.Length / (process.TotalProcessorTime - before).TotalSeconds;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
