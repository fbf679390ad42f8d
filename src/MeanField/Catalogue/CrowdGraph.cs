using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>
/// A crowd on a network that wants to be near targets and away from full nodes. A state is a node, an action is staying or one of the edges that
/// leave it. With probability 1 − slip the chosen action is executed, with probability slip one of the node's actions drawn uniformly.
/// r(s, a, μ) = attraction · (1 − dist(s) / max dist) − crowding(load(s)) − edge cost · cost(a) / mean cost, where dist is the cost of the
/// cheapest way to a target, load(s) = μ(s) · mean capacity / capacity(s), and cost(a) is that of the chosen edge, 0 for staying.
/// </summary>
/// <remarks>
/// <para>Loads are shares of the crowd, as in <see cref="CrowdGrid"/> where capacities are equal; a node of twice the capacity holds twice as
/// many at the same load. In other words load(s) is μ(s) over the node's share of all capacity, divided by the number of nodes. Multiplying
/// all capacities, or all costs, by a number changes nothing.</para>
/// <para>After the graph crowd modelling of the MF-TRPO paper (arXiv 2505.22781); its graphs and constants were not available, so that all of
/// them here are this project's own. On a road network nodes are junctions and edges are roads: one step takes one road whatever its length,
/// which enters as cost only.</para>
/// </remarks>
public sealed class CrowdGraph : MeanFieldGame<GraphNode, GraphEdge>
{
    private const double LogarithmFloor = 1e-12;
    private const double LargestNumber = 1e9;

    private readonly GraphEdge[][] _actions;
    private readonly double[] _attractions;
    private readonly double[] _loadPerShare;
    private readonly double _slip;
    private readonly double _congestion;
    private readonly double _congestionPower;
    private readonly double _priceOfCost;
    private readonly string _congestionForm;

    private CrowdGraph(ParameterValues values)
    {
        Network = CreateNetwork(values);
        Discount = values.Number("discount");
        _slip = values.Number("slip");
        _congestion = values.Number("congestion");
        _congestionForm = values.Text("congestion-form");
        _congestionPower = values.Number("congestion-power");
        _actions = [.. Network.Nodes.Select(node => (GraphEdge[])[new GraphEdge(node, node, 0), .. node.Edges])];
        var paths = new NetworkPaths(Network);
        Targets = FindTargets(values.Text("targets"), paths);

        var distances = paths.DistancesTo(Targets);
        RefuseStranded(distances);
        var farthest = distances.Max();
        var attraction = values.Number("attraction");
        _attractions = Array.ConvertAll(
            distances,
            distance => attraction * (farthest > 0 ? 1 - (distance / farthest) : 1)
        );
        var meanCapacity = Network.Nodes.Average(node => node.Capacity);
        _loadPerShare = [.. Network.Nodes.Select(node => meanCapacity / node.Capacity)];
        var meanCost = Network.Edges.Select(edge => edge.Cost).DefaultIfEmpty().Average();
        _priceOfCost = meanCost > 0 ? values.Number("edge-cost") / meanCost : 0;
    }

    /// <summary>The catalogue entry.</summary>
    public static GameDefinition Definition { get; } =
        new(
            "crowd-graph",
            "A crowd on a network that wants to be near targets and away from full nodes.",
            "After the graph crowd modelling of the MF-TRPO paper (ICML 2025, arXiv 2505.22781); all graphs and constants are this project's own.",
            Parameters(),
            values => new CrowdGraph(values)
        );

    /// <summary>The network.</summary>
    public GraphNetwork Network { get; }

    /// <summary>The nodes that attract.</summary>
    public IReadOnlyList<GraphNode> Targets { get; }

    /// <inheritdoc />
    public override double Discount { get; }

    /// <inheritdoc />
    public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

    /// <inheritdoc />
    public override IReadOnlyList<GraphNode> States => Network.Nodes;

    /// <inheritdoc />
    public override IReadOnlyList<GraphEdge> ActionsIn(GraphNode state) => _actions[state.Index];

    /// <summary>How full a node is: its share of the population times mean capacity over its capacity.</summary>
    /// <param name="node">A node of <see cref="Network"/>.</param>
    /// <param name="share">μ(node), 0 to 1.</param>
    public double Load(GraphNode node, double share) => share * _loadPerShare[node.Index];

    /// <inheritdoc />
    protected override double Reward(GraphNode state, GraphEdge action, Population<GraphNode> population) =>
        _attractions[state.Index] - Crowding(Load(state, population.Here)) - (_priceOfCost * action.Cost);

    /// <inheritdoc />
    protected override void AddOutcomes(
        GraphNode state,
        GraphEdge action,
        Population<GraphNode> population,
        Outcomes<GraphNode> outcomes
    )
    {
        outcomes.Add(action.To, 1 - _slip);
        var actions = _actions[state.Index];
        foreach (var drawn in actions)
        {
            outcomes.Add(drawn.To, _slip / actions.Length);
        }
    }

    private static GraphNetwork CreateNetwork(ParameterValues values) =>
        values.Text("network") switch
        {
            "grid" => NetworkGenerator.Grid(values.WholeNumber("rows"), values.WholeNumber("columns")),
            "random" => NetworkGenerator.Random(
                values.WholeNumber("nodes"),
                values.Number("degree"),
                values.WholeNumber("network-seed")
            ),
            "two-islands" => NetworkGenerator.TwoIslands(
                values.WholeNumber("nodes"),
                values.Number("degree"),
                values.WholeNumber("bridges"),
                values.WholeNumber("network-seed")
            ),
            var text when text.AsSpan().IndexOfAny(",;\n") >= 0 => GraphNetwork.Parse(text, "crowd-graph: network"),
            var word => throw new ParameterException(
                $"crowd-graph: network is {FoundText.Quoted(word)}; allowed: two-islands, grid, random, or tables of nodes and edges"
            ),
        };

    private double Crowding(double load) =>
        _congestionForm switch
        {
            "log" => _congestion * Math.Log(Math.Max(load, LogarithmFloor)),
            "power" => _congestion * Math.Pow(load, _congestionPower),
            _ => _congestion * load,
        };

    private IReadOnlyList<GraphNode> FindTargets(string text, NetworkPaths paths)
    {
        if (text == "auto")
        {
            return [AutomaticTarget(paths)];
        }

        var nodes = Network.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        return
        [
            .. text.Split(';')
                .Select(name =>
                    nodes.TryGetValue(name.Trim(), out var node)
                        ? node
                        : throw new ParameterException(
                            $"crowd-graph: target {FoundText.Quoted(name)} is no node; allowed: {SomeNames(Network.Nodes)}"
                        )
                )
                .Distinct(),
        ];
    }

    // The largest place that everybody can go to, the last one of equals as in crowd-grid (ours).
    private static GraphNode AutomaticTarget(NetworkPaths paths) =>
        paths.CommonDestinations().Reverse().MaxBy(node => node.Capacity)
        ?? throw new ParameterException(
            "crowd-graph: no node can be reached from all others, so that none is the automatic target; allowed: targets=NODE;... such that every node reaches one"
        );

    private void RefuseStranded(double[] distances)
    {
        var stranded = Network.Nodes.Where(node => double.IsInfinity(distances[node.Index])).ToList();
        if (stranded.Count > 0)
        {
            throw new ParameterException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"crowd-graph: no target ({SomeNames(Targets)}) can be reached from {stranded.Count} of {Network.Nodes.Count} nodes ({SomeNames(stranded)}); allowed: a target that can be reached from every node"
                )
            );
        }
    }

    private static string SomeNames(IReadOnlyList<GraphNode> nodes)
    {
        const int Shown = 8;
        var names = string.Join(", ", nodes.Take(Shown).Select(node => node.Name));
        return nodes.Count <= Shown ? names : $"{names}, ...";
    }

    private static ParameterDescription[] Parameters() =>
        [
            new(
                "network",
                ParameterKind.Text,
                "two-islands",
                "two-islands, grid or random, which are generated, or tables of nodes and edges as in a .csv file."
            ),
            Whole("nodes", "20", 2, 100_000, "Nodes of two-islands and random."),
            new(
                "degree",
                ParameterKind.Number,
                "4",
                "Mean number of neighbours within an island of two-islands, and in random."
            )
            {
                Minimum = 1,
                Maximum = 100,
            },
            Whole("bridges", "2", 1, 50_000, "Ways from one of the two-islands to the other, both directions."),
            Whole("rows", "5", 1, 1000, "Rows of grid."),
            Whole("columns", "5", 1, 1000, "Columns of grid."),
            Whole("network-seed", "0", int.MinValue, int.MaxValue, "Seed of all that two-islands and random draw."),
            CommonParameters.Probability(
                "slip",
                "0.1",
                "Probability that a uniformly drawn action replaces the chosen one."
            ),
            CommonParameters.Discount,
            Amount(
                "attraction",
                "1",
                "Reward for being at a target, falling linearly in the cost of the way to it to 0 at the farthest node."
            ),
            Amount("congestion", "1", "Strength c of the aversion to full nodes."),
            new(
                "congestion-form",
                ParameterKind.Choice,
                "linear",
                "Price of a node with load m (its share of the crowd, times mean capacity over its own): c m, c log max(m, 1e-12) or c m^power."
            )
            {
                Choices = ["linear", "log", "power"],
            },
            new("congestion-power", ParameterKind.Number, "2", "Exponent of the power form.")
            {
                Minimum = 0,
                Maximum = 100,
            },
            Amount("edge-cost", "0", "Price of taking an edge of mean cost; others in proportion."),
            new(
                "targets",
                ParameterKind.Text,
                "auto",
                "auto (of the nodes reachable from everywhere the one with the largest capacity, the last of equals), or NODE;..."
            ),
        ];

    private static ParameterDescription Whole(string name, string value, int least, int greatest, string summary) =>
        new(name, ParameterKind.WholeNumber, value, summary) { Minimum = least, Maximum = greatest };

    private static ParameterDescription Amount(string name, string value, string summary) =>
        new(name, ParameterKind.Number, value, summary) { Minimum = -LargestNumber, Maximum = LargestNumber };
}
