using MeanField.Catalogue;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Formats;

/// <summary>The files that the documentation tells people to try.</summary>
public class ExampleFilesTests
{
    public static TheoryData<string> Files() =>
        [.. Names(".yaml"), .. Names(".map"), .. Names(".tntp"), .. Names(".csv")];

    public static TheoryData<string> GameFiles() => [.. Names(".yaml")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_example_loads_and_every_free_cell_reaches_a_target(string name)
    {
        var game = GameSpec.Load(RepositoryRoot.Combine("examples/" + name), []).Create();
        Assert.InRange(game.StateCount, 2, 2000);
        Assert.Equal(0, (game as CrowdGrid)?.DroppedCells ?? 0);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_example_converges_with_a_little_entropy(string name)
    {
        var solver = SolverCatalogue.Find("mf-trpo")!;
        var game = TabularGame.Create(GameSpec.Load(RepositoryRoot.Combine("examples/" + name), []).Create());
        var options = ParameterValues.Create("solver mf-trpo", solver.Options, [new("temperature", "0.05")]);
        var solution = solver.Solve(game, options, new SolveContext { Clock = TimeProvider.System });
        Assert.True(solution.Status.IsSuccess(), solution.Explanation);
    }

    [Theory]
    [MemberData(nameof(GameFiles))]
    public void Every_game_file_says_what_it_is_and_who_drew_it(string name)
    {
        var comment = string.Join(
            ' ',
            File.ReadLines(RepositoryRoot.Combine("examples/" + name))
                .TakeWhile(line => line.StartsWith('#'))
                .Select(line => line.Trim('#', ' '))
        );
        Assert.Contains("drawn for this project", comment, StringComparison.Ordinal);
    }

    // The game of the anchor table in the documentation: 21 free cells, five actions each, target in the bottom-right corner.
    [Fact]
    public void The_small_example_is_the_walled_grid_of_the_documentation()
    {
        var spec = GameSpec.Load(RepositoryRoot.Combine("examples/paper-5x5.yaml"), []);
        var game = (CrowdGrid)spec.Create();
        Assert.Equal("...../.##../...#./.#.../....P", spec.Values.Text("layout"));
        Assert.Equal((21, 0.9), (game.StateCount, game.Discount));
        Assert.Equal([new GridCell(4, 4)], game.Targets);
        Assert.Equal(spec.Hash, GameSpec.Load("crowd-grid", [new("layout", "...../.##../...#./.#.../....P")]).Hash);
    }

    // Sweeps are files of another kind: SweepFileTests.
    private static IEnumerable<string> Names(string extension) =>
        Directory
            .EnumerateFiles(RepositoryRoot.Combine("examples"), "*" + extension)
            .Select(path => Path.GetFileName(path))
            .Where(name => !name.EndsWith("-sweep.yaml", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
