using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sweep SWEEP")]
    [InlineData("sweep SWEEP --slurm")]
    [InlineData("compare --games sis --solvers newton")]
    [InlineData("experiment temperature --quick")]
    [InlineData("doctor sis")]
    [InlineData("solve sis")]
    public void A_file_in_the_way_of_a_folder_is_wrong_input(string command)
    {
        var sweep = _folder.Write("sweep.yaml", "game: sis\n");
        _folder.Write("file", "not a folder");
        string[] arguments = [.. command.Split(' ').Select(word => word == "SWEEP" ? sweep : word)];
        var run = CommandRun.Of([.. arguments, "--out", _folder.PathOf("file/within")], console => console);
        Assert.Equal(2, run.Code);
        Assert.Contains("allowed: a folder", run.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("not a folder", File.ReadAllText(_folder.PathOf("file")));
    }

    [Fact]
    public void A_path_with_a_line_end_fits_into_no_script()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file names have no line ends there");
        var sweep = _folder.Write("sweep.yaml", "game: sis\n");
        var run = CommandRun.Of("sweep", sweep, "--slurm", "--out", _folder.PathOf("new\nline"));
        Assert.Equal(2, run.Code);
        Assert.Contains("has a line end in its name", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_a_cell_is_damage_like_any_other()
    {
        var sweep = _folder.Write("sweep.yaml", "game: sis\n");
        Assert.Equal(0, CommandRun.Of("sweep", sweep, "--out", _folder.PathOf("out")).Code);
        var summary = File.ReadAllText(_folder.PathOf("out/summary.csv"));
        var cell = Directory.EnumerateDirectories(_folder.PathOf("out/cells")).Single();
        Directory.Delete(cell, recursive: true);
        File.WriteAllText(cell, "");
        var again = CommandRun.Of("sweep", sweep, "--out", _folder.PathOf("out"));
        Assert.Equal(0, again.Code);
        Assert.Contains("a file is where the run's folder should be", again.Error, StringComparison.Ordinal);
        Assert.Equal(summary, File.ReadAllText(_folder.PathOf("out/summary.csv")));
        Assert.True(File.Exists(Path.Combine(_folder.PathOf("out/damaged"), Path.GetFileName(cell))));
    }

    [Fact]
    public void A_device_in_the_place_of_an_array_is_found_out()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero");
        Assert.Equal(0, CommandRun.Of("solve", "sis", "--out", _folder.PathOf("run")).Code);
        File.Delete(_folder.PathOf("run/policy.npy"));
        File.CreateSymbolicLink(_folder.PathOf("run/policy.npy"), "/dev/zero");
        var run = CommandRun.Of("certify", _folder.PathOf("run"));
        Assert.Equal(2, run.Code);
        Assert.Contains(
            "policy.npy: goes on for longer than it is",
            string.Join(' ', run.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_with_countless_errors_names_the_first_ones()
    {
        var keys = string.Concat(Enumerable.Range(0, 500).Select(n => $"unknown-{n}: 1\n"));
        var run = CommandRun.Of("solve", _folder.Write("game.yaml", "game: sis\n" + keys));
        Assert.Equal(2, run.Code);
        Assert.EndsWith("; and 492 more", run.ErrorLine, StringComparison.Ordinal);
        Assert.InRange(run.ErrorLine.Length, 500, 5000);
    }
}
