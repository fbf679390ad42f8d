using System.Diagnostics;
using System.Text.Json;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>A run that was stopped, one way or another, goes on to the files of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private static readonly string[] Exact =
    [
        "crowd-grid",
        "--set",
        "step-rule=paper",
        "--set",
        "tolerance=0",
        "--set",
        "stall-after=0",
    ];

    private readonly TemporaryFolder _folder = new();

    private string Broken => _folder.PathOf("broken");

    private string Whole => _folder.PathOf("whole");

    [Theory]
    [InlineData("mf-trpo")]
    [InlineData("mf-trpo-sampled", "--seed", "3", "--set", "tolerance=0", "--set", "sample-budget=60000")]
    [InlineData("newton", "--set", "temperature=0.05", "--set", "starts=3", "--set", "tolerance=0")]
    public void A_run_that_came_to_its_limit_goes_on_to_the_files_of_one_with_a_larger_limit(
        string solver,
        params string[] more
    )
    {
        string[] common = ["solve", "crowd-grid", "--solver", solver, .. more];
        Assert.Equal(3, CommandRun.Of([.. common, "--set", "outer-iterations=4", "--out", Broken]).Code);
        var resumed = CommandRun.Of(
            "solve",
            "--resume",
            Broken,
            "--set",
            "outer-iterations=11",
            "--threads",
            "2",
            "--checkpoint-seconds",
            "5"
        );
        Assert.Contains("Going on from iteration 4", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(resumed.Code, CommandRun.Of([.. common, "--set", "outer-iterations=11", "--out", Whole]).Code);
        StoredRuns.AssertSame(Whole, Broken);
        Assert.Equal(0, CommandRun.Of("certify", Broken).Code);
    }

    [Fact]
    public void A_finished_run_is_left_as_it_is()
    {
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", Broken).Code);
        var before = Contents(Broken);
        var run = CommandRun.Of("solve", "--resume", Broken);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("nothing is left to do. Converged.", run.Out, StringComparison.Ordinal);
        Assert.Equal(
            File.ReadAllText(Path.Combine(Broken, "run.json")),
            CommandRun.Of("solve", "--resume", Broken, "--json").Out
        );
        AssertRefused("has converged", "--set", "tolerance=1e-9");
        Assert.Equal(before, Contents(Broken));
        Assert.DoesNotContain("checkpoint.bin", before.Select(file => file.Name));
    }

    [Fact]
    public void What_contradicts_the_run_is_refused_and_what_repeats_it_is_not()
    {
        CommandRun.Of(["solve", .. Exact, "--set", "outer-iterations=5", "--seed", "4", "--out", Broken]);
        var before = Contents(Broken);
        AssertRefused("--seed is '5', but the run to be resumed has '4'", "--seed", "5");
        AssertRefused("--solver is 'newton'", "--solver", "newton");
        AssertRefused("'slip' of the game is '0.3'", "--game", "slip=0.3");
        AssertRefused("GAME is 'sis'", "sis");
        AssertRefused("--set step-rule=constant contradicts", "--set", "step-rule=constant");
        AssertRefused("has no 'nonsense'", "--set", "nonsense=1");
        AssertRefused("--out is given with --resume", "--out", Whole);
        AssertRefused("all 5 outer iterations of the run are done", "--solver", "mf-trpo");
        AssertRefused(
            "outer-iterations is 4, but 5 outer iterations of the run are done",
            "--set",
            "outer-iterations=4"
        );
        Assert.Equal(before, Contents(Broken));

        var run = CommandRun.Of([
            "solve",
            .. Exact,
            "--set",
            "outer-iterations=6",
            "--seed",
            "4",
            "--solver",
            "mf-trpo",
            "--resume",
            Broken,
        ]);
        Assert.Equal(3, run.Code);
        Assert.Contains("Going on from iteration 5", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            $"To go on: meanfield solve --resume {Broken} --set outer-iterations=MORE",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Folders_without_a_run_are_refused_and_damaged_checkpoints_stay()
    {
        AssertRefused("was not found; allowed: a run folder");
        Directory.CreateDirectory(Broken);
        AssertRefused("holds neither request.json nor run.json");
        Directory.Delete(Broken);
        CommandRun.Of(["solve", .. Exact, "--set", "outer-iterations=5", "--out", Broken]);
        var checkpoint = Path.Combine(Broken, "checkpoint.bin");
        var bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(checkpoint, bytes[..^1]);
        var before = Contents(Broken);
        AssertRefused("is damaged or not whole", "--set", "outer-iterations=9");
        Assert.Equal(before, Contents(Broken));
    }

    [Fact]
    public void A_time_limit_counts_all_the_time_and_must_be_raised()
    {
        string[] endless = [.. Exact, "--set", "outer-iterations=1000000000", "--set", "trace-every=1000"];
        Assert.Equal(3, CommandRun.Of(["solve", .. endless, "--set", "time-limit=0.3", "--out", Broken]).Code);
        AssertRefused("the time limit of 0.3 s is spent");
        var run = CommandRun.Of("solve", "--resume", Broken, "--set", "time-limit=0.5");
        Assert.Equal(3, run.Code);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Broken, "run.json")));
        var seconds =
            json.RootElement.GetProperty("solveSeconds").GetDouble()
            + json.RootElement.GetProperty("certifySeconds").GetDouble();
        Assert.InRange(seconds, 0.35, 20);
    }

    [Fact]
    public void Without_checkpoints_a_run_begins_anew_and_says_so()
    {
        string[] run = ["solve", .. Exact, "--set", "outer-iterations=5", "--checkpoint-seconds", "0"];
        CommandRun.Of([.. run, "--out", Broken]);
        Assert.False(File.Exists(Path.Combine(Broken, "checkpoint.bin")));
        var resumed = CommandRun.Of("solve", "--resume", Broken);
        Assert.Equal(3, resumed.Code);
        Assert.Contains("holds no checkpoint: beginning at iteration 0", resumed.Error, StringComparison.Ordinal);
        CommandRun.Of([.. run, "--out", Whole]);
        StoredRuns.AssertSame(Whole, Broken);
    }

    // The moments are drawn from a fixed seed; wherever they fall, the files must be the same.
    [Fact]
    public async Task A_run_killed_again_and_again_ends_with_the_bytes_of_one_that_was_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process is killed with kill -9");
        string[] solve = ["solve", .. Exact, "--set", "outer-iterations=12000", "--checkpoint-seconds", "0.05"];
        var random = new Random(11);
        var kills = 0;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var process = Start(attempt == 0 ? [.. solve, "--out", Broken] : ["solve", "--resume", Broken]);
            await CheckpointOf(process);
            kills += await KilledAfter(process, TimeSpan.FromMilliseconds(random.Next(400))) ? 1 : 0;
        }

        Assert.True(kills > 0);
        var last = CommandRun.Of("solve", "--resume", Broken);
        Assert.Contains("Going on from iteration", last.Error, StringComparison.Ordinal);
        Assert.Equal(3, CommandRun.Of([.. solve, "--out", Whole]).Code);
        StoredRuns.AssertSame(Whole, Broken);
    }

    [Fact]
    public async Task A_folder_that_a_process_works_in_is_closed_to_others_until_it_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process is killed with kill -9");
        using var process = Start([
            "solve",
            .. Exact,
            "--set",
            "outer-iterations=1000000000",
            "--checkpoint-seconds",
            "0.05",
            "--out",
            Broken,
        ]);
        await CheckpointOf(process);
        AssertRefused("is being written by a running process");
        Assert.True(await KilledAfter(process, TimeSpan.Zero));
        Assert.True(File.Exists(Path.Combine(Broken, "run.lock")));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var run = CommandRun.Of(["solve", "--resume", Broken], console => console with { Interruption = stop.Token });
        Assert.Equal(130, run.Code);
        Assert.Contains("Going on from iteration", run.Error, StringComparison.Ordinal);
        Assert.Contains($"To go on: meanfield solve --resume {Broken}", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<bool> KilledAfter(Process process, TimeSpan time)
    {
        var ended = process.WaitForExitAsync();
        await Task.WhenAny(ended, Task.Delay(time)).ConfigureAwait(false);
        if (process.HasExited)
        {
            return false;
        }

        process.Kill();
        await ended.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        return true;
    }

    private static List<(string Name, string Bytes)> Contents(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(path => (Path.GetFileName(path), Convert.ToHexString(File.ReadAllBytes(path)))),
        ];

    private async Task CheckpointOf(Process process)
    {
        while (!File.Exists(Path.Combine(Broken, "checkpoint.bin")) && !process.HasExited)
        {
            await Task.Delay(10).ConfigureAwait(false);
        }
    }

    private void AssertRefused(string message, params string[] more)
    {
        var run = CommandRun.Of(["solve", "--resume", Broken, .. more]);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(message, run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.ErrorLine);
    }

    private Process Start(string[] arguments)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", [command, .. arguments])
            {
                WorkingDirectory = _folder.Path,
                UseShellExecute = false,
                RedirectStandardOutput = false,
                RedirectStandardError = false,
            }
        )!;
    }
}
