using System.Globalization;
using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Reports;

/// <summary>The mean field on a network: nodes as large as their share of the population, arrows as wide as what moves along the edges.</summary>
internal static class GraphMap
{
    private const int MostNodes = 500;
    private const int MostEdges = 4000;
    private const int MostTargets = 1000;
    private const int NodesListed = 5;
    private const double SmallestRadius = 2.5;
    private const double FontSize = 13;
    private const double PhoneFontSize = 12;
    private const double LeastFlow = 0.005;
    private const double WidthPerRadius = 0.55;
    private const double LeastWidth = 0.8;
    private const double RingGap = 3;

    /// <summary>Whether a network is small enough to be drawn.</summary>
    public static bool CanShow(CrowdGraph graph) =>
        graph.Network.Nodes.Count <= MostNodes && graph.Network.Edges.Count <= MostEdges;

    /// <summary>Writes the figure.</summary>
    public static void Write(MarkupWriter page, StoredRun run, CrowdGraph graph)
    {
        var figure = GraphFigure.Of(graph.Network);
        var loads = graph.States.Select(node => graph.Load(node, run.MeanField[node.Index])).ToArray();
        var scale = MassScale.For(loads);
        var flows = GraphFlows.Compute(graph, run.Policy, run.MeanField);
        var widths = Widths(flows, figure.NodeRadius);
        var fullest = run.MeanField.Max();
        double Radius(GraphNode node) =>
            Math.Max(SmallestRadius, figure.NodeRadius * Math.Sqrt(run.MeanField[node.Index] / fullest));

        page.Write(
            $"<figure class=\"{(figure.IsWide ? "card wide" : "card")}\" id=\"mean-field\"><h2>Mean field and policy</h2>"
        );
        page.Write($"<div class=\"scroll\">");
        page.Write(
            $"<svg class=\"map\" viewBox=\"0 0 {figure.Width} {figure.Height}\" style=\"max-width:{figure.Width}px;min-width:{figure.LeastShownWidth}px\" role=\"img\" aria-labelledby=\"map-title map-description\">"
        );
        page.Write($"<title id=\"map-title\">Where the population is, and how it moves</title>");
        page.Write(
            $"<desc id=\"map-description\">A network of {DisplayNumber.Count(graph.StateCount)} nodes and {DisplayNumber.Count(graph.Network.Edges.Count)} edges. {Largest(run, graph)}</desc>"
        );
        WriteEdges(page, graph.Network, figure);
        WriteFlows(page, graph.Network, figure, flows, widths, Radius);
        WriteNodes(page, run, graph, loads, scale, figure, Radius);
        var targets = graph.Targets.ToHashSet();
        var nodes = graph
            .States.OrderByDescending(targets.Contains)
            .ThenByDescending(node => run.MeanField[node.Index])
            .ToArray();
        double RadiusWithRing(GraphNode node) => Radius(node) + (targets.Contains(node) ? RingGap + 1 : 0);
        IReadOnlyList<PlacedName> Names(double fontSize) =>
            NodeNames.Place(
                figure,
                graph.Network,
                nodes,
                RadiusWithRing,
                [.. widths.Select(width => width > 0 ? GraphArrow.Reach(width) : 0)],
                fontSize
            );
        var (size, phoneSize) = (FontSize, PhoneFontSize * figure.UnitsPerPhonePixel);
        var (names, phoneNames) = (Names(size), Names(phoneSize));
        WriteNames(page, names, size, "names-on-wide");
        WriteNames(page, phoneNames, phoneSize, "names-on-narrow");
        page.Write($"</svg></div>");
        ScaleBar.Write(page, scale, "Load: share of the population times mean capacity over the node's");
        WriteCaption(page, run, graph, flows.DefaultIfEmpty().Max(), names.Count, phoneNames.Count);
        page.Write($"</figure>");
    }

    private static string Largest(StoredRun run, CrowdGraph graph)
    {
        var nodes = graph.States.OrderByDescending(node => run.MeanField[node.Index]).Take(NodesListed);
        return "The largest shares: "
            + string.Join(
                ", ",
                nodes.Select(node => $"{node.Name} with {DisplayNumber.Nearest(run.MeanField[node.Index], 3)}")
            )
            + ".";
    }

    // The width of each arrow, 0 where next to nothing moves.
    private static double[] Widths(double[] flows, double nodeRadius)
    {
        var strongest = flows.DefaultIfEmpty().Max();
        return Array.ConvertAll(
            flows,
            flow =>
                flow > LeastFlow * strongest ? Math.Max(LeastWidth, WidthPerRadius * nodeRadius * flow / strongest) : 0
        );
    }

    private static void WriteEdges(MarkupWriter page, GraphNetwork network, GraphFigure figure)
    {
        var pairs = network.Edges.Select(edge => (edge.From, edge.To)).ToHashSet();
        var path = new StringBuilder();
        foreach (var edge in network.Edges)
        {
            var (from, to) = (figure[edge.From], figure[edge.To]);
            var isTwoWay = pairs.Contains((edge.To, edge.From));
            if (!isTwoWay || edge.From.Index < edge.To.Index)
            {
                path.Append(CultureInfo.InvariantCulture, $"M{from.X:0.#} {from.Y:0.#}L{to.X:0.#} {to.Y:0.#}");
            }

            path.Append(isTwoWay ? "" : GraphArrow.Chevron(figure, edge));
        }

        page.Write($"<path class=\"edge\" d=\"{path.ToString()}\"/>");
    }

    private static void WriteFlows(
        MarkupWriter page,
        GraphNetwork network,
        GraphFigure figure,
        double[] flows,
        double[] widths,
        Func<GraphNode, double> radius
    )
    {
        page.Write($"<g>");
        for (var i = 0; i < flows.Length; i++)
        {
            if (widths[i] > 0)
            {
                var edge = network.Edges[i];
                page.Write(
                    $"<path class=\"flow\" d=\"{GraphArrow.Path(figure, edge, radius, widths[i])}\"><title>{edge.From.Name} to {edge.To.Name}: {DisplayNumber.Nearest(flows[i], 3)} a step</title></path>"
                );
            }
        }

        page.Write($"</g>");
    }

    private static void WriteNodes(
        MarkupWriter page,
        StoredRun run,
        CrowdGraph graph,
        double[] loads,
        MassScale scale,
        GraphFigure figure,
        Func<GraphNode, double> radius
    )
    {
        page.Write($"<g>");
        foreach (var node in graph.States)
        {
            var (x, y) = figure[node];
            var color = HeatColors.Scale[HeatColors.Level(scale.Position(loads[node.Index]))].Hexadecimal;
            page.Write(
                $"<circle class=\"node\" cx=\"{x}\" cy=\"{y}\" r=\"{radius(node)}\" fill=\"{color}\"><title>{node.Name}: share {DisplayNumber.Nearest(run.MeanField[node.Index])}, load {DisplayNumber.Nearest(loads[node.Index])}</title></circle>"
            );
        }

        page.Write($"</g>");
        foreach (var name in new[] { "target-edge", "target" })
        {
            page.Write($"<g class=\"{name}\">");
            foreach (var target in graph.Targets.Take(MostTargets))
            {
                var (x, y) = figure[target];
                page.Write($"<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius(target) + RingGap}\"/>");
            }

            page.Write($"</g>");
        }
    }

    private static void WriteNames(MarkupWriter page, IReadOnlyList<PlacedName> names, double fontSize, string layer)
    {
        page.Write($"<g class=\"{layer}\" style=\"font-size:{fontSize}px\">");
        foreach (var name in names)
        {
            page.Write(
                $"<text class=\"name halo\" x=\"{name.X}\" y=\"{name.Y + (0.35 * fontSize)}\">{name.Node.Name}</text>"
            );
        }

        page.Write($"</g>");
    }

    private static void WriteCaption(
        MarkupWriter page,
        StoredRun run,
        CrowdGraph graph,
        double strongest,
        int named,
        int namedOnPhone
    )
    {
        page.Write($"<ul class=\"legend\">");
        page.Write(
            $"<li><svg class=\"swatch\" viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"flow\" d=\"M1 3.5H28V1L39 6L28 11V8.5H1z\"/></svg>moves along an edge</li>"
        );
        page.Write(
            $"<li><svg class=\"swatch\" viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"edge\" d=\"M1 6H39\"/></svg>edge, with a sign where it is one-way</li>"
        );
        page.Write($"<li><span class=\"patch target-patch\"></span>target</li></ul>");
        page.Write(
            $"<p class=\"note\">{Largest(run, graph)} The area of a node is its share of the population. {(strongest > 0 ? $"The width of an arrow is what moves along the edge, slips included, the widest {DisplayNumber.Nearest(strongest, 3)} of the population a step." : "Nobody moves.")} "
        );
        WriteUnnamed(named, "names-on-wide");
        WriteUnnamed(namedOnPhone, "names-on-narrow");
        page.Write($"</p>");

        void WriteUnnamed(int count, string layer)
        {
            if (count < graph.StateCount)
            {
                page.Write(
                    $"<span class=\"{layer}\">{DisplayNumber.Count(graph.StateCount - count)} nodes have no room for their names. </span>"
                );
            }
        }
    }
}
