using MeanField.Experiments.Formats;
using MeanField.Experiments.Sweeps;
using MeanField.Experiments.Tests.Formats;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Sweeps;

public sealed class SweepFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_are_multiplied_out_and_the_last_one_changes_fastest()
    {
        var plan = Read(
            """
            game: crowd-grid
            game-parameters: {slip: [0, 0.1]}
            solver: newton
            options:
              temperature: [0.1, 0.2, 0.3]
            """
        );
        Assert.Equal("sweep", plan.Name);
        Assert.Equal(
            ["0 0.1", "0 0.2", "0 0.3", "0.1 0.1", "0.1 0.2", "0.1 0.3"],
            plan.Cells.Select(cell => $"{cell.Game.Values.Text("slip")} {cell.Options.Text("temperature")}")
        );
        Assert.All(plan.Cells, cell => Assert.Equal("newton", cell.Solver.Name));
        Assert.Equal(["slip", "temperature"], plan.Axes.Select(axis => axis.Key));
    }

    [Theory]
    [InlineData("seeds: 3", "0 1 2")]
    [InlineData("seeds: [3]", "3")]
    [InlineData("seeds: [7, -1, 7]", "7 -1")]
    [InlineData("seeds: 5..8", "5 6 7 8")]
    [InlineData("seeds: [1..3, 9]", "1 2 3 9")]
    [InlineData("", "0")]
    public void Seeds_are_a_number_a_list_or_a_range(string line, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', Read($"game: two-bars\nsolver: semi-sgd\n{line}\n").Cells.Select(cell => cell.Seed))
        );

    [Fact]
    public void A_solver_that_draws_nothing_has_one_cell_for_all_seeds()
    {
        var plan = Read("game: two-bars\nsolver: [mf-trpo, semi-sgd]\nseeds: 4\n");
        Assert.Equal(
            ["mf-trpo", "semi-sgd", "semi-sgd", "semi-sgd", "semi-sgd"],
            plan.Cells.Select(c => c.Solver.Name)
        );
    }

    // The closed forms: from + i (to − from)/(n − 1), and from (to/from)^(i/(n − 1)).
    [Theory]
    [InlineData("{from: 0, to: 1, count: 5}", "0 0.25 0.5 0.75 1")]
    [InlineData("{from: 0.01, to: 100, count: 5, scale: log}", "0.01 0.1 1 10 100")]
    [InlineData("{from: 1e-304, to: 1e8, count: 3, scale: log}", "1E-304 1E-148 100000000")]
    [InlineData("{from: 0.3, to: 0.1, count: 3, scale: linear}", "0.3 0.2 0.1")]
    [InlineData("[{from: 0.1, to: 0.2, count: 2}, 0.7]", "0.1 0.2 0.7")]
    [InlineData("{from: 0.123456789, to: 1, count: 3}", "0.123456789 0.561728 1")]
    public void A_range_is_its_numbers(string range, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                Read($"game: two-bars\nsolver: newton\noptions: {{temperature: {range}}}\n")
                    .Cells.Select(cell => cell.Options.Text("temperature"))
            )
        );

    // 10^(i/6) is 1, 1.47, 2.15, 3.16, 4.64, 6.81 and 10.
    [Fact]
    public void A_range_of_whole_numbers_is_rounded_and_each_is_solved_once() =>
        Assert.Equal(
            ["1", "2", "3", "5", "7", "10"],
            Read("game: two-bars\noptions:\n  outer-iterations: {from: 1, to: 10, count: 7, scale: log}\n")
                .Cells.Select(cell => cell.Options.Text("outer-iterations"))
        );

    [Fact]
    public void What_stands_under_zip_varies_together()
    {
        var plan = Read(
            """
            game: two-bars
            zip:
              solver: [newton, mf-trpo]
              options: {temperature: [0.1, 0.2], tolerance: [0.001, 0.002]}
            options: {outer-iterations: [5, 6]}
            """
        );
        Assert.Equal(
            ["newton 0.1 0.001 5", "newton 0.1 0.001 6", "mf-trpo 0.2 0.002 5", "mf-trpo 0.2 0.002 6"],
            plan.Cells.Select(cell =>
                $"{cell.Solver.Name} {cell.Options.Text("temperature")} {cell.Options.Text("tolerance")} {cell.Options.Text("outer-iterations")}"
            )
        );
    }

    [Fact]
    public void Cells_are_combinations_one_by_one()
    {
        var plan = Read(
            """
            game-parameters: {crowd-grid.slip: 0.3}
            cells:
              - game: two-bars
              - {game: crowd-grid, solver: newton, options: {temperature: 0.4}}
              - {game: crowd-grid, solver: newton, game-parameters: {move-cost: 1}}
            """
        );
        Assert.Equal(
            ["two-bars mf-trpo", "crowd-grid newton", "crowd-grid newton"],
            plan.Cells.Select(cell => $"{cell.GameName} {cell.Solver.Name}")
        );
        Assert.Equal(["0.4", "0.05"], plan.Cells.Skip(1).Select(cell => cell.Options.Text("temperature")));
        Assert.All(plan.Cells.Skip(1), cell => Assert.Equal("0.3", cell.Game.Values.Text("slip")));
    }

    [Fact]
    public void A_setting_goes_to_all_that_have_it_unless_one_is_named()
    {
        var plan = Read(
            "game: two-bars\nsolver: [mf-trpo, newton]\noptions: {temperature: 0.1, newton.temperature: 0.2}\n"
        );
        Assert.Equal(["0.1", "0.2"], plan.Cells.Select(cell => cell.Options.Text("temperature")));
    }

    [Fact]
    public void Game_files_are_looked_for_beside_the_sweep_file_and_give_their_names()
    {
        _folder.Write("hall.yaml", "game: crowd-grid\nslip: 0.3\nlayout: \"..P\"\n");
        var plan = Read("game: [hall.yaml, crowd-grid]\ngame-parameters: {move-cost: [1, 2]}\n");
        Assert.Equal(["hall", "hall", "crowd-grid", "crowd-grid"], plan.Cells.Select(cell => cell.GameName));
        Assert.Equal(["0.3", "0.3", "0.1", "0.1"], plan.Cells.Select(cell => cell.Game.Values.Text("slip")));
        Assert.Equal(["move-cost"], plan.Axes.Select(axis => axis.Key));
    }

    [Theory]
    [InlineData("solver: newton\n", "line 1: there is no 'game' key; allowed: game: NAME")]
    [InlineData("game: crowd-gird\n", "line 1, 'game': game 'crowd-gird': is no game of the catalogue")]
    [InlineData("game: crowd-gird\n", "(did you mean 'crowd-grid'?)")]
    [InlineData("game: two-bars\nsolver: newtn\n", "line 2, 'solver': found 'newtn'; allowed: mf-trpo,")]
    [InlineData("game: two-bars\nsolvers: newton\n", "line 2, 'solvers': there is no such key; allowed: game,")]
    [InlineData(
        "game: two-bars\nsolver: {a: b}\n",
        "line 2, 'solver': found a mapping (KEY: VALUE within a value); allowed: a name"
    )]
    [InlineData(
        "game: two-bars\noptions:\n  temperatur: 1\n",
        "line 3, 'temperatur': there is no such option of a solver in this sweep; allowed: temperature,"
    )]
    [InlineData(
        "game: two-bars\noptions:\n  newton.temperature: 1\n",
        "line 3, 'newton.temperature': there is no such option of a solver in this sweep"
    )]
    [InlineData(
        "game: crowd-grid\ngame-parameters:\n  slip:\n    - 0.1\n    - 2\n",
        "line 5, 'slip': found '2'; allowed: a finite number of at least 0 and at most 1"
    )]
    [InlineData("game: two-bars\noptions: [1]\n", "line 2, 'options': found a list; allowed: KEY: VALUE within")]
    [InlineData("game: two-bars\noptions: {tolerance: []}\n", "line 2, 'tolerance': found an empty list")]
    [InlineData(
        "game: two-bars\noptions: {tolerance: [[1]]}\n",
        "'tolerance': found a list; allowed: a value, or {from:"
    )]
    [InlineData("game: two-bars\nseeds: many\n", "line 2, 'seeds': found 'many'; allowed: how many (10)")]
    [InlineData("game: two-bars\nseeds: 0\n", "line 2, 'seeds': found '0'")]
    [InlineData("game: two-bars\nseeds: 9..1\n", "line 2, 'seeds': found '9..1'")]
    [InlineData("game: two-bars\noptions: {tolerance: {from: 1, to: 2}}\n", "'tolerance': a range without 'count'")]
    [InlineData("game: two-bars\noptions: {tolerance: {from: 1, count: 2}}\n", "'tolerance': a range without 'to'")]
    [InlineData(
        "game: two-bars\noptions: {tolerance: {from: a, to: 1, count: 2}}\n",
        "from is 'a'; allowed: from: a finite number"
    )]
    [InlineData(
        "game: two-bars\noptions: {tolerance: {from: 0, to: 1, count: 1}}\n",
        "count is '1'; allowed: count: a whole number from 2"
    )]
    [InlineData(
        "game: two-bars\noptions: {tolerance: {from: 0, to: 1, count: 2, scale: log}}\n",
        "from and to greater than 0"
    )]
    [InlineData(
        "game: two-bars\noptions: {tolerance: {from: 0, to: 1, count: 2, scale: lin}}\n",
        "scale is 'lin'; allowed: linear or log"
    )]
    [InlineData(
        "game: two-bars\noptions: {tolerance: {from: 0, to: 1, number: 2}}\n",
        "a range has no 'number'; allowed: from, to,"
    )]
    [InlineData(
        "game: two-bars\nzip:\n  options:\n    tolerance: [0, 1]\n    temperature: [1, 2, 3]\n",
        "line 5, 'temperature': found 3 values; allowed: 2, as many as 'tolerance' has"
    )]
    [InlineData(
        "game: two-bars\nsolver: newton\nzip: {solver: [newton, mf-trpo]}\n",
        "line 3, 'solver': it is given again, first in line 2; allowed: each once"
    )]
    [InlineData(
        "game: two-bars\ncells: [{game: crowd-grid}]\n",
        "line 2, 'game': it is given in line 1 as well; allowed: either there or in 'cells'"
    )]
    [InlineData("cells: [{game: two-bars}, {solver: newton}]\n", "line 1, 'cells': a combination without 'game'")]
    [InlineData(
        "game: two-bars\ncells: [{options: {tolerance: [1, 2]}}]\n",
        "'tolerance': found several values; allowed: one value"
    )]
    [InlineData("game: two-bars\ncells: {solver: newton}\n", "line 2, 'cells': found a mapping")]
    [InlineData("game: two-bars\nzip: [a]\n", "line 2, 'zip': found a list; allowed: lists of one length under game,")]
    [InlineData(
        "game: two-bars\nseeds: 100000\noptions: {tolerance: [1, 2]}\n",
        "found 200000 combinations; allowed: at most 100000"
    )]
    [InlineData("game: two-bars\noptions: &a {tolerance: 1}\n", "line 2, 'options': found the anchor '&a'")]
    [InlineData("game: two-bars\noptions: {tolerance: 1, tolerance: 2}\n", "'tolerance': the key is given again")]
    [InlineData("game: two-bars\noptions: {a: {b: {c: {d: {e: {f: {g: {h: {i: 1}}}}}}}}}\n", "line 2")]
    public void What_is_wrong_is_said_with_line_key_and_allowed_values(string text, string message)
    {
        var error = Assert.Throws<InputFileException>(() => Read(text));
        Assert.StartsWith(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_together()
    {
        var error = Assert.Throws<InputFileException>(() =>
            Read("game: crowd-grid\nsolver: newtn\ngame-parameters: {slip: 2}\n")
        );
        Assert.Contains("line 2, 'solver'", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 3, 'slip'", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Examples =>
        [
            .. Directory
                .EnumerateFiles(RepositoryRoot.Combine("examples"), "*-sweep.yaml")
                .Select(path => Path.GetFileName(path)),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_a_sweep(string name) =>
        Assert.InRange(SweepFile.Read(RepositoryRoot.Combine("examples/" + name)).Cells.Count, 2, 1000);

    private SweepPlan Read(string text) => SweepFile.Read(_folder.Write("sweep.yaml", text));
}
