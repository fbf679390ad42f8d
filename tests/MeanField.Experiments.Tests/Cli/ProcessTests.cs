using System.Diagnostics;
using System.Text.Json;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>What only the real process can show: exit codes, streams and signals.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_process_keeps_standard_output_pure_and_returns_the_exit_code()
    {
        var solved = await RunToEnd(["solve", "crowd-grid", "--out", "run", "--json"]);
        var refused = await RunToEnd(["solve", "crowd-grid", "--game", "discount=1"]);
        var unfinished = await RunToEnd(["solve", "crowd-grid", "--set", "outer-iterations=1", "--json"]);

        Assert.Equal((0, 2, 3), (solved.Code, refused.Code, unfinished.Code));
        Assert.Equal("converged", StatusIn(solved.Out));
        Assert.Equal("iteration-limit", StatusIn(unfinished.Out));
        Assert.Equal("", refused.Out);
        Assert.DoesNotContain('\n', refused.ErrorLine);
        Assert.Equal(0, CommandRun.Of("certify", _folder.PathOf("run")).Code);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_long_solve_within_two_seconds_with_files_that_certify(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        using var process = Start([
            "solve",
            "crowd-grid",
            "--set",
            "tolerance=0",
            "--set",
            "stall-after=0",
            "--set",
            "outer-iterations=1000000000",
            "--out",
            "run",
        ]);
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.StartsWith("Solving", await process.StandardError.ReadLineAsync(), StringComparison.Ordinal);
        await Task.Delay(300);

        var watch = Stopwatch.StartNew();
        using var kill = Process.Start(
            "kill",
            [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.Equal(130, process.ExitCode);
        Assert.StartsWith("NOT CONVERGED (cancelled)", await output, StringComparison.Ordinal);
        Assert.Contains(
            signal == "TERM" ? "SIGTERM again" : "Ctrl-C again",
            await process.StandardError.ReadToEndAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(0, CommandRun.Of("certify", _folder.PathOf("run")).Code);
    }

    public void Dispose() => _folder.Dispose();

    private static string? StatusIn(string output)
    {
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("status").GetString();
    }

    private async Task<CommandRun> RunToEnd(string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(false);
        return new CommandRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    private Process Start(string[] arguments)
    {
        var command = Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", [command, .. arguments])
            {
                WorkingDirectory = _folder.Path,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
    }
}
