using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Tests.Formats;
using MeanField.Parameters;

namespace MeanField.Experiments.Tests;

public sealed class GameSpecTests : IDisposable
{
    private const string Map = "type octile\nheight 2\nwidth 3\nmap\n.@.\n...\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_catalogue_name_gives_the_defaults()
    {
        var spec = GameSpec.Load("crowd-grid", []);
        Assert.Equal("0.1", spec.Values.Text("slip"));
        Assert.Equal(25, spec.Create().StateCount);
    }

    [Fact]
    public void A_map_implies_the_crowd_grid()
    {
        var game = (CrowdGrid)GameSpec.Load(_folder.Write("room.map", Map), []).Create();
        Assert.Equal(5, game.StateCount);
        Assert.Equal([new GridCell(1, 2)], game.Targets);
    }

    [Theory]
    [InlineData("room.MAP")]
    [InlineData("a room, with  odd (name) #1 - ö.map")]
    public void The_kind_of_file_is_told_by_its_ending(string name) =>
        Assert.Equal(5, GameSpec.Load(_folder.Write(name, Map), []).Create().StateCount);

    [Fact]
    public void Overrides_win_over_the_file_and_later_ones_over_earlier_ones()
    {
        var yaml = _folder.Write("office.yml", "game: crowd-grid\nslip: 0.3\ndiscount: 0.8\n");
        var spec = GameSpec.Load(yaml, [new("slip", "0.4"), new("slip", "0.5")]);
        Assert.Equal((0.5, 0.8), (spec.Values.Number("slip"), spec.Values.Number("discount")));

        var map = GameSpec.Load(_folder.Write("room.map", Map), [new("targets", "0,0")]);
        Assert.Equal([new GridCell(0, 0)], ((CrowdGrid)map.Create()).Targets);
    }

    [Fact]
    public void A_wrong_override_is_a_parameter_error()
    {
        var error = Assert.Throws<ParameterException>(() =>
            GameSpec.Load("crowd-grid", [new("slip", "2"), new("speed", "3")])
        );
        Assert.Contains("'slip' is '2'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'speed'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_together_leads_back_to_the_file()
    {
        var path = _folder.Write("office.yaml", "game: crowd-grid\ntargets: 99,99\n");
        var error = Assert.Throws<ParameterException>(() => GameSpec.Load(path, []).Create());
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains("99,99", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chess", "is no game of the catalogue, and a file of that name was not found; allowed: crowd-grid")]
    [InlineData(
        "chess",
        ", a game file (.yaml, .yml), a Moving AI map (.map), a road network (.tntp), a table of edges (.csv)"
    )]
    [InlineData("crowd-gird", "(did you mean 'crowd-grid'?)")]
    [InlineData("", "is no game of the catalogue")]
    [InlineData("no\nsuch", @"game 'no\u000Asuch': is no game")]
    [InlineData("none.yaml", "none.yaml: was not found; allowed: a file that exists")]
    [InlineData("none.map", "none.map: was not found; allowed: a file that exists")]
    [InlineData("/", "is a folder")]
    public void An_unknown_game_is_refused_with_what_there_is(string game, string message)
    {
        var error = Assert.Throws<InputFileException>(() => GameSpec.Load(game, []));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Folders_empty_files_and_unknown_kinds_are_told_apart()
    {
        Directory.CreateDirectory(_folder.PathOf("folder.yaml"));
        AssertRefused(_folder.PathOf("folder.yaml"), "is a folder; allowed: a file");
        AssertRefused(_folder.Write("empty.yaml", ""), "the file has no content");
        AssertRefused(_folder.Write("empty.map", ""), "the file is empty");
        AssertRefused(_folder.Write("office.txt", "game: crowd-grid"), "is a file of the unknown kind '.txt'");
    }

    // The oracle is the definition: SHA-256 identifies name and canonical values, and nothing else.
    [Fact]
    public void The_hash_depends_on_name_and_values_only()
    {
        var plain = GameSpec.Load("crowd-grid", []);
        Assert.Matches(new Regex("^[0-9a-f]{64}$"), plain.Hash);
        Assert.Equal(plain.Hash, GameSpec.Load("crowd-grid", [new("slip", "1e-1"), new("discount", "0.90")]).Hash);
        Assert.Equal(plain.Hash, GameSpec.Load(_folder.Write("a.yaml", "game: crowd-grid\nslip: 0.10\n"), []).Hash);
        Assert.NotEqual(plain.Hash, GameSpec.Load("crowd-grid", [new("slip", "0.2")]).Hash, StringComparer.Ordinal);
    }

    [Fact]
    public void Lists_that_join_to_the_same_text_have_different_hashes()
    {
        KeyValuePair<string, string>[] one = [new("a", "1\nb=1:2")];
        KeyValuePair<string, string>[] two = [new("a", "1"), new("b", "2")];
        Assert.NotEqual(GameSpec.HashOf("game", one), GameSpec.HashOf("game", two), StringComparer.Ordinal);
    }

    [Fact]
    public void A_catalogue_name_or_a_map_does_not_load_the_YAML_library()
    {
        var map = _folder.Write("room.map", Map);
        var context = new IsolatedLoadContext(typeof(GameSpec).Assembly.Location);
        var load = context
            .LoadFromAssemblyPath(typeof(GameSpec).Assembly.Location)
            .GetType(typeof(GameSpec).FullName!)!
            .GetMethod(nameof(GameSpec.Load))!;
        KeyValuePair<string, string>[] overrides = [];

        load.Invoke(null, ["crowd-grid", overrides]);
        load.Invoke(null, [map, overrides]);
        Assert.DoesNotContain(context.Assemblies, IsYaml);

        load.Invoke(null, [_folder.Write("a.yaml", "game: crowd-grid\n"), overrides]);
        Assert.Contains(context.Assemblies, IsYaml);
        context.Unload();
    }

    private static bool IsYaml(Assembly assembly) => assembly.GetName().Name == "YamlDotNet";

    private static void AssertRefused(string game, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<InputFileException>(() => GameSpec.Load(game, [])).Message,
            StringComparison.Ordinal
        );

    /// <summary>Loads the project and its packages anew, apart from those the other tests have loaded.</summary>
    private sealed class IsolatedLoadContext(string path) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = Path.Combine(Path.GetDirectoryName(path)!, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
