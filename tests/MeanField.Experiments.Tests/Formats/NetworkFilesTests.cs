using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Parameters;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Formats;

/// <summary>Networks as .csv files, and in game files.</summary>
public sealed class NetworkFilesTests : IDisposable
{
    private const string Csv = "# ways\nfrom,to,cost\na,b,2.0\nb,a,1\n";
    private const string CsvText = "node,capacity;a,1;b,1;from,to,cost;a,b,2;b,a,1";
    private const string Tntp = "<NUMBER OF NODES> 2\n<NUMBER OF LINKS> 1\n<END OF METADATA>\n 1 2 5 1 3 0 0 0 0 1 ;\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_of_edges_is_read_in_one_recorded_form()
    {
        var parameter = NetworkTables.Read(_folder.Write("ways.csv", Csv)).Single();
        Assert.Equal(("network", CsvText), (parameter.Key, parameter.Value));
    }

    [Theory]
    [InlineData(
        "from,to\na,b\nb,b\n",
        "line 3: the edge from 'b' ends where it begins; allowed: edges between two nodes"
    )]
    [InlineData("a,b\n", "line 1: found 'a,b' above any header; allowed: 'from,to'")]
    public void What_is_wrong_is_said_with_file_and_line(string text, string message)
    {
        var path = _folder.Write("broken.csv", text);
        var error = Assert.Throws<InputFileException>(() => NetworkTables.Read(path));
        Assert.StartsWith($"{path}, {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_missing_files_are_told_apart()
    {
        Assert.Contains(
            "line 2: bytes that are not UTF-8 text",
            Refused(_folder.Write("bytes.csv", [.. "from,to\n"u8, 0xFF, 0xFE])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "was not found; allowed: a file that exists",
            Refused(_folder.PathOf("none.csv")),
            StringComparison.Ordinal
        );

        static string Refused(string path) => Assert.Throws<InputFileException>(() => NetworkTables.Read(path)).Message;
    }

    [Theory]
    [InlineData("ways.csv", Csv, 2)]
    [InlineData("ways.CSV", Csv, 2)]
    [InlineData("roads.tntp", Tntp, 2)]
    public void A_network_file_implies_the_crowd_graph(string name, string text, int states)
    {
        var spec = GameSpec.Load(_folder.Write(name, text), [new("slip", "0.25")]);
        var game = Assert.IsType<CrowdGraph>(spec.Create());
        Assert.Equal((states, 0.25), (game.StateCount, spec.Values.Number("slip")));
    }

    [Fact]
    public void One_network_has_one_hash_however_it_was_written_down()
    {
        var hashes = new[]
        {
            GameSpec.Load(_folder.Write("ways.csv", Csv), []).Hash,
            GameSpec.Load("crowd-graph", [new("network", CsvText)]).Hash,
            Load("game: crowd-graph\nnetwork: |\n  from,to,cost\n  a,b,2\n  b,a,1\n").Hash,
            Load("game: crowd-graph\nnetwork: from,to,cost;a,b,2;b,a,1\n").Hash,
            Load("game: crowd-graph\nmap: ways.csv\n").Hash,
        };
        Assert.Single(hashes.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void A_game_file_may_name_a_network_and_its_targets()
    {
        _folder.Write("roads.tntp", Tntp);
        var game = (CrowdGraph)Load("game: crowd-graph\nmap: roads.tntp\ntargets: [\"2\"]\n").Create();
        Assert.Equal(["2"], game.Targets.Select(target => target.Name));
        Assert.Equal(25, Load("game: crowd-graph\nnetwork: grid\n").Create().StateCount);
    }

    [Theory]
    [InlineData(
        "game: crowd-graph\nmap: roads.map\n",
        "line 2, 'map': found 'roads.map'; allowed: the name of a .tntp or .csv file"
    )]
    [InlineData(
        "game: crowd-graph\nmap: roads\n",
        "line 2, 'map': found 'roads'; allowed: the name of a .tntp or .csv file"
    )]
    [InlineData(
        "game: crowd-graph\nmap: [a.csv]\n",
        "line 2, 'map': found a list; allowed: the name of one .tntp or .csv file"
    )]
    [InlineData(
        "game: crowd-graph\nnetwork: grid\nmap: a.csv\n",
        "line 3, 'map': there is also a 'network' in line 2; allowed: 'map' or 'network', not both"
    )]
    [InlineData(
        "game: crowd-graph\nnetwork: |\n  from,to\n  a,a\n",
        "line 2, 'network': network, line 2: the edge from 'a' ends where it begins"
    )]
    [InlineData(
        "game: crowd-graph\nnetwork:\n  from,to\n  a,b\n",
        "line 2, 'network': found rows without a '|'; allowed: 'network: |' and the rows below it"
    )]
    [InlineData(
        "game: crowd-graph\ntargets: []\n",
        "line 2, 'targets': found an empty list; allowed: at least one target"
    )]
    [InlineData("game: crowd-graph\nlayout: ..P\n", "line 2, 'layout': there is no such key; allowed: network, nodes")]
    public void What_is_wrong_in_a_game_file_is_said_with_line_and_key(string text, string message)
    {
        var error = Assert.Throws<InputFileException>(() => Load(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_together_leads_back_to_the_file()
    {
        var path = _folder.Write("roads.tntp", Tntp);
        var error = Assert.Throws<ParameterException>(() => GameSpec.Load(path, [new("targets", "1")]).Create());
        Assert.StartsWith(
            path + ": crowd-graph: no target (1) can be reached from 1 of 2 nodes (2); allowed: ",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_example_has_its_coordinates_and_both_targets()
    {
        var game = (CrowdGraph)GameSpec.Load(RepositoryRoot.Combine("examples/festival.yaml"), []).Create();
        Assert.Equal((12, 40), (game.Network.Nodes.Count, game.Network.Edges.Count));
        Assert.True(game.Network.HasCoordinates);
        Assert.Equal(["main-stage", "tent"], game.Targets.Select(target => target.Name));
        Assert.All(
            game.Network.Edges,
            edge => Assert.Contains(edge.To.Edges, back => back.To == edge.From && back.Cost.Equals(edge.Cost))
        );
    }

    private GameSpec Load(string yaml) => GameSpec.Load(_folder.Write("game.yaml", yaml), []);
}
