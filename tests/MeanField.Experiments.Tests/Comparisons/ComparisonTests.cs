using System.Xml.Linq;
using MeanField.Experiments.Comparisons;
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
    public void Cells_are_games_times_solvers_times_seeds()
    {
        var cells = Plan(seeds: [0, 3]);
        Assert.Equal(
            ["mf-trpo 0", "mf-trpo 3", "mf-trpo-sampled 0", "mf-trpo-sampled 3"],
            cells.Select(cell => $"{cell.Solver.Name} {cell.Seed}")
        );
        Assert.Equal(4, cells.Select(cell => cell.FolderName).Distinct().Count());
    }

    [Fact]
    public void An_option_goes_to_all_that_have_it_unless_one_is_named()
    {
        var cells = Plan(
            options: [new("mf-trpo.temperature", "0.3"), new("temperature", "0.2"), new("faithful", "false")]
        );
        Assert.Equal(["0.3", "0.2"], cells.Select(cell => cell.Options.Text("temperature")));
        var games = ComparisonPlan.Create(["crowd-grid"], Solvers, [0], [new("crowd-grid.slip", "0.25")], []);
        Assert.All(games, cell => Assert.Equal(0.25, cell.Game.Values.Number("slip")));
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
    public void What_is_done_is_not_done_again()
    {
        var cells = Plan();
        var first = Run(cells);
        Assert.All(first, outcome => Assert.True(outcome is { IsNew: true, Failure: null }));
        var file = Path.Combine(_folder.Path, "cells", cells[0].FolderName, "run.json");
        var before = File.ReadAllText(file);
        var again = Run(cells);
        Assert.All(again, outcome => Assert.False(outcome.IsNew));
        Assert.Equal(before, File.ReadAllText(file));
        Assert.Equal(
            first.Select(outcome => outcome.Run!.Record.Certificate),
            again.Select(o => o.Run!.Record.Certificate)
        );
    }

    // A kill leaves a folder without run.json at worst.
    [Fact]
    public void A_cell_whose_run_is_not_whole_is_made_again()
    {
        var cells = Plan();
        Run(cells);
        var folder = Path.Combine(_folder.Path, "cells", cells[1].FolderName);
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        Assert.Equal([false, true], Run(cells).Select(outcome => outcome.IsNew));
    }

    [Fact]
    public void A_stopped_comparison_keeps_what_is_done()
    {
        using var stop = new CancellationTokenSource();
        var cells = Plan(seeds: [0, 1, 2]);
        Assert.Throws<OperationCanceledException>(() =>
            ComparisonRunner.Run(
                cells,
                _folder.Path,
                1,
                (_, done) =>
                {
                    if (done == 2)
                    {
                        stop.Cancel();
                    }
                },
                stop.Token
            )
        );
        Assert.Equal([false, false, true, true, true, true], Run(cells).Select(outcome => outcome.IsNew));
    }

    [Fact]
    public void The_three_files_tell_the_same_numbers()
    {
        var outcomes = Run(Plan(seeds: [0, 1]));
        var markdown = ComparisonFiles.Write(outcomes, _folder.Path);
        Assert.Equal(markdown, File.ReadAllText(_folder.PathOf("comparison.md")));
        var lines = File.ReadAllLines(_folder.PathOf("comparison.csv"));
        Assert.Equal(1 + outcomes.Count, lines.Length);
        foreach (var (line, outcome) in lines.Skip(1).Zip(outcomes))
        {
            var cells = line.Split(',');
            Assert.Equal(14, cells.Length);
            Assert.Equal($"{outcome.Run!.Record.Certificate.Exploitability.Upper:R}", cells[5]);
            Assert.Equal($"{outcome.Run.Record.Samples.Total}", cells[12]);
        }

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
        Assert.Contains("[1/1] crowd-grid, mf-trpo, seed 0: ", run.Error, StringComparison.Ordinal);
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

    private static IReadOnlyList<ComparisonCell> Plan(
        IReadOnlyList<long>? seeds = null,
        IReadOnlyList<KeyValuePair<string, string>>? options = null
    ) => ComparisonPlan.Create(["crowd-grid"], Solvers, seeds ?? [0], [], options ?? []);

    private IReadOnlyList<ComparisonOutcome> Run(IReadOnlyList<ComparisonCell> cells) =>
        ComparisonRunner.Run(cells, _folder.Path, 2, (_, _) => { }, CancellationToken.None);
}
