using System.Text.Json;
using MeanField.Catalogue;
using MeanField.Cli;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Cli;

public class HelpTests
{
    public static TheoryData<string> Commands { get; } =
    ["", "games", "solvers", "solve", "compare", "sweep", "doctor", "certify", "report"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_fits_80_columns_and_has_examples_that_are_valid_commands(string command)
    {
        var run = CommandRun.Of([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = run.Out.ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        var examples = lines
            .SkipWhile(line => line != "Examples:")
            .Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, AssertIsValid);
    }

    [Fact]
    public void Help_of_the_whole_names_every_command()
    {
        var help = CommandRun.Of("--help").Out;

        Assert.All(
            Commands.Select(row => row.Data),
            command => Assert.Contains(command, help, StringComparison.Ordinal)
        );
        Assert.Contains("meanfield [command]", help, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_that_of_the_assembly()
    {
        var run = CommandRun.Of("--version");

        var version = typeof(Program).Assembly.GetName().Version!;
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith(version.ToString(3), run.Out.Trim(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("games")]
    [InlineData("solvers")]
    public void A_listing_shows_every_parameter_with_default_range_and_meaning_in_80_columns(string command)
    {
        var run = CommandRun.Of(command);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 80));
        var words = Words(run.Out);
        foreach (var (name, summary, source, parameters) in Catalogue(command))
        {
            Assert.All([name, summary, source], text => Assert.Contains(Words(text), words, StringComparison.Ordinal));
            Assert.All(
                parameters,
                parameter =>
                    Assert.Contains(
                        Words(
                            $"{parameter.Name} {parameter.Summary} Default {parameter.Default}; {parameter.Allowed}."
                        ),
                        words,
                        StringComparison.Ordinal
                    )
            );
        }
    }

    [Theory]
    [InlineData("games", "parameters")]
    [InlineData("solvers", "options")]
    public void A_listing_in_json_says_the_same(string command, string parameters)
    {
        var run = CommandRun.Of(command, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        using var json = JsonDocument.Parse(run.Out);
        var expected = Catalogue(command).ToList();
        var entries = json.RootElement.EnumerateArray().ToList();
        Assert.Equal(
            expected.Select(entry => (entry.Name, entry.Summary, entry.Source)),
            entries.Select(entry => (Text(entry, "name"), Text(entry, "summary"), Text(entry, "source")))
        );
        Assert.Equal(
            expected.SelectMany(entry => entry.Parameters).Select(p => (p.Name, p.Default, p.Allowed, p.Summary)),
            entries
                .SelectMany(entry => entry.GetProperty(parameters).EnumerateArray())
                .Select(p => (Text(p, "name"), (string?)Text(p, "default"), Text(p, "allowed"), Text(p, "summary")))
        );
    }

    [Fact]
    public void Ranges_and_choices_are_in_json()
    {
        using var json = JsonDocument.Parse(CommandRun.Of("games", "--json").Out);
        var parameters = json.RootElement[0]
            .GetProperty("parameters")
            .EnumerateArray()
            .ToDictionary(p => Text(p, "name"), StringComparer.Ordinal);

        var discount = parameters["discount"];
        Assert.Equal(
            (0.0, true, 1.0, true),
            (
                discount.GetProperty("minimum").GetDouble(),
                discount.GetProperty("minimumExcluded").GetBoolean(),
                discount.GetProperty("maximum").GetDouble(),
                discount.GetProperty("maximumExcluded").GetBoolean()
            )
        );
        Assert.Equal(1e9, parameters["congestion"].GetProperty("maximum").GetDouble());
        Assert.Equal("4 8", string.Join(' ', parameters["moves"].GetProperty("choices").EnumerateArray()));
        Assert.False(discount.TryGetProperty("choices", out _));
    }

    [Fact]
    public void Words_that_a_number_may_be_are_in_json()
    {
        using var json = JsonDocument.Parse(CommandRun.Of("solvers", "--json").Out);
        var steps = json.RootElement[0]
            .GetProperty("options")
            .EnumerateArray()
            .Single(option => Text(option, "name") == "transition-steps");
        var words = steps.GetProperty("choices").EnumerateArray().Select(word => word.GetString());
        Assert.Contains("stationary", words);
    }

    private static IEnumerable<(
        string Name,
        string Summary,
        string Source,
        IReadOnlyList<ParameterDescription> Parameters
    )> Catalogue(string command) =>
        command == "games"
            ? GameCatalogue.All.Select(game => (game.Name, game.Summary, game.Source, game.Parameters))
            : SolverCatalogue.All.Select(solver => (solver.Name, solver.Summary, solver.Source, solver.Options));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // What follows two spaces, a pipe or a redirection is not part of the command.
    private static void AssertIsValid(string example)
    {
        var command = example.Trim().Split("  ")[0].Split('>')[0].Trim();
        var arguments = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("meanfield", arguments[0]);
        var parsed = CommandLine.Parse(arguments[1..], new CommandConsole(TextWriter.Null, TextWriter.Null));
        Assert.Null(UsageError.Find(parsed));
        foreach (
            var (option, definitions) in new[]
            {
                ("--game", CrowdGrid.Definition.Parameters),
                ("--set", MfTrpoOptions.Descriptions),
            }
        )
        {
            var given = arguments.Where((_, at) => at > 0 && arguments[at - 1] == option).ToArray();
            Assert.NotNull(ParameterValues.Create(option, definitions, ArgumentText.KeysAndValues(option, given)));
        }
    }
}
