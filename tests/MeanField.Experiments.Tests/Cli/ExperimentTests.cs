using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>The small experiments, run as a user runs them; what they print is compared with the runs they left.</summary>
public sealed partial class ExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_rate_in_inner_iterations_is_at_least_the_proved_one()
    {
        Run("exact-rate");
        var exponents = Table("exact-rate", "exponents");
        var paper = exponents.Single(row => row["step rule"] == "paper");
        Assert.InRange(Number(paper["exponent"]), -2.5, -0.9);
        foreach (var row in Table("exact-rate", "gaps"))
        {
            var run = Runs("exact-rate")
                .Single(run =>
                    Option(run, "step-rule") == row["step rule"]
                    && Option(run, "inner-iterations") == row["inner iterations"]
                );
            Assert.Equal(
                run.Record.LastCertificate.RegularizedExploitability.Upper,
                Number(row["regularised exploitability"])
            );
        }
    }

    [Fact]
    public void Low_temperatures_move_and_high_ones_are_biased()
    {
        Run("temperature");
        var rows = Table("temperature", "temperatures");
        Assert.Equal(("no", "yes"), (rows[0]["at rest"], rows[^1]["at rest"]));
        Assert.True(Number(rows[0]["largest at the end"]) > 1);
        var bias = rows.Select(row => Number(row["exploitability of the equilibrium (bias)"])).ToList();
        Assert.Equal(bias.Order(), bias);
        var spread = rows.Select(row => Number(row["states its crowd is spread over"])).ToList();
        Assert.True(spread[^1] > 2 * spread[0]);
        Assert.All(spread, states => Assert.InRange(states, 1, 25));
    }

    [Fact]
    public void Coordination_and_cycles_break_monotonicity_and_the_crowd_grid_does_not()
    {
        Run("monotonicity");
        var witnesses = Table("monotonicity", "witnesses");
        Assert.Equal(["no violation found", "violated", "violated"], witnesses.Select(row => row["A-2"]));
        Assert.All(witnesses.Skip(1), row => Assert.True(Number(row["ratio"]) - Number(row["margin"]) >= 1));
        var endings = Table("monotonicity", "endings").ToList();
        Assert.All(
            endings.Where(row => row["solver"] == "mf-trpo, adaptive"),
            row => Assert.Equal("converged", row["ending"])
        );
        Assert.Contains(endings, row => row["solver"] == "mf-trpo, β = 1" && row["ending"] == "stalled");
    }

    [Fact]
    public void Samples_are_those_of_the_traces()
    {
        Run("sample-efficiency");
        var row = Table("sample-efficiency", "samples").Last(row => row["method"] == "default");
        var samples = Runs("sample-efficiency")
            .Where(run => Option(run, "faithful") == "false")
            .Select(run =>
                run.Trace.First(line => line.RegularizedExploitability.Upper <= Number(row["accuracy"])).Samples.Total
            )
            .Order()
            .ToList();
        Assert.Equal((3, samples[1]), (samples.Count, (long)Number(row["median"])));
    }

    // At the equilibrium crowd itself nothing is visited more often than restarts are: its coefficient is 1. Uniform restarts have S max μ*.
    [Fact]
    public void Bad_restart_laws_have_large_coefficients_and_need_more_samples()
    {
        Run("concentrability");
        var rows = Table("concentrability", "restarts");
        Assert.Equal(1, Number(rows.Single(row => row["restart law"] == "mean-field")["coefficient"]), 1e-9);
        var others = rows.Where(row => row["restart law"] != "mean-field").ToList();
        Assert.Equal(25 * 0.290052582, Number(others[0]["coefficient"]), 1e-3);
        Assert.True(Number(others[^1]["median"]) > 2 * Number(others[0]["median"]));
    }

    [Fact]
    public void Every_cell_certifies_and_a_second_time_nothing_is_solved()
    {
        Run("regularisation");
        Assert.All(
            Directory.EnumerateDirectories(_folder.PathOf("out/regularisation/cells")).Take(4),
            cell => Assert.Empty(RunCertification.Check(cell).Findings)
        );
        var page = File.ReadAllText(_folder.PathOf("out/regularisation/experiment.html"));
        XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal));
        var again = Run("regularisation");
        Assert.Equal(24, again.Error.Split("from before").Length - 1);
        Assert.Equal(page, File.ReadAllText(_folder.PathOf("out/regularisation/experiment.html")));
    }

    [Fact]
    public void An_unknown_experiment_is_refused_with_the_known_ones()
    {
        var run = CommandRun.Of("experiment", "exact-rat");
        Assert.Equal(2, run.Code);
        Assert.Contains("did you mean 'exact-rate'", run.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_game_is_named_and_not_the_file_that_it_would_stand_in()
    {
        var run = CommandRun.Of("experiment", "temperature", "--games", "nonexist", "--out", _folder.PathOf("out"));
        Assert.Equal(2, run.Code);
        Assert.StartsWith("meanfield: game 'nonexist'", run.ErrorLine, StringComparison.Ordinal);
    }

    private CommandRun Run(string name)
    {
        var run = CommandRun.Of("experiment", name, "--quick", "--threads", "2", "--out", _folder.PathOf("out"));
        Assert.True(run.Code == 0, run.Error + run.Out);
        return run;
    }

    private IEnumerable<StoredRun> Runs(string name) =>
        Directory.EnumerateDirectories(_folder.PathOf($"out/{name}/cells")).Select(StoredRun.Read);

    private static string Option(StoredRun run, string key) =>
        run.Record.Solver.Options.Single(option => option.Key == key).Value;

    private List<Dictionary<string, string>> Table(string experiment, string name)
    {
        var lines = File.ReadAllLines(_folder.PathOf($"out/{experiment}/{name}.csv")).Select(Cells).ToList();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(StringComparer.Ordinal))];
    }

    // RFC 4180 for cells without quotes within.
    private static string[] Cells(string line) =>
        [.. Cell().Matches(line).Select(match => match.Groups["quoted"].Value + match.Groups["plain"].Value)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("(?<=^|,)(\"(?<quoted>[^\"]*)\"|(?<plain>[^,]*))(?=,|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Cell();
}
