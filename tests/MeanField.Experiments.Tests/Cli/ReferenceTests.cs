using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

public sealed class ReferenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_solve_shows_its_distance_to_the_crowd_of_another_run()
    {
        Assert.Equal(
            0,
            CommandRun.Of("solve", "crowd-grid", "--solver", "newton", "--out", _folder.PathOf("root")).Code
        );
        var run = CommandRun.Of(
            "solve",
            "crowd-grid",
            "--set",
            "temperature=0.05",
            "--reference",
            _folder.PathOf("root"),
            "--out",
            _folder.PathOf("run")
        );
        Assert.Equal(0, run.Code);
        var stored = StoredRun.Read(_folder.PathOf("run"));
        Assert.Equal(StoredRun.Read(_folder.PathOf("root")).Record.Files["mean_field.npy"], stored.Record.Reference);
        Assert.InRange(stored.Trace[0].ReferenceDistance, 0.1, 2);
        Assert.InRange(stored.Trace[^1].ReferenceDistance, 0, 1e-4);
        Assert.Contains(
            "to the reference",
            File.ReadAllText(_folder.PathOf("run/report.html")),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "to the reference",
            File.ReadAllText(_folder.PathOf("root/report.html")),
            StringComparison.Ordinal
        );
        Assert.Equal(0, CommandRun.Of("certify", _folder.PathOf("run")).Code);
    }

    [Fact]
    public void A_run_of_another_game_and_a_changed_run_are_no_reference()
    {
        var root = _folder.PathOf("root");
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--solver", "newton", "--out", root).Code);
        AssertRefused("holds a run of another game (crowd-grid", "--game", "slip=0.2");
        File.AppendAllText(Path.Combine(root, "trace.csv"), "\n");
        AssertRefused("allowed: a run that nobody changed");

        void AssertRefused(string message, params string[] more)
        {
            var run = CommandRun.Of(["solve", "crowd-grid", "--reference", root, .. more], console => console);
            Assert.Equal(2, run.Code);
            Assert.Contains(message, run.ErrorLine, StringComparison.Ordinal);
        }
    }
}
