using System.Globalization;
using System.Text.Json;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

public sealed class SolveTests : IDisposable
{
    private static readonly string[] Endless =
    [
        "solve",
        "crowd-grid",
        "--set",
        "tolerance=0",
        "--set",
        "stall-after=0",
        "--set",
        "outer-iterations=1000000000",
        "--set",
        "trace-every=1000",
    ];

    private readonly TemporaryFolder _folder = new();

    private string RunPath => _folder.PathOf("run");

    [Fact]
    public void A_solved_game_ends_with_0_and_certifies()
    {
        var run = CommandRun.Of("solve", "crowd-grid", "--out", RunPath);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("Converged. ", run.Out, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(RunPath, "report.html"), run.Out, StringComparison.Ordinal);
        Assert.All(
            ["run.json", "trace.csv", "policy.npy", "mean_field.npy", "report.html"],
            name => Assert.True(File.Exists(Path.Combine(RunPath, name)), name)
        );
        var certified = CommandRun.Of("certify", RunPath);
        Assert.Equal(0, certified.Code);
        Assert.Contains("Holds", certified.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solve_without_tolerance_reached_ends_with_3_loudly_and_still_certifies()
    {
        var run = CommandRun.Of("solve", "crowd-grid", "--set", "outer-iterations=2", "--out", RunPath);

        Assert.Equal(3, run.Code);
        Assert.StartsWith("NOT CONVERGED (iteration-limit). ", run.Out, StringComparison.Ordinal);
        var certified = CommandRun.Of("certify", RunPath);
        Assert.Equal(0, certified.Code);
        Assert.Contains("Holds", certified.Out, StringComparison.Ordinal);
        Assert.Contains("NOT converge (iteration-limit)", Words(certified.Out), StringComparison.Ordinal);
    }

    [Fact]
    public void With_json_standard_output_is_the_file_and_nothing_else()
    {
        var run = CommandRun.Of(
            "solve",
            "crowd-grid",
            "--seed",
            "-9223372036854775808",
            "--threads",
            "2",
            "--out",
            RunPath,
            "--json"
        );

        Assert.Equal(0, run.Code);
        Assert.Equal(File.ReadAllText(Path.Combine(RunPath, "run.json")), run.Out);
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal("converged", root.GetProperty("status").GetString());
        Assert.Equal(long.MinValue, root.GetProperty("seed").GetInt64());
        Assert.Equal(2, root.GetProperty("threads").GetInt32());
        Assert.Equal(25, root.GetProperty("game").GetProperty("states").GetInt32());
        Assert.Equal(125, root.GetProperty("game").GetProperty("pairs").GetInt32());
        Assert.Equal("mf-trpo", root.GetProperty("solver").GetProperty("name").GetString());
        Assert.Equal(0, root.GetProperty("samples").GetProperty("total").GetInt64());
        Assert.InRange(
            root.GetProperty("certificate").GetProperty("regularizedExploitability").GetProperty("upper").GetDouble(),
            0,
            1e-6
        );
        Assert.Contains("Converged", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sampled_solve_says_what_it_sampled_and_how_fast()
    {
        var run = CommandRun.Of("solve", "crowd-grid", "--solver", "mf-trpo-sampled", "--seed", "3", "--out", RunPath);

        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RunPath, "run.json")));
        var samples = json.RootElement.GetProperty("samples");
        var total = samples.GetProperty("total").GetInt64();
        Assert.InRange(total, 1, 25_000);
        Assert.Contains("Simulator steps a second", run.Out, StringComparison.Ordinal);
        Assert.Matches(@"Samples +\d", run.Out);
        Assert.Matches(@"Mixture of 10, regularised +\[", run.Out);
        Assert.Contains("model of all steps seen", samples.GetProperty("plan").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("certify", RunPath).Code);
    }

    [Fact]
    public void A_restart_in_no_state_of_the_game_is_the_users_mistake()
    {
        string[] solve = ["solve", "crowd-grid", "--solver", "mf-trpo-sampled", "--set", "restart=99:1"];
        var run = CommandRun.Of([.. solve, "--out", RunPath]);
        Assert.Equal(2, run.Code);
        Assert.Contains("state 99; allowed: 0 to 24", run.Error, StringComparison.Ordinal);
    }

    // mathematics.md section 7: the largest share at the equilibrium of the empty 5 x 5 grid is 0.290052582 at temperature 0.3.
    [Fact]
    public void The_map_names_the_largest_share_of_the_published_equilibrium()
    {
        var run = CommandRun.Of(
            "solve",
            "crowd-grid",
            "--set",
            "temperature=0.3",
            "--set",
            "tolerance=1e-9",
            "--out",
            RunPath
        );

        Assert.Equal(0, run.Code);
        Assert.Contains("which holds 0.2901 of the population", Words(run.Out), StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_that_are_left_out_are_counted_in_a_message_and_in_the_file()
    {
        var run = CommandRun.Of("solve", "crowd-grid", "--game", "layout=..#/##P/...", "--out", RunPath, "--json");

        Assert.Contains("2 free cells", run.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal(2, json.RootElement.GetProperty("game").GetProperty("droppedCells").GetInt32());
    }

    [Fact]
    public void An_interrupted_solve_keeps_the_best_policy_and_ends_with_130()
    {
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        var run = CommandRun.Of(
            [.. Endless, "--out", RunPath],
            console => console with { Interruption = interruption.Token }
        );

        Assert.Equal(130, run.Code);
        Assert.StartsWith("NOT CONVERGED (cancelled). ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Ctrl-C again", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, CommandRun.Of("certify", RunPath).Code);
    }

    [Fact]
    public void An_interruption_while_loading_ends_with_130_and_leaves_nothing()
    {
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();

        var run = CommandRun.Of(
            ["solve", "crowd-grid", "--out", RunPath],
            console => console with { Interruption = interruption.Token }
        );

        Assert.Equal((130, ""), (run.Code, run.Out));
        Assert.Contains("nothing was written", run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(RunPath));
    }

    [Fact]
    public void A_terminal_gets_a_progress_bar_with_rate_and_time_left_and_takes_it_away()
    {
        using var interruption = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));

        var run = CommandRun.Of(
            [.. Endless, "--out", RunPath],
            console => console with { IsErrorTerminal = true, Width = () => 120, Interruption = interruption.Token }
        );

        Assert.Equal(130, run.Code);
        Assert.Contains("/1000000000, ", run.Error, StringComparison.Ordinal);
        Assert.Contains("/s", run.Error, StringComparison.Ordinal);
        Assert.Contains("estimated", run.Error, StringComparison.Ordinal);
        var (hidden, shown) = (
            run.Error.LastIndexOf("\e[?25l", StringComparison.Ordinal),
            run.Error.LastIndexOf("\e[?25h", StringComparison.Ordinal)
        );
        Assert.InRange(hidden, 0, shown);
        Assert.DoesNotContain("estimated", run.Error[shown..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_gets_no_control_codes()
    {
        using var interruption = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var run = CommandRun.Of(
            [.. Endless, "--out", RunPath],
            console => console with { UsesColor = true, Interruption = interruption.Token }
        );

        Assert.DoesNotContain('\e', run.Error + run.Out);
        Assert.DoesNotContain("estimated", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void The_summary_fits_the_terminal(int width)
    {
        var run = CommandRun.Of(
            ["solve", "crowd-grid", "--out", RunPath],
            console => console with { IsOutTerminal = true, Width = () => width }
        );

        // A path cannot be broken.
        var text = run.Out.Split('\n').Where(line => !line.Contains(RunPath, StringComparison.Ordinal));
        Assert.All(text, line => Assert.InRange(new StringInfo(line).LengthInTextElements, 0, width));
        Assert.DoesNotContain('\e', run.Out);
    }

    [Fact]
    public void A_tampered_run_does_not_certify_and_every_finding_is_printed()
    {
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", RunPath).Code);
        var path = Path.Combine(RunPath, "mean_field.npy");
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 0x10;
        File.WriteAllBytes(path, bytes);

        var run = CommandRun.Of("certify", RunPath);

        Assert.Equal(2, run.Code);
        Assert.Contains("DOES NOT HOLD", run.Out, StringComparison.Ordinal);
        Assert.Contains("Wrong: mean_field.npy", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_is_written_again_with_the_same_bytes()
    {
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", RunPath).Code);
        var path = Path.Combine(RunPath, "report.html");
        var first = File.ReadAllBytes(path);
        File.WriteAllText(path, "lost");

        var run = CommandRun.Of("report", RunPath);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Empty(Directory.EnumerateFiles(RunPath, "*.tmp"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
