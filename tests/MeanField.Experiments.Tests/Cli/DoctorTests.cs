using System.Text.Json;
using MeanField.Cli;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

public class DoctorTests
{
    /// <summary>
    /// In rock-paper-scissors Q(s, a) is r(s) + γ V(a) and V(a) is (A μ)(a) up to a number common to all, so the soft best response is softmax(γ A μ/η) in
    /// every state, and Φ(μ) that law itself. The stored witness is held against this formula alone.
    /// </summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.1)]
    public void A_stored_witness_violates_A2_by_the_closed_form(double temperature)
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("doctor");
        var run = CommandRun.Of(
            "doctor",
            "rock-paper-scissors",
            "--set",
            FormattableString.Invariant($"temperature={temperature}"),
            "--out",
            path,
            "--json"
        );

        Assert.Equal(ExitCode.NotConverged, run.Code);
        Assert.Equal(run.Out, File.ReadAllText(Path.Combine(path, "doctor.json")));
        using var json = JsonDocument.Parse(run.Out);
        var report = json.RootElement.GetProperty("monotonicity");
        Assert.True(json.RootElement.GetProperty("violated").GetBoolean());
        Assert.Equal("violated", report.GetProperty("verdict").GetString());

        var witness = NpyFile.Read(Path.Combine(path, "witness.npy"));
        Assert.Equal([2, 3], witness.Shape);
        double[] first = [.. witness.Values.Take(3)],
            second = [.. witness.Values.Skip(3)];
        double[] image = Respond(first, temperature),
            other = Respond(second, temperature);
        var product = Enumerable.Range(0, 3).Sum(s => (first[s] - second[s]) * (image[s] - other[s]));
        var ratio = product / Enumerable.Range(0, 3).Sum(s => Math.Pow(first[s] - second[s], 2));
        Assert.True(ratio >= 1);
        Assert.Equal(ratio, report.GetProperty("ratio").GetDouble(), report.GetProperty("margin").GetDouble());

        // DΦ at the uniform law is γ/(3η) A, skew: the constant is 0 and L² is 1 + γ²/(3η²).
        Assert.Equal(0, report.GetProperty("localConstant").GetDouble(), 1e-9);
        var stretch = Math.Sqrt(1 + (0.81 / (3 * temperature * temperature)));
        Assert.Equal(stretch, report.GetProperty("localLipschitz").GetDouble(), 1e-6 * stretch);
    }

    [Fact]
    public void The_crowd_grid_passes_at_temperature_three_tenths_and_its_advice_converges()
    {
        var run = CommandRun.Of("doctor", "crowd-grid", "--set", "temperature=0.3");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("no violation found (evidence, no proof)", run.Out, StringComparison.Ordinal);
        Assert.Contains("holds (exact)", run.Out, StringComparison.Ordinal);

        var command = Commands(run.Out).First();
        using var folder = new TemporaryFolder();
        var solve = CommandRun.Of([.. command.Split(' ').Skip(1), "--out", folder.PathOf("run")]);
        Assert.Equal(ExitCode.Success, solve.Code);
    }

    [Theory]
    [InlineData("crowd-grid", "congestion=-1")]
    [InlineData("two-bars", "company=5")]
    [InlineData("rock-paper-scissors", "discount=0.9")]
    public void Coordination_and_cyclic_games_are_flagged_and_every_command_is_valid(string game, string parameter)
    {
        var run = CommandRun.Of("doctor", game, "--game", parameter, "--set", "transition-steps=20");
        Assert.Equal(ExitCode.NotConverged, run.Code);
        Assert.Contains("VIOLATED (proved)", run.Out, StringComparison.Ordinal);
        Assert.Contains("nothing: A-2 is violated", run.Out, StringComparison.Ordinal);
        Assert.Contains("its laws differ most at", run.Out, StringComparison.Ordinal);
        var commands = Commands(run.Out).ToList();
        Assert.True(commands.Count >= 4);
        Assert.All(commands, command => Assert.Contains($"--game {parameter}", command, StringComparison.Ordinal));
        Assert.All(
            commands,
            command =>
            {
                using var error = new StringWriter();
                var console = new CommandConsole(TextWriter.Null, error);
                Assert.Null(UsageError.Find(CommandLine.Parse([.. command.Split(' ').Skip(1)], console)));
            }
        );
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void The_report_fits_the_terminal_but_for_commands(int width)
    {
        var run = CommandRun.Of(["doctor", "two-bars"], console => console with { Width = () => width });
        var lines = run.Out.ReplaceLineEndings("\n").Split('\n');
        Assert.All(
            lines.Where(line => !line.StartsWith("      meanfield", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, width)
        );
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Fact]
    public void A_restart_law_that_misses_states_is_named_and_leaves_the_exact_theory_alone()
    {
        var run = CommandRun.Of("doctor", "crowd-grid", "--set", "temperature=0.3", "--set", "restart=0:1,1:1");
        Assert.Equal(ExitCode.NotConverged, run.Code);
        Assert.Contains("0,2; 0,3; 0,4; 1,0; 1,1 and 18 more", run.Out, StringComparison.Ordinal);
        Assert.Contains("from samples nothing: A-4 is violated", Joined(run.Out), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("temperature=0", "temperature")]
    [InlineData("restart=0:x", "0:x")]
    [InlineData("restart=99:1", "99:1")]
    [InlineData("beta=1", "beta")]
    public void Bad_options_are_refused_in_one_line(string option, string named)
    {
        var run = CommandRun.Of("doctor", "crowd-grid", "--set", option);
        Assert.Equal((ExitCode.InvalidInput, ""), (run.Code, run.Out));
        Assert.Contains(named, run.ErrorLine.Split('\n')[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layout=P", "all of it: there is one mean field")]
    [InlineData("layout=.P", "nothing: no two mean fields were compared")]
    public void Where_nothing_can_be_compared_nothing_is_claimed(string layout, string promise)
    {
        // Without attraction and congestion the uniform law is the fixed point of two cells, and the only law evaluated.
        string[] free = ["--game", layout, "--game", "attraction=0", "--game", "congestion=0"];
        string[] nowhere = ["--set", "random-laws=0", "--set", "derivatives=0"];
        var run = CommandRun.Of(["doctor", "crowd-grid", .. free, .. nowhere]);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains(promise, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_refused_before_anything_is_examined()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("file");
        File.WriteAllText(path, "");
        var run = CommandRun.Of("doctor", "crowd-grid", "--out", path);
        Assert.Equal((ExitCode.InvalidInput, ""), (run.Code, run.Out));
        Assert.Contains("is a file; allowed: a folder", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interruption_ends_it()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = CommandRun.Of(["doctor", "crowd-grid"], console => console with { Interruption = source.Token });
        Assert.Equal(ExitCode.Interrupted, run.Code);
    }

    private static IEnumerable<string> Commands(string text) =>
        text.ReplaceLineEndings("\n")
            .Split('\n')
            .Where(line => line.StartsWith("      meanfield ", StringComparison.Ordinal))
            .Select(line => line.Trim());

    private static string Joined(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static double[] Respond(double[] law, double temperature)
    {
        double[] payoffs = [law[2] - law[1], law[0] - law[2], law[1] - law[0]];
        var weights = Array.ConvertAll(payoffs, payoff => Math.Exp(0.9 * payoff / temperature));
        return Array.ConvertAll(weights, weight => weight / weights.Sum());
    }
}
