using System.Diagnostics;
using MeanField.Experiments.Tests.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>A run that came to its limit, and whose process ended before all its files were written, is finished by going on with it.</summary>
public sealed class UnwrittenEndTests : IDisposable
{
    private static readonly string[] Endless = ["--set", "tolerance=0", "--set", "stall-after=0"];
    private readonly TemporaryFolder _folder = new();

    private string Broken => _folder.PathOf("broken");

    private string Whole => _folder.PathOf("whole");

    public static TheoryData<string> Solvers => [.. SolverCatalogue.All.Select(solver => solver.Name)];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Files_that_could_not_be_written_at_the_iteration_limit_are_written_later(string solver)
    {
        string[] solve = ["solve", "crowd-grid", "--solver", solver, .. Endless, "--set", "outer-iterations=3"];
        FailToWrite(solve);
        AssertFinished(solve);
        AssertRefused("all 3 outer iterations of the run are done");
        AssertRefused("outer-iterations is 2, but 3 outer iterations", "--set", "outer-iterations=2");
    }

    [Fact]
    public void Files_that_could_not_be_written_at_the_end_of_the_samples_are_written_later()
    {
        string[] solver = ["--solver", "mf-trpo-sampled", "--set", "sample-budget=60000"];
        string[] solve = ["solve", "crowd-grid", .. solver, .. Endless];
        FailToWrite(solve);
        AssertFinished(solve);
    }

    // How far a solve comes in a time is not the same twice.
    [Fact]
    public void Files_that_could_not_be_written_at_the_time_limit_are_written_later()
    {
        FailToWrite([
            "solve",
            "crowd-grid",
            .. Endless,
            "--set",
            "outer-iterations=9999999",
            "--set",
            "time-limit=0.3",
        ]);
        AssertRefused("the time limit of 0.2 s is spent", "--set", "time-limit=0.2");
        Assert.Equal(3, CommandRun.Of("solve", "--resume", Broken).Code);
        Assert.Contains("\"status\": \"time-limit\"", RecordText(), StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("certify", Broken).Code);
        AssertRefused("the time limit of 0.3 s is spent");
    }

    [Fact]
    public void An_earlier_run_and_half_of_a_later_one_become_the_later_one()
    {
        string[] solve = ["solve", "crowd-grid", .. Endless];
        Assert.Equal(3, CommandRun.Of([.. solve, "--set", "outer-iterations=2", "--out", Broken]).Code);
        var inTheWay = Path.Combine(Broken, "states.csv");

        // The folder is claimed before the first message; the policy is renamed before the list of states.
        using var error = new HookedWriter(
            TextWriter.Null,
            () =>
            {
                File.Delete(inTheWay);
                Directory.CreateDirectory(inTheWay);
            }
        );
        var failed = CommandRun.Of(
            ["solve", "--resume", Broken, "--set", "outer-iterations=9"],
            console => console with { Error = error }
        );
        Assert.Equal(1, failed.Code);
        Directory.Delete(inTheWay);
        Assert.Equal(2, CommandRun.Of("certify", Broken).Code);
        AssertFinished([.. solve, "--set", "outer-iterations=9"]);
    }

    [Theory]
    [InlineData("policy.npy", true)]
    [InlineData("report.html", true)]
    [InlineData("run.json", true)]
    [InlineData("policy.npy", false)]
    public void A_file_that_is_missing_or_another_one_is_written_again(string name, bool isMissing)
    {
        string[] solve = ["solve", "crowd-grid", .. Endless, "--set", "outer-iterations=3"];
        Assert.Equal(3, CommandRun.Of([.. solve, "--out", Broken]).Code);
        File.Delete(Path.Combine(Broken, name));
        if (!isMissing)
        {
            File.Copy(Path.Combine(Broken, "mean_field.npy"), Path.Combine(Broken, name));
        }

        AssertFinished(solve);
        Assert.True(File.Exists(Path.Combine(Broken, name)));
    }

    // Opening a pipe that nobody reads waits: the process stands before the report when it is killed, and has renamed nothing.
    [Fact]
    public async Task A_process_killed_in_its_last_writes_leaves_a_run_that_can_be_finished()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are pipes in folders only elsewhere");
        string[] solve = ["solve", "crowd-grid", .. Endless, "--set", "step-rule=paper"];
        Assert.Equal(3, CommandRun.Of([.. solve, "--set", "outer-iterations=2", "--out", Broken]).Code);
        var earlier = RecordText();
        File.Delete(Path.Combine(Broken, "request.json"));

        using (var process = Start("solve", "--resume", Broken, "--set", "outer-iterations=5000"))
        {
            await ComesTo("request.json", process);
            using var pipe = Process.Start("mkfifo", [Path.Combine(Broken, "report.html.partial")]);
            await pipe.WaitForExitAsync();
            await ComesTo("states.csv.partial", process);
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(earlier, RecordText());
        AssertFinished([.. solve, "--set", "outer-iterations=5000"]);
        Assert.Empty(Directory.EnumerateFiles(Broken, "*.partial"));
    }

    public void Dispose() => _folder.Dispose();

    private string RecordText() => File.ReadAllText(Path.Combine(Broken, "run.json"));

    private void FailToWrite(string[] solve)
    {
        var inTheWay = Directory.CreateDirectory(Path.Combine(Broken, "trace.csv.partial"));
        var run = CommandRun.Of([.. solve, "--out", Broken]);
        Assert.Equal((1, ""), (run.Code, run.Out));
        inTheWay.Delete();
        Assert.False(File.Exists(Path.Combine(Broken, "run.json")));
    }

    private void AssertFinished(string[] solve)
    {
        var run = CommandRun.Of("solve", "--resume", Broken);
        Assert.Equal(3, run.Code);
        Assert.Equal(3, CommandRun.Of([.. solve, "--out", Whole]).Code);
        StoredRuns.AssertSame(Whole, Broken);
        Assert.Equal(0, CommandRun.Of("certify", Broken).Code);
    }

    private void AssertRefused(string message, params string[] more)
    {
        var run = CommandRun.Of(["solve", "--resume", Broken, .. more]);
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(message, run.ErrorLine, StringComparison.Ordinal);
    }

    private async Task ComesTo(string name, Process process)
    {
        while (!File.Exists(Path.Combine(Broken, name)))
        {
            Assert.False(process.HasExited);
            await Task.Delay(5).ConfigureAwait(false);
        }
    }

    private static Process Start(params string[] arguments)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", [command, .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
    }
}
