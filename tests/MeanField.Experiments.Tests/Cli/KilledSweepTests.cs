using System.Diagnostics;
using System.Text.RegularExpressions;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>Sweeps in processes of their own, killed and side by side.</summary>
public sealed class KilledSweepTests : IDisposable
{
    private const int Cells = 200;
    private const int Kills = 10;
    private static readonly string[] Summary = ["summary.csv", "summary.md", "summary.html"];
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public KilledSweepTests() =>
        _file = _folder.Write(
            "study.yaml",
            $"game: contraction\nsolver: fixed-point\noptions: {{start: random, outer-iterations: [5, 6]}}\nseeds: {Cells / 2}\n"
        );

    public void Dispose() => _folder.Dispose();

    // Each process is killed after it has reported a number of new cells that a fixed seed draws, and a random while later; so that whatever the speed of
    // the machine, kills fall in the middle of the work and anywhere within a cell.
    [Fact]
    public async Task A_sweep_killed_ten_times_ends_as_one_that_was_not()
    {
        var random = new Random(20260101);
        var solved = new List<string>();
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start("killed", "2");
            var rest = process.StandardOutput.ReadToEndAsync();
            var goal = random.Next(1, Cells / (Kills + 2));
            while (goal > 0 && await process.StandardError.ReadLineAsync() is { } line)
            {
                goal -= AddNew(solved, line) ? 1 : 0;
            }

            await Task.Delay(TimeSpan.FromMicroseconds(random.Next(4000)));
            process.Kill();
            await process.WaitForExitAsync();
            foreach (var line in (await process.StandardError.ReadToEndAsync()).Split('\n'))
            {
                AddNew(solved, line);
            }

            Assert.Equal("", await rest);
            AssertUnchanged(stored);
        }

        Assert.InRange(stored.Count, Kills, Cells - 1);
        var last = await RunToEnd("killed", "2");
        foreach (var line in last.Error.Split('\n'))
        {
            AddNew(solved, line);
        }

        Assert.Equal(0, last.Code);
        AssertUnchanged(stored);
        Assert.Equal(Cells, stored.Count);
        Assert.Distinct(solved, StringComparer.Ordinal);
        Assert.All(stored.Keys, folder => Assert.Empty(RunCertification.Check(folder).Findings));
        Assert.All(
            Directory.EnumerateFileSystemEntries(_folder.PathOf("killed/working")),
            left => Assert.EndsWith(".lock", left)
        );

        Assert.Equal(0, CommandRun.Of("sweep", _file, "--out", _folder.PathOf("whole")).Code);
        AssertSameSummary("whole", "killed");
    }

    [Fact]
    public async Task Two_processes_on_one_folder_share_the_cells_and_end_alike()
    {
        var runs = await Task.WhenAll(RunToEnd("shared", "1"), RunToEnd("shared", "1"));
        var solved = runs.Select(run => run.Error.Split('\n').Where(IsNew).Select(Name).ToList()).ToList();
        Assert.All(runs, run => Assert.Equal(0, run.Code));
        Assert.Equal(Cells, solved.Sum(names => names.Count));
        Assert.Distinct(solved.SelectMany(names => names), StringComparer.Ordinal);
        Assert.Equal(runs[0].Out, runs[1].Out);
        Assert.StartsWith($"{Cells} cells: ", runs[0].Out, StringComparison.Ordinal);
    }

    // run.json holds how long the solve took: a cell that is solved again does not have the same bytes.
    private void AssertUnchanged(Dictionary<string, string> stored)
    {
        foreach (var folder in Directory.EnumerateDirectories(_folder.PathOf("killed/cells")))
        {
            var text = File.ReadAllText(Path.Combine(folder, RunFiles.Record));
            Assert.Equal(stored.GetValueOrDefault(folder, text), text);
            stored[folder] = text;
        }
    }

    private void AssertSameSummary(string one, string other) =>
        Assert.All(
            Summary,
            name =>
                Assert.Equal(
                    File.ReadAllText(Path.Combine(_folder.PathOf(one), name)),
                    File.ReadAllText(Path.Combine(_folder.PathOf(other), name))
                )
        );

    private static bool AddNew(List<string> names, string line)
    {
        if (!IsNew(line))
        {
            return false;
        }

        names.Add(Name(line));
        return true;
    }

    private static bool IsNew(string line) => Regex.IsMatch(line, @"^\[\d+/\d+\] .*: φ ≤ .* m?s$");

    private static string Name(string line) => Regex.Match(line, @"\] (.*): φ").Groups[1].Value;

    private async Task<CommandRun> RunToEnd(string folder, string threads)
    {
        using var process = Start(folder, threads);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2)).ConfigureAwait(false);
        return new CommandRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    private Process Start(string folder, string threads) =>
        Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll"),
                    "sweep",
                    _file,
                    "--out",
                    _folder.PathOf(folder),
                    "--threads",
                    threads,
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
}
