using System.Text.Json;
using MeanField.Experiments.Tests.Formats;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Cli;

public sealed class NetworkSolveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string RunPath => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_road_network_is_solved_certified_and_tabled()
    {
        var run = CommandRun.Of("solve", RepositoryRoot.Combine("examples/ring-road.tntp"), "--out", RunPath);

        Assert.Equal(0, run.Code);
        var lines = run.Out.ReplaceLineEndings("\n").Split('\n');
        var table = lines
            .SkipWhile(line => !line.EndsWith("  Node", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line.Length > 0)
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        Assert.Equal(12, table.Length);
        Assert.Equal("7 (target)", table[0][2]);
        Assert.Equal(0, CommandRun.Of("certify", RunPath).Code);
    }

    // The file of the network is gone when the run is certified and reported again.
    [Fact]
    public void A_run_needs_no_network_file_any_more()
    {
        var file = _folder.Write("ways.csv", "from,to,cost\na,b,1\nb,a,1\nb,c,2\nc,a,1\n");
        Assert.Equal(0, CommandRun.Of("solve", file, "--out", RunPath).Code);
        File.Delete(file);

        Assert.Equal(0, CommandRun.Of("certify", RunPath).Code);
        Assert.Equal(0, CommandRun.Of("report", RunPath).Code);
        Assert.Equal(
            "state,name,actions\n0,a,stay to-b\n1,b,stay to-a to-c\n2,c,stay to-a\n",
            File.ReadAllText(Path.Combine(RunPath, "states.csv"))
        );
    }

    [Fact]
    public void Sioux_Falls_is_solved_in_under_a_second()
    {
        var run = CommandRun.Of("solve", TntpNetworkTests.Published("SiouxFalls_net.tntp"), "--out", RunPath, "--json");

        Assert.Equal(0, run.Code);
        using var json = JsonDocument.Parse(run.Out);
        var root = json.RootElement;
        Assert.Equal(24, root.GetProperty("game").GetProperty("states").GetInt32());
        Assert.Equal(100, root.GetProperty("game").GetProperty("pairs").GetInt32());
        Assert.InRange(
            root.GetProperty("solveSeconds").GetDouble() + root.GetProperty("certifySeconds").GetDouble(),
            0,
            1
        );
    }
}
