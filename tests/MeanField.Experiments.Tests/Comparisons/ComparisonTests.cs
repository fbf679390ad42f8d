using System.Xml.Linq;
using MeanField.Experiments.Comparisons;
using MeanField.Experiments.Sweeps;
using MeanField.Experiments.Tests.Cli;
using MeanField.Experiments.Tests.Formats;
using MeanField.Parameters;

namespace MeanField.Experiments.Tests.Comparisons;

public sealed class ComparisonTests : IDisposable
{
    private static readonly string[] Solvers = ["mf-trpo", "mf-trpo-sampled"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_are_games_times_solvers_times_seeds_where_a_seed_is_read()
    {
        var cells = Plan(seeds: [2, 3]).Cells;
        Assert.Equal(
            ["mf-trpo 0", "mf-trpo-sampled 2", "mf-trpo-sampled 3"],
            cells.Select(cell => $"{cell.Solver.Name} {cell.Seed}")
        );
    }

    [Fact]
    public void An_option_goes_to_all_that_have_it_unless_one_is_named()
    {
        var cells = Plan(
            options: [new("mf-trpo.temperature", "0.3"), new("temperature", "0.2"), new("faithful", "false")]
        ).Cells;
        Assert.Equal(["0.3", "0.2"], cells.Select(cell => cell.Options.Text("temperature")));
        var games = ComparisonPlan.Create(["crowd-grid"], Solvers, [0], [new("crowd-grid.slip", "0.25")], []);
        Assert.All(games.Cells, cell => Assert.Equal(0.25, cell.Game.Values.Number("slip")));
    }

    [Theory]
    [InlineData("speed")]
    [InlineData("newtown.temperature")]
    public void An_option_that_nobody_has_is_refused(string key) =>
        Assert.Contains(
            $"'{key}'",
            Assert.Throws<ParameterException>(() => Plan(options: [new(key, "1")])).Message,
            StringComparison.Ordinal
        );

    // Transcribed from the committed result files of Bench-MFG; the table of the field's best is checked in three places.
    [Theory]
    [InlineData("lasry-lions", "OMD", 3.0e-4, 0.28)]
    [InlineData("rock-paper-scissors", "Boltzmann PI", 4.7e-7, 0.30)]
    [InlineData("four-rooms", "OMD", 2.07e-3, 0.66)]
    public void The_best_published_result_is_known(string game, string method, double exploitability, double seconds) =>
        Assert.Equal(new PublishedResult(game, method, exploitability, seconds), PublishedResult.BestFor(game));

    [Fact]
    public void The_three_files_tell_the_same_numbers()
    {
        var plan = Plan(seeds: [0, 1]);
        var outcomes = Run(plan);
        var markdown = ComparisonFiles.Write(outcomes, _folder.Path);
        Assert.Equal(markdown, File.ReadAllText(_folder.PathOf("comparison.md")));
        var lines = File.ReadAllLines(_folder.PathOf("comparison.csv"));
        Assert.Equal(1 + outcomes.Count, lines.Length);
        foreach (var (line, outcome) in lines.Skip(1).Zip(outcomes))
        {
            var cells = line.Split(',');
            Assert.Equal(14, cells.Length);
            Assert.Equal($"{outcome.Record!.Certificate.Exploitability.Upper:R}", cells[5]);
            Assert.Equal($"{outcome.Record.Samples.Total}", cells[12]);
        }

        // The certificate that a solver with entropy asks for, at its temperature.
        var sampled = outcomes[1].Record!.Certificate;
        Assert.Contains($" | {sampled.Temperature:R} | ", markdown, StringComparison.Ordinal);
        var page = XDocument.Load(_folder.PathOf("comparison.html"));
        Assert.Contains("mf-trpo-sampled", page.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            2,
            markdown.Split('\n').Count(line => line.StartsWith("| crowd-grid | mf-trpo", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_command_prints_the_table_and_takes_what_is_there()
    {
        string[] arguments = ["compare", "--games", "crowd-grid", "--solvers", "mf-trpo", "--out", _folder.PathOf("c")];
        var run = CommandRun.Of(arguments);
        Assert.Equal(0, run.Code);
        Assert.StartsWith("Certified exploitability", run.Out, StringComparison.Ordinal);
        Assert.Contains("[1/1] crowd-grid, mf-trpo: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(", from before", CommandRun.Of(arguments).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seeds 3..1", "'3..1'")]
    [InlineData("--seeds 1,,2", "--seeds has ''")]
    [InlineData("--games a,,b", "--games is 'a,,b'")]
    [InlineData("--solvers mf-trop", "did you mean 'mf-trpo'")]
    [InlineData("--time-limit -1", "--time-limit is '-1'")]
    [InlineData("--threads 0", "--threads is '0'")]
    public void A_wrong_command_line_ends_with_2(string arguments, string message)
    {
        var run = CommandRun.Of(["compare", .. arguments.Split(' '), "--out", _folder.PathOf("c")]);
        Assert.Equal(2, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.PathOf("c")));
    }

    // What is published of the catalogue's game is not about another one; a file that only names the catalogue's game is the same cells.
    [Fact]
    public void Games_in_files_are_told_apart_and_have_no_published_result()
    {
        string[] files =
        [
            _folder.Write("mild.yaml", "game: lasry-lions\n"),
            _folder.Write("wild.yaml", "game: lasry-lions\ndiscount: 0.5\n"),
        ];
        var plan = ComparisonPlan.Create(
            ["lasry-lions", .. files],
            ["mf-trpo"],
            [0],
            [],
            [new("outer-iterations", "1")]
        );
        Assert.Equal(["lasry-lions", "wild"], plan.Cells.Select(cell => cell.GameName));
        Run(plan);
        var lines = ComparisonFiles.Write(Run(plan), _folder.Path).Split('\n');
        Assert.Contains("(OMD,", lines.First(line => line.StartsWith("| lasry-lions |", StringComparison.Ordinal)));
        Assert.EndsWith("|  |", lines.First(line => line.StartsWith("| wild |", StringComparison.Ordinal)));
    }

    private static SweepPlan Plan(
        IReadOnlyList<long>? seeds = null,
        IReadOnlyList<KeyValuePair<string, string>>? options = null
    ) => ComparisonPlan.Create(["crowd-grid"], Solvers, seeds ?? [0], [], options ?? []);

    private IReadOnlyList<SweepOutcome> Run(SweepPlan plan) =>
        SweepRunner.Run(plan, new SweepStore(_folder.Path), new SweepSettings { Threads = 2 }, CancellationToken.None);
}
