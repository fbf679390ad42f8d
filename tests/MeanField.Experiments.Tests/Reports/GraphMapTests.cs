using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>What the report of a crowd graph draws, read back from the page.</summary>
public class GraphMapTests
{
    // Capacities 1, 2, 3; a square corner of ways, one of them one-way.
    private const string Corner = "node,capacity,x,y;a,1,0,0;b,2,10,0;c,3,10,20;from,to;a,b;b,a;b,c;c,b;c,a";

    // From a (share 1/6): 0.8 π + 0.2/2 on each action; π = 1/2 gives 1/2 to b. From b (share 2/6) a third to each of a and c; from c (share 3/6) the same.
    [Fact]
    public void A_flow_is_the_share_times_the_chance_of_taking_the_edge()
    {
        var run = GraphSample.Run(Corner, ("slip", "0.2"));
        var flows = GraphFlows.Compute(GraphSample.Graph(Corner, ("slip", "0.2")), run.Policy, run.MeanField);
        Assert.Equal([1 / 12.0, 1 / 9.0, 1 / 9.0, 1 / 6.0, 1 / 6.0], flows, (x, y) => Math.Abs(x - y) < 1e-15);

        // Always the first edge of a: 0.8 + 0.2/2 of 1/6.
        double[] sure = [0, 1, .. run.Policy[2..]];
        Assert.Equal(
            0.9 / 6,
            GraphFlows.Compute(GraphSample.Graph(Corner, ("slip", "0.2")), sure, run.MeanField)[0],
            1e-15
        );
    }

    [Fact]
    public void The_area_of_a_node_is_its_share_and_its_place_that_of_the_file()
    {
        var circles = Nodes(GraphSample.Run(Corner));
        Assert.Equal(3, circles.Length);
        Assert.Equal(2, Math.Pow(circles[1].Radius / circles[0].Radius, 2), 0.01);
        Assert.Equal(3, Math.Pow(circles[2].Radius / circles[0].Radius, 2), 0.01);
        Assert.True(circles[0].X < circles[1].X && Math.Abs(circles[1].X - circles[2].X) < 0.02);
        Assert.True(circles[2].Y < circles[0].Y && Math.Abs(circles[1].Y - circles[0].Y) < 0.02);
        Assert.Equal(2, (circles[1].Y - circles[2].Y) / (circles[1].X - circles[0].X), 0.01);
    }

    // Shares 1/6, 2/6, 3/6 over capacities 1, 2, 3: everybody has the same load, 1/3.
    [Fact]
    public void The_colour_of_a_node_is_its_load()
    {
        var circles = Map(GraphSample.Run(Corner)).Descendants("circle").Where(IsNode).ToArray();
        Assert.All(
            circles,
            circle => Assert.Equal(HeatColors.Scale[^1].Hexadecimal, (string?)circle.Attribute("fill"))
        );
        Assert.Equal(
            ["a: share 0.1667, load 0.3333", "b: share 0.3333, load 0.3333", "c: share 0.5, load 0.3333"],
            circles.Select(circle => circle.Element("title")!.Value)
        );
    }

    [Fact]
    public void An_arrow_is_as_wide_as_the_flow_and_points_from_start_to_end()
    {
        var run = GraphSample.Run(Corner, ("slip", "0.2"));
        var circles = Nodes(run);
        var arrows = Map(run).Descendants("path").Where(path => (string?)path.Attribute("class") == "flow").ToArray();
        Assert.Equal(
            ["a to b: 0.0833", "b to a: 0.111", "b to c: 0.111", "c to b: 0.167", "c to a: 0.167"],
            arrows.Select(arrow => arrow.Element("title")!.Value.Replace(" a step", "", StringComparison.Ordinal))
        );

        // The corners of b to c, which goes straight up: the width of the shaft across, the tip above.
        var (narrow, wide) = (Corners(arrows[2]), Corners(arrows[3]));
        Assert.True(narrow.Min(corner => corner.Y) >= circles[2].Y && narrow.Max(corner => corner.Y) <= circles[1].Y);
        Assert.Equal(narrow.Min(corner => corner.Y), narrow[3].Y);
        Assert.Equal(wide.Max(corner => corner.Y), wide[3].Y);
        Assert.Equal(1.5, Math.Abs(wide[0].X - wide[6].X) / Math.Abs(narrow[0].X - narrow[6].X), 0.05);

        // Right-hand traffic: up on the right, down on the left.
        Assert.All(narrow, corner => Assert.True(corner.X >= circles[1].X - 0.05));
        Assert.All(wide, corner => Assert.True(corner.X <= circles[1].X + 0.05));
    }

    [Fact]
    public void Only_a_one_way_edge_has_a_sign()
    {
        var edges = (string)
            Map(GraphSample.Run(Corner))
                .Descendants("path")
                .First(path => (string?)path.Attribute("class") == "edge")
                .Attribute("d")!;

        // Three straight lines, and one sign with a corner.
        Assert.Equal((4, 5), (Regex.Count(edges, "M"), Regex.Count(edges, "L")));
    }

    [Fact]
    public void Targets_have_rings_and_every_node_of_a_small_network_its_name()
    {
        var map = Map(GraphSample.Run(Corner, ("targets", "a;c")));
        var rings = map.Descendants("g").Single(g => (string?)g.Attribute("class") == "target").Elements("circle");
        Assert.Equal(2, rings.Count());
        foreach (var layer in new[] { "names-on-wide", "names-on-narrow" })
        {
            var names = map.Descendants("g").Single(g => (string?)g.Attribute("class") == layer).Elements("text");
            Assert.Equal(["a", "b", "c"], names.Select(name => name.Value).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("random", 60)]
    [InlineData("random", 400)]
    [InlineData("two-islands", 30)]
    public void Names_cover_neither_nodes_nor_each_other(string network, int nodes)
    {
        var graph = GraphSample.Graph(network, ("nodes", $"{nodes}"));
        var figure = GraphFigure.Of(graph.Network);
        var names = NodeNames.Place(
            figure,
            graph.Network,
            graph.Network.Nodes,
            _ => 5,
            new double[graph.Network.Edges.Count],
            13
        );
        Assert.InRange(names.Count, 20, nodes);
        for (var i = 0; i < names.Count; i++)
        {
            var (x, y) = (names[i].X, names[i].Y);
            Assert.InRange(x - names[i].HalfWidth, 0, figure.Width);
            Assert.InRange(y + names[i].HalfHeight, 0, figure.Height);
            Assert.All(
                graph.Network.Nodes,
                node =>
                {
                    // The nearest point of the box is outside the disc.
                    var right =
                        Math.Clamp(figure[node].X, x - names[i].HalfWidth, x + names[i].HalfWidth) - figure[node].X;
                    var down =
                        Math.Clamp(figure[node].Y, y - names[i].HalfHeight, y + names[i].HalfHeight) - figure[node].Y;
                    Assert.InRange((right * right) + (down * down), 25 - 1e-6, double.PositiveInfinity);
                }
            );
            for (var j = 0; j < i; j++)
            {
                var isApart =
                    Math.Abs(x - names[j].X) >= names[i].HalfWidth + names[j].HalfWidth
                    || Math.Abs(y - names[j].Y) >= names[i].HalfHeight + names[j].HalfHeight;
                Assert.True(isApart, $"{names[i].Node} covers {names[j].Node}");
            }
        }
    }

    [Theory]
    [InlineData(0, 0, 10, 0, true)]
    [InlineData(-10, 3, 10, -3, true)]
    [InlineData(0, 0, 1, 1, true)]
    [InlineData(-10, 3, 10, 3, false)]
    [InlineData(-10, 3, -5, 0, false)]
    [InlineData(5, -10, 5, 10, false)]
    [InlineData(0, 10, 10, 0, false)]
    public void A_line_crosses_a_box_or_does_not(double fromX, double fromY, double toX, double toY, bool expected)
    {
        var box = new PlacedName(GraphSample.Graph("grid").States[0], 0, 0, 4, 2);
        Assert.Equal(expected, box.IsCrossed((fromX, fromY), (toX, toY), 0));
        Assert.Equal(expected, box.IsCrossed((toX, toY), (fromX, fromY), 0));

        // Nearer than a distance is not the same as crossing.
        Assert.True(box.IsCrossed((fromX, fromY), (toX, toY), 3.5));
    }

    [Theory]
    [InlineData(Corner)]
    [InlineData("from,to;a,b")]
    [InlineData("node,x,y;a,1,1;b,1,1;c,1,1;from,to;a,b;b,c;c,a")]
    [InlineData("grid")]
    [InlineData("two-islands")]
    public void The_page_is_well_formed_with_unique_identifiers_and_finite_places(string network)
    {
        var text = ReportPage.Render(GraphSample.Run(network));
        var page = XDocument.Parse(text);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Assert.All(page.Descendants().Attributes("id"), id => Assert.True(ids.Add(id.Value)));
        Assert.DoesNotMatch("NaN|Infinity|∞", Map(GraphSample.Run(network)).ToString());
        Assert.DoesNotMatch("(?i)https?:|<script|<link|@import", text);
        Assert.Equal(text, ReportPage.Render(GraphSample.Run(network)));
    }

    [Fact]
    public void A_network_of_one_node_is_drawn()
    {
        var run = GraphSample.Run("grid", ("rows", "1"), ("columns", "1"));
        Assert.Single(Nodes(run));
        Assert.Contains("Nobody moves.", ReportPage.Render(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_network_is_a_table_of_its_fullest_nodes()
    {
        var page = XDocument.Parse(ReportPage.Render(GraphSample.Run("grid", ("rows", "23"), ("columns", "22"))));
        Assert.DoesNotContain(page.Descendants("svg"), svg => (string?)svg.Attribute("class") == "map");
        var bars = page.Descendants("table").Single(table => (string?)table.Attribute("class") == "bars");
        Assert.Equal("r22c21", bars.Descendants("tbody").Single().Descendants("th").First().Value);
    }

    private static bool IsNode(XElement circle) => (string?)circle.Attribute("class") == "node";

    private static (double X, double Y, double Radius)[] Nodes(StoredRun run) =>
        [
            .. Map(run)
                .Descendants("circle")
                .Where(IsNode)
                .Select(circle => (Value(circle, "cx"), Value(circle, "cy"), Value(circle, "r"))),
        ];

    private static double Value(XElement element, string name) =>
        double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    private static (double X, double Y)[] Corners(XElement arrow) =>
        [
            .. Regex
                .Matches((string)arrow.Attribute("d")!, @"[ML](-?[\d.]+) (-?[\d.]+)")
                .Select(m =>
                    (
                        double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
                        double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)
                    )
                ),
        ];

    private static XElement Map(StoredRun run) =>
        XDocument
            .Parse(ReportPage.Render(run))
            .Descendants("svg")
            .Single(svg => (string?)svg.Attribute("class") == "map");
}
