using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Tests.Architecture;

namespace MeanField.Experiments.Tests.Formats;

public sealed class TntpNetworkTests : IDisposable
{
    private const string Head =
        "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 5\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> 3\n<ORIGINAL HEADER>~ x ;\n<END OF METADATA>\n\n\n~ \tinit_node ;\n";

    private const string Small =
        Head
        + "\t3\t1\t10\t1\t2.50\t0.15\t4\t0\t0\t1\t;\n\t1\t5\t20\t1\t0\t0.15\t4\t0\t0\t1;\n\t3\t5\t30\t1\t7\t0.15\t4\t0\t0\t1\t;\n";

    // 3 has no link that ends there and two that begin: 10 + 30. 1 gets 10, 5 gets 20 + 30. Numbers 2 and 4 have no link.
    private const string SmallText = "node,capacity;1,10;3,40;5,50;from,to,cost;3,1,2.5;1,5,0;3,5,7";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Links_are_edges_with_free_flow_times_and_nodes_are_in_the_order_of_their_numbers() =>
        Assert.Equal(SmallText, Text(Small));

    [Fact]
    public void Line_ends_comments_and_the_case_of_keys_do_not_matter()
    {
        Assert.Equal(SmallText, Text(Small.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(SmallText, Text(Small.TrimEnd()));
        Assert.Equal(SmallText, Text("\uFEFF" + Small));
        Assert.Equal(SmallText, Text(Small + "\n~ the end\n\n"));
        Assert.Equal(SmallText, Text(Small.Replace("\t", "  ", StringComparison.Ordinal)));
        Assert.Equal(
            SmallText,
            Text(Small.Replace("<END OF METADATA>", "<end of metadata> ~ x", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(
        "<END OF METADATA>",
        "<END>",
        ": there is no line '<END OF METADATA>'; allowed: a network in TNTP format"
    )]
    [InlineData(
        "<NUMBER OF NODES> 5",
        "",
        ": there is no line '<NUMBER OF NODES> N'; allowed: one before '<END OF METADATA>'"
    )]
    [InlineData(
        "<NUMBER OF LINKS> 3",
        "",
        ": there is no line '<NUMBER OF LINKS> N'; allowed: one before '<END OF METADATA>'"
    )]
    [InlineData(
        "NODES> 5",
        "NODES> many",
        ", line 2, '<NUMBER OF NODES>': found 'many'; allowed: a whole number from 1 to 1000000"
    )]
    [InlineData("NODES> 5", "NODES>", ", line 2, '<NUMBER OF NODES>': found ''; allowed: a whole number")]
    [InlineData("NODES> 5", "NODES> -5", ", line 2, '<NUMBER OF NODES>': found '-5'; allowed: a whole number")]
    [InlineData(
        "NODES> 5",
        "NODES> 99999999999",
        ", line 2, '<NUMBER OF NODES>': found '99999999999'; allowed: a whole number from 1 to 1000000"
    )]
    [InlineData("NODES> 5", "NODES> 4", ", line 11: found the node '5'; allowed: 1 to 4, as line 2 says")]
    [InlineData("LINKS> 3", "LINKS> 4", ", line 4: found 3 links; allowed: 4, as line 4 says")]
    [InlineData("\t3\t1\t10\t", "\t3\t0\t10\t", ", line 10: found the node '0'; allowed: 1 to 5, as line 2 says")]
    [InlineData("\t3\t1\t10\t", "\t3\tx\t10\t", ", line 10: found the node 'x'; allowed: 1 to 5, as line 2 says")]
    [InlineData(
        "\t3\t1\t10\t",
        "\t3\t3\t10\t",
        ", line 10: the edge from '3' ends where it begins; allowed: edges between two nodes"
    )]
    [InlineData(
        "\t3\t1\t10\t",
        "\t3\t5\t10\t",
        ", line 12: the edge from '3' to '5' is there again, first in line 10; allowed: one edge"
    )]
    [InlineData("\t10\t", "\t-10\t", ", line 10: capacity is '-10'; allowed: a number greater than 0 and at most 1e15")]
    [InlineData("\t10\t", "\t0\t", ", line 10: capacity is '0'; allowed: a number greater than 0")]
    [InlineData("\t10\t", "\twide\t", ", line 10: capacity is 'wide'; allowed: a number greater than 0")]
    [InlineData(
        "2.50",
        "-2.5",
        ", line 10: free-flow time is '-2.5'; allowed: a number of at least 0 and at most 1e15"
    )]
    [InlineData("2.50", "NaN", ", line 10: free-flow time is 'NaN'; allowed: a number of at least 0")]
    [InlineData(
        "\t2.50\t",
        "\t",
        ", line 10: found 9 numbers; allowed: 10: from, to, capacity, length, free-flow time"
    )]
    [InlineData("~ \tinit_node ;", "from to", ", line 9: found 2 numbers; allowed: 10: from, to")]
    public void What_is_wrong_is_said_with_file_line_found_and_allowed(string part, string other, string message)
    {
        Assert.Contains(part, Small, StringComparison.Ordinal);
        var at = Small.IndexOf(part, StringComparison.Ordinal);
        AssertRefused(Small[..at] + other + Small[(at + part.Length)..], message);
    }

    [Theory]
    [InlineData("", ": there is no line '<END OF METADATA>'; allowed: a network in TNTP format")]
    [InlineData(
        "<NUMBER OF NODES> 2\n<NUMBER OF LINKS> 1\n<END OF METADATA>\n",
        ", line 2: found 0 links; allowed: 1, as line 2 says"
    )]
    public void A_file_without_links_is_refused(string text, string message) => AssertRefused(text, message);

    [Fact]
    public void A_huge_declared_size_costs_no_memory()
    {
        var path = _folder.Write(
            "huge.tntp",
            "<NUMBER OF NODES> 1000000\n<NUMBER OF LINKS> 1000000\n<END OF METADATA>\n"
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InputFileException>(() => TntpNetwork.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void An_endless_file_is_read_only_up_to_the_limit()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero");
        Assert.Contains(
            "has more than 33554432 bytes",
            Assert.Throws<InputFileException>(() => TntpNetwork.Read("/dev/zero")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_damaged_file_reads_or_gives_a_clear_error()
    {
        var bytes = Encoding.ASCII.GetBytes(Small);
        var random = new Random(7);
        for (var i = 0; i < 1000; i++)
        {
            var damaged = bytes[..random.Next(1, bytes.Length + 1)];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(TntpNetwork.Read(_folder.Write("damaged.tntp", damaged)));
            }
            catch (InputFileException e)
            {
                Assert.Contains("; allowed: ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        }
    }

    [Fact]
    public void The_example_has_the_links_that_its_head_declares()
    {
        var network = Network(RepositoryRoot.Combine("examples/ring-road.tntp"));
        Assert.Equal((13, 36), (network.Nodes.Count, network.Edges.Count));
        // The centre: four links of capacity 900 end there.
        Assert.Equal(3600, network.Nodes.Single(node => node.Name == "13").Capacity);
    }

    // LeBlanc, Morlok, Pierskalla, Transportation Research 9 (1975): 24 nodes, 76 links, every street both ways with one time.
    [Fact]
    public void Sioux_Falls_has_24_junctions_and_76_links()
    {
        var network = Network(Published("SiouxFalls_net.tntp"));
        Assert.Equal((24, 76), (network.Nodes.Count, network.Edges.Count));
        Assert.Equal(Enumerable.Range(1, 24).Select(i => $"{i}"), network.Nodes.Select(node => node.Name));
        var times = network.Edges.ToDictionary(edge => (edge.From.Name, edge.To.Name), edge => edge.Cost);
        Assert.All(network.Edges, edge => Assert.Equal(edge.Cost, times[(edge.To.Name, edge.From.Name)]));
        Assert.Equal(10, times[("8", "9")]);
        // Links 2 to 1 and 3 to 1.
        Assert.Equal(25900.20064 + 23403.47319, network.Nodes[0].Capacity, 1e-9);
    }

    [Fact]
    public void Braess_has_4_junctions_and_5_links()
    {
        var network = Network(Published("Braess_net.tntp"));
        Assert.Equal((4, 5), (network.Nodes.Count, network.Edges.Count));
        Assert.Equal("1>3 1>4 3>2 3>4 4>2", string.Join(' ', network.Edges.Select(edge => $"{edge.From}>{edge.To}")));
        // Nothing ends in 1: what begins there counts.
        Assert.Equal([2, 2, 1, 2], network.Nodes.Select(node => node.Capacity));
    }

    // The published files are not part of this repository.
    internal static string Published(string name)
    {
        var folder = Environment.GetEnvironmentVariable("MEANFIELD_NETWORKS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "MEANFIELD_NETWORKS names no folder with published networks");
        var path = Path.Combine(folder!, name);
        Assert.SkipUnless(File.Exists(path), $"there is no {path}");
        return path;
    }

    private static GraphNetwork Network(string path) => GraphNetwork.Parse(TntpNetwork.Read(path).Single().Value);

    private void AssertRefused(string text, string message)
    {
        var path = _folder.Write("broken.tntp", text);
        var error = Assert.Throws<InputFileException>(() => TntpNetwork.Read(path));
        Assert.StartsWith(path + message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private string Text(string text)
    {
        var parameter = TntpNetwork.Read(_folder.Write("small.tntp", text)).Single();
        Assert.Equal("network", parameter.Key);
        return parameter.Value;
    }
}
