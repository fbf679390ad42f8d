using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using MeanField.Experiments.Formats;
using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Benchmarks.SideBySide;

/// <summary>The command <c>side-by-side</c>: the loop of the baseline, timed in this process, as one line of JSON on standard output.</summary>
internal static class SideBySideCommand
{
    // The runtime compiles hot code again while it runs, in the background; on one busy core that takes seconds.
    private const double WarmUpSeconds = 3;
    private const double TimedSeconds = 1;
    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static RootCommand Create()
    {
        var empty = new Option<int>("--empty")
        {
            Description = "A square of N x N free cells.",
            DefaultValueFactory = _ => 5,
        };
        var map = new Option<string?>("--map") { Description = "A Moving AI map instead (*.map)." };
        var outer = new Option<int>("--outer") { Description = "Outer iterations K.", DefaultValueFactory = _ => 200 };
        var inner = new Option<int>("--inner")
        {
            Description = "Inner iterations L in each outer one.",
            DefaultValueFactory = _ => 10,
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Worker threads of the solver.",
            DefaultValueFactory = _ => 1,
        };
        RequireRange(empty, 2, 4000);
        RequireRange(outer, 1, 1_000_000);
        RequireRange(inner, 1, 1_000_000);
        RequireRange(threads, 1, 256);
        var command = new RootCommand(
            "Runs the loop of numpy_baseline.py with this library and prints one line of JSON."
        )
        {
            empty,
            map,
            outer,
            inner,
            threads,
        };
        command.SetAction(parsed =>
            Run(
                parsed.GetValue(map) is { } path
                    ? () => BenchmarkGames.Map(path)
                    : () => BenchmarkGames.EmptySquare(parsed.GetValue(empty)),
                game => new BaselineLoop(game, parsed.GetValue(outer), parsed.GetValue(inner), parsed.GetValue(threads))
            )
        );
        return command;
    }

    private static void RequireRange(Option<int> option, int smallest, int largest) =>
        option.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<int>();
            if (value < smallest || value > largest)
            {
                result.AddError($"{option.Name} is {value}; allowed: {smallest} to {largest}");
            }
        });

    private static int Run(Func<TabularGame> createGame, Func<TabularGame, BaselineLoop> createLoop)
    {
        TabularGame game;
        try
        {
            game = createGame();
        }
        catch (Exception e) when (e is ParameterException or InputFileException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        var loop = createLoop(game);
        Repeat(loop, WarmUpSeconds);

        // What the warm-up left behind is collected before the clock starts.
        GC.Collect();
        var runs = Repeat(loop, TimedSeconds);
        var timed = runs[runs.Count / 2];
        using var process = Process.GetCurrentProcess();
        var peakWorkingSet = process.PeakWorkingSet64;
        var inspected = loop.Inspect();
        if (!inspected.MeanField.AsSpan().SequenceEqual(timed.MeanField))
        {
            Console.Error.WriteLine(
                "the inspected run ended at another mean field than the timed one; its residuals say nothing"
            );
            return 1;
        }

        var innerIterations = (long)loop.OuterIterations * loop.InnerIterations;
        var result = new SideBySideResult(
            game.StateCount,
            game.PairCount,
            innerIterations,
            timed.LoopSeconds,
            1e6 * timed.LoopSeconds / innerIterations,
            timed.MeanField.Max(),
            timed.SetupSeconds,
            inspected.LargestResidual,
            inspected.AllocatedBytesPerInner,
            peakWorkingSet / 1e6,
            loop.Threads,
            runs.Count
        );
        Console.WriteLine(JsonSerializer.Serialize(result, SnakeCase));
        return 0;
    }

    /// <summary>Whole solves, one after the other, until the time is up; sorted by the time their loops took.</summary>
    private static List<TimedRun> Repeat(BaselineLoop loop, double seconds)
    {
        var started = Stopwatch.GetTimestamp();
        var runs = new List<TimedRun>();
        do
        {
            runs.Add(loop.Time());
        } while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);

        runs.Sort((left, right) => left.LoopSeconds.CompareTo(right.LoopSeconds));
        return runs;
    }
}
