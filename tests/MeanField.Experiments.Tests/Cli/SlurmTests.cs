using System.Diagnostics;
using MeanField.Experiments.Tests.Formats;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>The scripts of <c>sweep --slurm</c>, handed in to a real Slurm that tests/slurm/run.sh starts on loopback.</summary>
public sealed class SlurmTests : IDisposable
{
    private const int NotHere = 77;
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public SlurmTests() =>
        _file = _folder.Write(
            "a study.yaml",
            "game: contraction\nsolver: semi-sgd\noptions: {outer-iterations: [3, 4]}\nseeds: 6\n"
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_scripts_name_the_jobs_by_what_Slurm_tells_them()
    {
        var run = CommandRun.Of(
            "sweep",
            _file,
            "--slurm",
            "--job-count",
            "5",
            "--threads",
            "2",
            "--out",
            _folder.PathOf("it's")
        );
        Assert.Equal(0, run.Code);
        Assert.Equal($"Wrote {_folder.PathOf("it's/slurm/submit.sh")}\n", run.Out);
        var array = File.ReadAllText(_folder.PathOf("it's/slurm/array.sbatch"));
        Assert.Contains("#SBATCH --array=0-4\n", array, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --cpus-per-task=2\n", array, StringComparison.Ordinal);
        Assert.Contains(
            $"sweep '{_file}' --out '{_folder.Path}/it'\\''s' --threads \"$SLURM_CPUS_PER_TASK\"",
            array,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--job-index \"$SLURM_ARRAY_TASK_ID\" --job-count \"$SLURM_ARRAY_TASK_COUNT\"",
            array,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "--summary-only",
            File.ReadAllText(_folder.PathOf("it's/slurm/summary.sbatch")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_array_of_jobs_gives_the_summary_of_one_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Slurm does not run on Windows");
        var whole = CommandRun.Of("sweep", _file, "--out", _folder.PathOf("whole"));
        Assert.Equal(0, whole.Code);

        // In a process of its own, so that the scripts name its program and not that of the tests.
        var output = _folder.PathOf("in jobs");
        var written = await RunToEnd(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll"),
                "sweep",
                _file,
                "--slurm",
                "--job-count",
                "3",
                "--out",
                output,
            ]
        );
        Assert.Equal(0, written.Code);
        var run = await RunToEnd(
            "bash",
            [
                RepositoryRoot.Combine("tests/slurm/run.sh"),
                _folder.PathOf("cluster"),
                Path.Combine(output, "slurm", "submit.sh"),
            ]
        );
        Assert.SkipWhen(run.Code == NotHere, run.Out.TrimEnd().Split('\n')[^1]);
        Assert.True(run.Code == 0, run.Out + run.Error);
        foreach (var name in new[] { "summary.csv", "summary.md", "summary.html" })
        {
            Assert.Equal(
                File.ReadAllText(_folder.PathOf("whole/" + name)),
                File.ReadAllText(Path.Combine(output, name))
            );
        }

        Assert.Equal(4, Directory.GetFiles(Path.Combine(output, "slurm"), "*.out").Length);
    }

    private static async Task<CommandRun> RunToEnd(string program, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3)).ConfigureAwait(false);
        return new CommandRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }
}
