using System.Text.Json;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public SweepTests() =>
        _file = _folder.Write(
            "study.yaml",
            "game: contraction\nsolver: [fixed-point, semi-sgd]\noptions: {outer-iterations: [3, 4]}\nseeds: 2\n"
        );

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_solves_the_cells_once_and_prints_the_table()
    {
        var run = Sweep();
        Assert.Equal(0, run.Code);
        Assert.StartsWith("6 cells: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("[6/6] contraction, ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("from before", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Out, File.ReadAllText(_folder.PathOf("out/summary.md")));
        Assert.All(
            ["summary.csv", "times.csv", "summary.html"],
            name => Assert.True(File.Exists(_folder.PathOf("out/" + name)))
        );
        var again = Sweep();
        Assert.Equal((0, run.Out), (again.Code, again.Out));
        Assert.Equal(6, again.Error.Split("from before").Length - 1);
    }

    [Fact]
    public void A_dry_run_lists_the_cells_and_touches_nothing()
    {
        var run = Sweep("--dry-run");
        Assert.Equal(0, run.Code);
        var lines = run.Out.TrimEnd().Split('\n');
        Assert.Equal("6 cells: 6 missing.", lines[^1]);
        Assert.Equal(7, lines.Length);
        Assert.Contains(
            "  contraction, semi-sgd, outer-iterations 3, seed 1: missing",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    [Fact]
    public void Jobs_solve_their_shares_and_the_summary_is_made_of_them()
    {
        var whole = CommandRun.Of("sweep", _file, "--out", _folder.PathOf("whole"));
        for (var job = 0; job < 3; job++)
        {
            Assert.Equal(1, Sweep("--summary-only").Code);
            var run = Sweep("--job-index", $"{job}", "--job-count", "3");
            Assert.Equal(0, run.Code);
            Assert.StartsWith("2 cells: ", run.Out, StringComparison.Ordinal);
        }

        var summary = Sweep("--summary-only");
        Assert.Equal((0, whole.Out), (summary.Code, summary.Out));
        Assert.Equal(
            File.ReadAllText(_folder.PathOf("whole/summary.html")),
            File.ReadAllText(_folder.PathOf("out/summary.html"))
        );
    }

    [Fact]
    public void Json_has_the_cells_and_nothing_else_is_on_standard_output()
    {
        using var before = JsonDocument.Parse(Sweep("--dry-run", "--json").Out);
        using var after = JsonDocument.Parse(Sweep("--json").Out);
        var (planned, solved) = (Cells(before), Cells(after));
        Assert.Equal(planned.Select(Address), solved.Select(Address));
        Assert.All(planned, cell => Assert.Equal("missing", cell.GetProperty("status").GetString()));
        Assert.All(
            solved,
            cell => Assert.Equal(0, CommandRun.Of("certify", cell.GetProperty("folder").GetString()!).Code)
        );
        Assert.Equal(3, solved[0].GetProperty("option.outer-iterations").GetDouble());

        static List<JsonElement> Cells(JsonDocument json) =>
            [.. json.RootElement.GetProperty("cells").EnumerateArray()];
        static string? Address(JsonElement cell) => cell.GetProperty("cell").GetString();
    }

    [Fact]
    public void A_cell_that_cannot_be_made_ends_with_1_after_all_others_are_solved()
    {
        File.WriteAllText(
            _file,
            "game: crowd-grid\ngame-parameters: {targets: [\"77,0\", auto]}\noptions: {outer-iterations: 1}\n"
        );
        var run = Sweep();
        Assert.Equal(1, run.Code);
        Assert.StartsWith("2 cells: 1 failed, 1 iteration-limit.", run.Out, StringComparison.Ordinal);
        Assert.Contains("failed: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_in_the_middle_keeps_what_is_done()
    {
        using var stop = new CancellationTokenSource();
        using var error = new StopAtLine("[2/6]", stop);
        var run = CommandRun.Of(
            ["sweep", _file, "--out", _folder.PathOf("out")],
            console => console with { Error = error, Interruption = stop.Token }
        );
        Assert.Equal((130, ""), (run.Code, run.Out));
        Assert.EndsWith(
            "meanfield: interrupted; what is done stays done, and the same command goes on from there\n",
            error.ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal(2, Sweep().Error.Split("from before").Length - 1);
    }

    [Theory]
    [InlineData("--job-index 0", "--job-index is given without --job-count")]
    [InlineData("--job-count 2", "--job-count is given without --job-index")]
    [InlineData("--job-index 2 --job-count 2", "--job-index is '2', allowed is a whole number from 0 to 1")]
    [InlineData("--job-index -1 --job-count 2", "--job-index is '-1'")]
    [InlineData("--job-index 0 --job-count 0", "--job-count is '0'")]
    [InlineData("--slurm --job-index 0 --job-count 2", "--job-index is given with --slurm")]
    [InlineData("--slurm --dry-run", "--dry-run is given with --slurm")]
    [InlineData("--threads 0", "--threads is '0'")]
    [InlineData("--sumary-only", "did you mean '--summary-only'")]
    public void A_wrong_command_line_ends_with_2(string arguments, string message)
    {
        var run = Sweep(arguments.Split(' '));
        Assert.Equal((2, ""), (run.Code, run.Out));
        Assert.Contains(message, run.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.ErrorLine);
        Assert.False(Directory.Exists(_folder.PathOf("out")));
    }

    [Fact]
    public void A_wrong_file_ends_with_2()
    {
        var run = CommandRun.Of("sweep", _folder.PathOf("none.yaml"));
        Assert.Equal(2, run.Code);
        Assert.Contains("none.yaml: was not found", run.ErrorLine, StringComparison.Ordinal);
    }

    private CommandRun Sweep(params string[] arguments) =>
        CommandRun.Of(["sweep", _file, .. arguments, "--out", _folder.PathOf("out")]);

    private sealed class StopAtLine(string start, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.StartsWith(start, StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }
}
