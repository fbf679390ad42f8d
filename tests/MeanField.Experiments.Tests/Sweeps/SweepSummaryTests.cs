using System.Globalization;
using System.Xml.Linq;
using MeanField.Experiments.Sweeps;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Sweeps;

public sealed class SweepSummaryTests(SweepSummaryTests.Solved solved) : IClassFixture<SweepSummaryTests.Solved>
{
    private const string Sweep = """
        game: [two-bars, crowd-grid]
        solver: [mf-trpo, semi-sgd]
        options:
          temperature: {from: 0.05, to: 0.8, count: 3, scale: log}
          outer-iterations: 4
        game-parameters: {crowd-grid.slip: [0.1, 0.2]}
        seeds: 3
        """;

    private static readonly string[] Files = ["summary.csv", "summary.md", "summary.html"];

    [Fact]
    public void The_summary_has_the_same_bytes_in_whatever_order_cells_were_solved()
    {
        var plan = solved.Plan;
        Run(plan.Job(2, 3), "two", threads: 2);
        Run(plan.Job(0, 3), "two", threads: 2);
        Write(plan, Run(plan, "two", threads: 2), "two");
        Assert.All(Files, name => Assert.Equal(solved.Text(name), solved.Text(name, "two")));
    }

    [Fact]
    public void The_table_has_a_line_a_cell_with_the_numbers_of_its_run()
    {
        var outcomes = solved.Outcomes;
        var lines = solved.Text("summary.csv").TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToList();
        var head = lines[0];
        string Of(string[] line, string name) => line[Array.IndexOf(head, name)];
        Assert.Equal(outcomes.Count, lines.Count - 1);
        Assert.Contains("game.slip", head);
        Assert.Contains("option.temperature", head);
        foreach (var (line, outcome) in lines.Skip(1).Zip(outcomes))
        {
            var run = outcome.Record!;
            Assert.Equal(head.Length, line.Length);
            Assert.Equal(outcome.Cell.Address, Of(line, "cell"));
            Assert.Equal(outcome.Cell.ReadsSeed ? $"{run.Seed}" : "", Of(line, "seed"));
            Assert.Equal(run.Certificate.Exploitability.Upper, Number(Of(line, "exploitabilityUpper")));
            Assert.Equal(
                run.Certificate.RegularizedExploitability.Lower,
                Number(Of(line, "regularizedExploitabilityLower"))
            );
            Assert.Equal(run.Certificate.Temperature, Number(Of(line, "temperature")));
            Assert.Equal(run.Samples.Total, Number(Of(line, "samples")));
            Assert.Equal(
                run.Game.Name == "crowd-grid" ? outcome.Cell.Game.Values.Text("slip") : "",
                Of(line, "game.slip")
            );
        }
    }

    // 2 solvers × 3 temperatures on one game, and with 2 slips on the other: 6 + 12 groups, half of them of 3 seeds.
    [Fact]
    public void Seeds_are_grouped()
    {
        var outcomes = solved.Outcomes;
        var groups = SweepGroup.Of(solved.Plan, outcomes);
        Assert.Equal(18, groups.Count);
        Assert.Equal(outcomes.Count, groups.Sum(group => group.Outcomes.Count));
        Assert.All(groups, group => Assert.Equal(group.Solver == "semi-sgd" ? "3" : "any", group.Seeds));
        var markdown = solved.Text("summary.md");
        Assert.Equal(
            18,
            markdown
                .Split('\n')
                .Count(line =>
                    line.StartsWith("| two-bars |", StringComparison.Ordinal)
                    || line.StartsWith("| crowd-grid |", StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public void The_page_is_well_formed_and_has_a_chart_for_each_swept_number_and_a_line_for_each_run()
    {
        var outcomes = solved.Outcomes;
        var page = XDocument.Parse(solved.Text("summary.html"));
        var titles = page.Descendants("h2").Select(title => title.Value).ToList();
        Assert.Contains("two-bars: exploitability against temperature", titles);
        Assert.Contains("crowd-grid: exploitability against slip", titles);
        Assert.Contains("crowd-grid: samples against temperature", titles);
        Assert.DoesNotContain("two-bars: exploitability against slip", titles);
        Assert.DoesNotContain("two-bars: exploitability against outer-iterations", titles);
        var courses = page.Descendants("figure")
            .Where(figure => figure.Element("h2")!.Value.EndsWith(": courses", StringComparison.Ordinal));
        Assert.Equal(
            outcomes.Count,
            courses.Sum(figure =>
                figure
                    .Element("svg")!
                    .Elements("path")
                    .Count(path => path.Attribute("class")!.Value.StartsWith("line-", StringComparison.Ordinal))
            )
        );
    }

    [Fact]
    public void What_failed_and_what_is_missing_is_said()
    {
        var broken = SweepSample.Cell(game: "crowd-grid", parameters: [new("targets", "77,0")]);
        var plan = SweepPlan.Create("test", [broken, .. SweepSample.Seeds(2).Cells]);
        Run(plan.Job(0, 3), "failed", threads: 1);
        Run(plan.Job(1, 3), "failed", threads: 1);
        var outcomes = SweepRunner.Look(plan, new SweepStore(solved.Folder.PathOf("failed")));
        var markdown = Write(plan, outcomes, "failed");
        Assert.StartsWith("3 cells: 1 converged, 1 failed, 1 missing.", markdown, StringComparison.Ordinal);
        Assert.Contains("77,0", markdown, StringComparison.Ordinal);
        var lines = solved.Text("summary.csv", "failed").Split('\n');
        Assert.Contains(",failed,,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",missing,,", lines[3], StringComparison.Ordinal);
        Assert.Contains(
            "77,0",
            XDocument.Parse(solved.Text("summary.html", "failed")).ToString(),
            StringComparison.Ordinal
        );
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private IReadOnlyList<SweepOutcome> Run(SweepPlan plan, string name, int threads) =>
        solved.Run(plan, name, threads);

    private string Write(SweepPlan plan, IReadOnlyList<SweepOutcome> outcomes, string name) =>
        SweepFiles.Write(plan, outcomes, solved.Folder.PathOf(name));

    /// <summary>The sweep, solved on one thread in the folder "one".</summary>
    public sealed class Solved : IDisposable
    {
        public Solved()
        {
            Plan = SweepFile.Read(Folder.Write("sweep.yaml", Sweep));
            Outcomes = Run(Plan, "one", threads: 1);
            SweepFiles.Write(Plan, Outcomes, Folder.PathOf("one"));
        }

        public SweepPlan Plan { get; }

        public IReadOnlyList<SweepOutcome> Outcomes { get; }

        internal TemporaryFolder Folder { get; } = new();

        public string Text(string name, string folder = "one") =>
            File.ReadAllText(Path.Combine(Folder.PathOf(folder), name));

        public IReadOnlyList<SweepOutcome> Run(SweepPlan plan, string name, int threads) =>
            SweepRunner.Run(
                plan,
                new SweepStore(Folder.PathOf(name)),
                new SweepSettings { Threads = threads },
                CancellationToken.None
            );

        public void Dispose() => Folder.Dispose();
    }
}
