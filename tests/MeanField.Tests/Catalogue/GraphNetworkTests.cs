using MeanField.Catalogue;
using MeanField.Parameters;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

public class GraphNetworkTests
{
    private const string Header =
        "'from,to' and, if wanted, 'cost', 'capacity'; or, for a table of nodes, 'node' and, if wanted, 'capacity', 'x', 'y'";

    [Theory]
    [InlineData("from,to,cost\na,b,2\nb,a,1\n")]
    [InlineData("from,to,cost;a,b,2;b,a,1")]
    [InlineData("from,to,cost\r\na,b,2\r\nb,a,1\r\n")]
    [InlineData("# a comment\n\n  from , to , cost \n a,b , 2\n# another, one\nb,a,1e0")]
    [InlineData("\"from\",\"to\",\"cost\"\n\"a\",\"b\",2\n\"b\",\"a\",\"1\"\n")]
    [InlineData("node\na\nb\nfrom,to,cost\na,b,2\nb,a,1\n")]
    [InlineData("node,capacity\na,1\nb,1.0\nfrom,to,cost\na,b,2.0\nb,a,1\n")]
    public void A_network_reads_the_same_however_it_is_written(string text)
    {
        var network = GraphNetwork.Parse(text);
        Assert.Equal("node,capacity;a,1;b,1;from,to,cost;a,b,2;b,a,1", network.ToText());
        Assert.Equal(network.ToText(), GraphNetwork.Parse(network.ToText()).ToText());
    }

    [Fact]
    public void Nodes_and_edges_are_in_the_order_of_the_text()
    {
        var network = GraphNetwork.Parse("from,to\nc,b\nc,a\nb,c");
        Assert.Equal("c b a", string.Join(' ', network.Nodes));
        Assert.Equal([0, 1, 2], network.Nodes.Select(node => node.Index));
        Assert.Equal("to-b to-a to-c", string.Join(' ', network.Edges));
        Assert.Equal("to-b to-a", string.Join(' ', network.Nodes[0].Edges));
        Assert.Empty(network.Nodes[2].Edges);
        Assert.All(network.Edges, edge => Assert.Equal(1, edge.Cost));
    }

    [Fact]
    public void Coordinates_belong_to_all_nodes_or_to_none()
    {
        var network = GraphNetwork.Parse("node,x,y;a,0,-1.5;b,2,1e2;from,to;a,b");
        Assert.True(network.HasCoordinates);
        Assert.Equal([(0, -1.5), (2, 100)], network.Nodes.Select(node => (node.X!.Value, node.Y!.Value)));
        Assert.Equal("node,capacity,x,y;a,1,0,-1.5;b,1,2,100;from,to,cost;a,b,1", network.ToText());
        Assert.Equal(network.ToText(), GraphNetwork.Parse("node,x,y;a,-0,-1.5;b,2,100;from,to;a,b").ToText());
        Assert.False(GraphNetwork.Parse("from,to;a,b").HasCoordinates);
    }

    // a has no edge that ends there and two that begin: 3 + 4. b gets 3, c gets 4 + 5.
    [Fact]
    public void A_capacity_is_that_of_the_edges_that_end_there_or_else_begin_there() =>
        Assert.Equal(
            [7, 3, 9],
            GraphNetwork.Parse("from,to,capacity;a,b,3;a,c,4;b,c,5").Nodes.Select(node => node.Capacity)
        );

    [Theory]
    [InlineData("a,b,2", "line 1: found 'a,b,2' above any header; allowed: " + Header)]
    [InlineData("from;to;cost\na;b;1", "line 1: found 'from;to;cost' above any header; allowed: " + Header)]
    [InlineData("from,to,price\na,b,2", "line 1: found the header 'from,to,price'; allowed: " + Header)]
    [InlineData("from,cost\na,2", "line 1: found the header 'from,cost'; allowed: " + Header)]
    [InlineData("from\na", "line 1: found the header 'from'; allowed: " + Header)]
    [InlineData("from,to,cost,cost\na,b,1,1", "line 1: found the header 'from,to,cost,cost'; allowed: " + Header)]
    [InlineData("node,x\na,1", "line 1: found the header 'node,x'; allowed: " + Header)]
    [InlineData(
        "from,to\na,b\nnode\na",
        "line 3: a second table begins with 'node'; allowed: one table of edges, and at most one of nodes before it"
    )]
    [InlineData(
        "node\na\nnode,capacity\nb,1",
        "line 3: a second table begins with 'node,capacity'; allowed: one table of edges, and at most one of nodes before it"
    )]
    [InlineData(
        "node,capacity\na,1\nb,1\nfrom,to,capacity\na,b,1",
        "line 4: edges have capacities, and so have nodes; allowed: capacities in one of the tables"
    )]
    [InlineData("from,to,cost\na,b", "line 2: found 2 fields; allowed: 3: from,to,cost")]
    [InlineData("from,to\na,b,1", "line 2: found 3 fields; allowed: 2: from,to")]
    [InlineData("node\na\nb\nfrom,to\na,c", "line 5: there is no node 'c'; allowed: nodes of the table above")]
    [InlineData(
        "node\na\nb\na\nfrom,to\na,b",
        "line 4: node 'a' is listed again, first in line 2; allowed: each node once"
    )]
    [InlineData("node\na\nb\nc\nfrom,to\na,b", "line 4: node 'c' has no edge; allowed: nodes with at least one edge")]
    [InlineData(
        "from,to\na,b\nb,a\na,b",
        "line 4: the edge from 'a' to 'b' is there again, first in line 2; allowed: one edge from a node to another"
    )]
    [InlineData("# ways\n\nfrom,to\n\r\na,a", "line 5: the edge from 'a' ends where it begins")]
    [InlineData("from,to\na,a", "line 2: the edge from 'a' ends where it begins; allowed: edges between two nodes")]
    [InlineData("from,to,cost\na,b,-1", "line 2: cost is '-1'; allowed: a number of at least 0 and at most 1e15")]
    [InlineData("from,to,cost\na,b,much", "line 2: cost is 'much'; allowed: a number of at least 0")]
    [InlineData("from,to,cost\na,b,", "line 2: cost is ''; allowed: a number of at least 0")]
    [InlineData("from,to,cost\na,b,NaN", "line 2: cost is 'NaN'; allowed: a number of at least 0")]
    [InlineData("from,to,cost\na,b,1e16", "line 2: cost is '1e16'; allowed: a number of at least 0")]
    [InlineData("from,to,cost\na,b,Infinity", "line 2: cost is 'Infinity'; allowed: a number of at least 0")]
    [InlineData(
        "from,to,capacity\na,b,0",
        "line 2: capacity is '0'; allowed: a number greater than 0 and at most 1e15"
    )]
    [InlineData("from,to,capacity\na,b,-3", "line 2: capacity is '-3'; allowed: a number greater than 0")]
    [InlineData("node,capacity\na,-3\nb,1\nfrom,to\na,b", "line 2: capacity is '-3'; allowed: a number greater than 0")]
    [InlineData("node,x,y\na,east,1\nb,1,1\nfrom,to\na,b", "line 2: x is 'east'; allowed: a number from -1e15 to 1e15")]
    [InlineData("from,to\na,", "line 2: the name '' of a node; allowed: 1 to 40 letters, digits and _-.:/+()'")]
    [InlineData("from,to\na,b c", "line 2: the name 'b c' of a node; allowed: 1 to 40 letters")]
    [InlineData("from,to\na,<b>", "line 2: the name '<b>' of a node; allowed: 1 to 40 letters")]
    [InlineData("from,to\na,b\u0007", @"line 2: the name 'b\u0007' of a node; allowed: 1 to 40 letters")]
    [InlineData("", "there is no table of edges; allowed: one, whose header is 'from,to'")]
    [InlineData("# nothing\n", "there is no table of edges; allowed: one, whose header is 'from,to'")]
    [InlineData("node\na\nb", "there is no table of edges; allowed: one, whose header is 'from,to'")]
    [InlineData("from,to\n", "there is no edge; allowed: at least one")]
    public void What_is_wrong_is_said_with_line_found_and_allowed(string text, string message)
    {
        var error = Assert.Throws<ParameterException>(() => GraphNetwork.Parse(text, "roads.csv"));
        Assert.StartsWith(
            message.StartsWith("line", StringComparison.Ordinal) ? "roads.csv, " + message : "roads.csv: " + message,
            error.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_name_too_long_is_shown_in_part()
    {
        var error = Assert.Throws<ParameterException>(() => GraphNetwork.Parse($"from,to\na,{new string('b', 5000)}"));
        Assert.Contains("bbb...'", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 300);
    }

    [Fact]
    public void More_nodes_than_a_million_are_refused_at_their_line()
    {
        var builder = new GraphNetworkBuilder("source");
        for (var i = 1; i <= 1_000_000; i++)
        {
            builder.AddNode(i, $"{i}");
        }

        Assert.Equal(
            "source, line 7: one node more than 1000000; allowed: at most 1000000",
            Assert.Throws<ParameterException>(() => builder.AddNode(7, "x")).Message
        );
    }

    [Fact]
    public void Random_damage_never_gives_anything_but_a_network_or_a_clear_error()
    {
        const string Text = "# c\nnode,capacity,x,y\na,1,0,0\nb,2,1,0\nc,3,1,1\nfrom,to,cost\na,b,1\nb,c,2\nc,a,3.5\n";
        const string Alphabet = "\n\r\t ,;:-#'\"abcx0123.eE\\\u0000\u0085\uFEFF\u2028\uD800";
        var random = new Random(42);
        for (var i = 0; i < 5000; i++)
        {
            var damaged = new System.Text.StringBuilder(Text);
            for (var edit = random.Next(1, 4); edit > 0; edit--)
            {
                var character = Alphabet[random.Next(Alphabet.Length)];
                var position = random.Next(damaged.Length);
                _ =
                    random.Next(2) == 0
                        ? damaged.Insert(position, character)
                        : damaged.Replace(damaged[position], character, position, 1);
            }

            try
            {
                var network = GraphNetwork.Parse(damaged.ToString());
                Assert.Equal(network.ToText(), GraphNetwork.Parse(network.ToText()).ToText());
            }
            catch (ParameterException e)
            {
                Assert.Contains("; allowed: ", e.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(e.Message, char.IsControl);
            }
        }
    }

    // Braess's network as published: four junctions, five roads, one way to spend 10 in the middle.
    [Fact]
    public void The_network_of_Braess_has_three_ways_from_1_to_2()
    {
        var network = GraphNetwork.Parse(Networks.Braess);
        Assert.Equal((4, 5), (network.Nodes.Count, network.Edges.Count));
        var start = network.Nodes.Single(node => node.Name == "1");
        Assert.Equal([10, 50, 50], Ways(start).Order());

        static IEnumerable<double> Ways(GraphNode node) =>
            node.Name == "2" ? [0] : node.Edges.SelectMany(edge => Ways(edge.To).Select(cost => cost + edge.Cost));
    }
}
