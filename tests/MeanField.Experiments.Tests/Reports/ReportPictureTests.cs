using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Numerics;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>What the chart and the map of a report draw, read back from the page.</summary>
public class ReportPictureTests
{
    private const string Number = @"(-?[\d.]+)";

    [Fact]
    public void Arrows_of_a_policy_that_always_moves_right_point_right()
    {
        var map = Picture(ReportSample.Run("......./......P", slip: "0"), "map");
        var shafts = Regex
            .Matches(Path(map, "policy-arrows"), $"M{Number} {Number}L{Number} {Number}(?=M)")
            .Select(Numbers)
            .ToArray();
        Assert.Equal(12, shafts.Length);
        Assert.All(shafts, shaft => Assert.True(shaft[2] > shaft[0] && shaft[3] == shaft[1]));
        var tips = Regex
            .Matches(Path(map, "policy-arrows"), $"M{Number} {Number}L{Number} {Number}L{Number} {Number}")
            .Select(Numbers);
        Assert.All(tips, tip => Assert.True(tip[2] > tip[0] && tip[2] > tip[4] && tip[1] != tip[5]));

        // The two cells at the right wall cannot move.
        Assert.Equal(2, Regex.Count(Path(map, "policy-dots"), "M"));
    }

    [Fact]
    public void A_policy_with_a_weak_preference_has_arrows_and_one_with_none_has_dots()
    {
        var run = ReportSample.Run("......./......P");
        var weak = Enumerable.Repeat(new[] { 0.2, 0.2, 0.2, 0.19, 0.21 }, 14).SelectMany(row => row).ToArray();
        Assert.Equal(2, Regex.Count(Path(Picture(run with { Policy = weak }, "map"), "policy-dots"), "M"));
        Assert.Contains(
            "the longest stands for 0.02 cell a step",
            ReportPage.Render(run with { Policy = weak }),
            StringComparison.Ordinal
        );
        var none = Enumerable.Repeat(0.2, 70).ToArray();
        Assert.Equal(14, Regex.Count(Path(Picture(run with { Policy = none }, "map"), "policy-dots"), "M"));
    }

    [Fact]
    public void A_map_with_many_columns_has_fewer_arrows_on_a_phone()
    {
        var layout = string.Join('/', Enumerable.Repeat(new string('.', 40), 9)) + "/" + new string('.', 39) + "P";
        var map = Picture(ReportSample.Run(layout), "map");

        // Two strokes an arrow; the last column cannot move, and a block of two by two that holds it still moves by half.
        Assert.Equal(2 * 39 * 10, Regex.Count(Path(map, "policy-on-wide-arrows"), "M"));
        Assert.Equal(2 * 20 * 5, Regex.Count(Path(map, "policy-on-narrow-arrows"), "M"));
    }

    [Fact]
    public void Every_state_is_a_cell_with_its_share_and_targets_are_framed()
    {
        var map = Picture(ReportSample.Run(), "map");
        var cells = map.Descendants("rect").Where(rect => rect.Element("title") is not null).ToArray();
        Assert.Equal(21, cells.Length);
        Assert.Equal("row 0, column 0: 0.04762", cells[0].Element("title")!.Value);
        Assert.All(cells, cell => Assert.Equal(HeatColors.Scale[^1].Hexadecimal, (string?)cell.Attribute("fill")));
        Assert.Single(map.Elements("path"), path => (string?)path.Attribute("class") == "target");
    }

    [Fact]
    public void A_large_map_is_a_picture_and_the_page_stays_small()
    {
        var layout = string.Join(
            '/',
            Enumerable.Range(0, 100).Select(row => new string(row % 9 == 4 ? '#' : '.', 50) + new string('.', 50))
        );
        var run = ReportSample.Run(layout, targets: "auto");
        var text = ReportPage.Render(run);
        var image = XDocument.Parse(text).Descendants("image").Single();
        Assert.StartsWith("data:image/png;base64,", (string)image.Attribute("href")!, StringComparison.Ordinal);
        Assert.Equal("2000", (string?)image.Attribute("width"));
        Assert.InRange(text.Length, 1, 200_000);
    }

    [Fact]
    public void A_single_scored_iteration_is_drawn_as_marks()
    {
        var chart = Picture(ReportSample.Run(rows: 1), "chart");
        var marks = chart
            .Elements("path")
            .Where(path => ((string)path.Attribute("class")!).StartsWith("mark", StringComparison.Ordinal))
            .ToArray();
        Assert.Equal(3, marks.Length);
        Assert.All(
            chart.Descendants("path"),
            path => Assert.DoesNotContain("NaN", (string)path.Attribute("d")!, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_run_without_scored_iterations_says_so()
    {
        var run = ReportSample.Run() with { Trace = [] };
        Assert.Contains("No outer iteration of this run was scored", ReportPage.Render(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_trace_is_thinned()
    {
        var run = ReportSample.Run();
        var trace = Enumerable.Range(0, 100_000).Select(k => ReportSample.Row(k, 2 + Math.Sin(k))).ToArray();
        Assert.InRange(ReportPage.Render(run with { Trace = trace }).Length, 1, 150_000);
    }

    [Fact]
    public void The_tolerance_is_a_dashed_line_at_its_value()
    {
        var chart = Picture(ReportSample.Run(), "chart");
        var line = Numbers(
            Regex.Match(
                (string)
                    chart.Elements("path").Single(p => (string?)p.Attribute("class") == "tolerance").Attribute("d")!,
                $"M{Number} {Number}H{Number}"
            )
        );

        // The tolerance is 1e-8, so its line is on the grid line of that decade.
        var grid = chart
            .Elements("path")
            .Where(p => (string?)p.Attribute("class") == "grid")
            .Select(p => Numbers(Regex.Match((string)p.Attribute("d")!, $"M{Number} {Number}H"))[1]);
        Assert.Contains(grid, height => Math.Abs(height - line[1]) < 0.02);
        Assert.Contains(chart.Elements("text"), text => text.Value == "tolerance 10⁻⁸");
    }

    [Fact]
    public void The_curve_of_a_geometric_course_is_a_straight_line()
    {
        var chart = Picture(ReportSample.Run(), "chart");
        var curve = chart.Elements("path").Single(p => (string?)p.Attribute("class") == "line series-a");
        var points = Regex.Matches((string)curve.Attribute("d")!, $"[ML]{Number} {Number}").Select(Numbers).ToArray();
        Assert.Equal(30, points.Length);
        var slope = (points[^1][1] - points[0][1]) / (points[^1][0] - points[0][0]);
        Assert.All(points, p => Assert.Equal(points[0][1] + (slope * (p[0] - points[0][0])), p[1], 0.2));
        Assert.True(slope > 0);
    }

    [Fact]
    public void The_start_has_no_population_change_and_a_zero_later_lies_at_the_lower_edge()
    {
        var trace = Enumerable
            .Range(0, 4)
            .Select(k => ReportSample.Row(k, 0.5) with { PopulationChange = k is 0 or 3 ? 0 : 1e-3 })
            .ToArray();
        var run = ReportSample.Run() with { Trace = trace };
        var figure = XDocument
            .Parse(ReportPage.Render(run))
            .Descendants("figure")
            .Single(f => (string?)f.Attribute("id") == "convergence");
        Assert.Equal(
            3,
            figure.Element("svg")!.Elements("path").Count(p => (string?)p.Attribute("class") == "mark series-c")
        );
        Assert.Contains("drawn at the lower edge", figure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_not_finite_break_the_line_and_are_counted()
    {
        var trace = Enumerable.Range(0, 5).Select(k => ReportSample.Row(k, 0.5)).ToArray();
        trace[2] = trace[2] with { RegularizedExploitability = new Interval(0, double.PositiveInfinity) };
        var run = ReportSample.Run() with { Trace = trace };
        var chart = Picture(run, "chart");
        var curve = (string)
            chart.Elements("path").Single(p => (string?)p.Attribute("class") == "line series-a").Attribute("d")!;
        Assert.Equal(2, Regex.Count(curve, "M"));
        Assert.Contains("1 of 5 scored iterations", ReportPage.Render(run), StringComparison.Ordinal);
    }

    private static XElement Picture(StoredRun run, string name) =>
        XDocument
            .Parse(ReportPage.Render(run))
            .Descendants("svg")
            .Single(svg => (string?)svg.Attribute("class") == name);

    private static string Path(XElement picture, string id) =>
        (string)picture.Descendants("path").Single(path => (string?)path.Attribute("id") == id).Attribute("d")!;

    private static double[] Numbers(Match match) =>
        [.. match.Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
}
