using MeanField.Games;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

/// <summary>Kernels and rewards worked out by hand, and what must not matter.</summary>
public class CrowdGraphTests
{
    // Actions of a: stay, to b. Of b: stay, to c, to a. Of c: stay, to a. Slip 0.6 draws one of two with 0.3, one of three with 0.2.
    [Theory]
    [InlineData(0, 0, 0.7, 0.3, 0)]
    [InlineData(0, 1, 0.3, 0.7, 0)]
    [InlineData(1, 0, 0.2, 0.6, 0.2)]
    [InlineData(1, 1, 0.2, 0.2, 0.6)]
    [InlineData(1, 2, 0.6, 0.2, 0.2)]
    [InlineData(2, 0, 0.3, 0, 0.7)]
    [InlineData(2, 1, 0.7, 0, 0.3)]
    public void A_slip_draws_one_of_the_actions_of_the_node(int state, int action, double toA, double toB, double toC)
    {
        var game = Networks.Crowd(("network", Networks.Triangle), ("slip", 0.6));
        Assert.Equal([toA, toB, toC], Row(game, state, action), (x, y) => Math.Abs(x - y) <= 1e-15);
    }

    [Fact]
    public void Without_slip_the_chosen_action_is_executed()
    {
        var game = Networks.Crowd(("network", Networks.Triangle), ("slip", 0));
        Assert.Equal([0, 0, 1], Row(game, 1, 1));
        Assert.Equal([0, 1, 0], Row(game, 1, 0));
    }

    // To c: from a 2 + 1 = 3, the farthest; from b 1. Loads at shares 0.2, 0.3, 0.5: 0.2 · 2/1, 0.3 · 2/2, 0.5 · 2/3. Costs over the mean: 2/2.5,
    // 1/2.5, 4/2.5, 3/2.5.
    [Theory]
    [InlineData(0, 0, (6 * (1 - (3 / 3.0))) - (3 * 0.4))]
    [InlineData(0, 1, (6 * (1 - (3 / 3.0))) - (3 * 0.4) - (0.5 * 0.8))]
    [InlineData(1, 0, (6 * (1 - (1 / 3.0))) - (3 * 0.3))]
    [InlineData(1, 1, (6 * (1 - (1 / 3.0))) - (3 * 0.3) - (0.5 * 0.4))]
    [InlineData(1, 2, (6 * (1 - (1 / 3.0))) - (3 * 0.3) - (0.5 * 1.6))]
    [InlineData(2, 0, 6 - (3 * 0.5 * 2 / 3.0))]
    [InlineData(2, 1, 6 - (3 * 0.5 * 2 / 3.0) - (0.5 * 1.2))]
    public void Rewards_are_attraction_less_crowding_less_the_cost_of_the_edge(int state, int action, double reward)
    {
        var game = Networks.Crowd(
            ("network", Networks.Triangle),
            ("targets", "c"),
            ("attraction", 6),
            ("congestion", 3),
            ("edge-cost", 0.5)
        );
        Assert.Equal(reward, game.Reward(state, action, [0.2, 0.3, 0.5]), 1e-14);
    }

    // The load of a at share 0.25 is 0.5.
    [Theory]
    [InlineData("linear", 2, 0.25, 1)]
    [InlineData("linear", -1, 0.25, -0.5)]
    [InlineData("log", 2, 0.25, -1.3862943611198906)]
    [InlineData("log", 1, 0, -27.631021115928547)]
    [InlineData("power", 2, 0.25, 0.25)]
    public void Crowding_has_three_forms(string form, double strength, double share, double crowding)
    {
        var game = Networks.Crowd(
            ("network", Networks.Triangle),
            ("attraction", 0),
            ("congestion", strength),
            ("congestion-form", form),
            ("congestion-power", 3)
        );
        Assert.Equal(-crowding, game.Reward(0, 0, [share, 1 - share, 0]), 1e-14);
        Assert.Equal(2 * share, game.Load(game.States[0], share));
    }

    [Fact]
    public void States_are_named_like_nodes_and_actions_like_where_they_lead()
    {
        var game = Networks.Crowd(("network", Networks.Triangle));
        Assert.Equal("a b c", string.Join(' ', Enumerable.Range(0, 3).Select(game.StateName)));
        Assert.Equal("stay to-c to-a", string.Join(' ', Enumerable.Range(0, 3).Select(a => game.ActionName(1, a))));
        Assert.Equal((2, 3, 2), (game.ActionCount(0), game.ActionCount(1), game.ActionCount(2)));
    }

    // On a grid with equal capacities and costs the two games say the same, but that a crowd grid has blocked moves and this has none.
    [Fact]
    public void A_grid_network_has_the_rewards_of_the_crowd_grid()
    {
        (string, object)[] same = [("attraction", 1.5), ("congestion", 2), ("congestion-form", "power")];
        var graph = Networks.Crowd([("network", "grid"), ("edge-cost", 0.25), ("slip", 0), .. same]);
        var grid = Grids.Crowd([("layout", Grids.Empty), ("move-cost", 0.25), ("slip", 0), .. same]);
        var meanField = RandomInputs.Law(25, new Random(5));
        for (var s = 0; s < 25; s++)
        {
            Assert.Equal($"r{grid.States[s].Row}c{grid.States[s].Column}", graph.StateName(s));
            Assert.Equal(grid.Reward(s, 0, meanField), graph.Reward(s, 0, meanField), 1e-14);
            Assert.Equal(grid.Reward(s, 1, meanField), graph.Reward(s, 1, meanField), 1e-14);
            var reached = Enumerable.Range(0, 5).Select(a => Array.IndexOf(Row(grid, s, a), 1)).Distinct().Order();
            Assert.Equal(
                reached,
                Enumerable.Range(0, graph.ActionCount(s)).Select(a => Array.IndexOf(Row(graph, s, a), 1)).Order()
            );
        }
    }

    [Theory]
    [InlineData("node,capacity;a,10;b,20;c,30;from,to,cost;a,b,2;b,c,1;c,a,3;b,a,4")]
    [InlineData("node,capacity;a,1;b,2;c,3;from,to,cost;a,b,120;b,c,60;c,a,180;b,a,240")]
    public void Units_of_capacity_and_cost_do_not_matter(string other)
    {
        var game = Networks.Crowd(("network", Networks.Triangle), ("edge-cost", 0.5));
        var same = Networks.Crowd(("network", other), ("edge-cost", 0.5));
        for (var s = 0; s < 3; s++)
        {
            for (var a = 0; a < game.ActionCount(s); a++)
            {
                Assert.Equal(game.Reward(s, a, [0.2, 0.3, 0.5]), same.Reward(s, a, [0.2, 0.3, 0.5]), 1e-14);
            }
        }
    }

    [Fact]
    public void The_order_of_nodes_and_edges_does_not_matter_to_the_equilibrium()
    {
        var random = new Random(11);
        var network = Networks.Crowd(("network-seed", 3)).Network;
        var nodes = network.Nodes.Select(node => $"{node.Name},{node.Capacity:R}").ToArray();
        var edges = network.Edges.Select(edge => $"{edge.From.Name},{edge.To.Name},{edge.Cost:R}").ToArray();
        var expected = SharesByName(Text(nodes, edges));
        random.Shuffle(nodes);
        random.Shuffle(edges);
        var actual = SharesByName(Text(nodes, edges));
        Assert.NotEqual(expected.Keys.First(), actual.Keys.First(), StringComparer.Ordinal);
        Assert.All(expected, share => Assert.Equal(share.Value, actual[share.Key], 1e-6));

        static string Text(string[] nodes, string[] edges) =>
            string.Join(';', ["node,capacity", .. nodes, "from,to,cost", .. edges]);
    }

    // All can reach a, b and c of the triangle: c has the largest capacity. In Braess's network all can reach 2 alone, where all roads end. Capacities
    // are 1 on the grid, whose last node is at the bottom right.
    [Theory]
    [InlineData(Networks.Triangle, "auto", "c")]
    [InlineData(Networks.Braess, "auto", "2")]
    [InlineData("grid", "auto", "r4c4")]
    [InlineData(Networks.Triangle, "b", "b")]
    [InlineData(Networks.Triangle, "b; a;b", "b a")]
    public void Targets_are_given_or_chosen(string network, string targets, string names) =>
        Assert.Equal(
            names,
            string.Join(' ', Networks.Crowd(("network", network), ("targets", targets)).Targets.Select(t => t.Name))
        );

    [Theory]
    [InlineData(Networks.Triangle, "d", "crowd-graph: target 'd' is no node; allowed: a, b, c")]
    [InlineData(Networks.Triangle, "a;", "crowd-graph: target '' is no node; allowed: a, b, c")]
    [InlineData(
        "grid",
        "0,0",
        "crowd-graph: target '0,0' is no node; allowed: r0c0, r0c1, r0c2, r0c3, r0c4, r1c0, r1c1, r1c2, ..."
    )]
    [InlineData(
        Networks.Braess,
        "3",
        "crowd-graph: no target (3) can be reached from 2 of 4 nodes (4, 2); allowed: a target that can be reached from every node"
    )]
    [InlineData(
        "from,to;a,b;a,c",
        "auto",
        "crowd-graph: no node can be reached from all others, so that none is the automatic target; allowed: targets=NODE;... such that every node reaches one"
    )]
    public void Targets_that_cannot_be_are_refused(string network, string targets, string message) =>
        Assert.Equal(
            message,
            Assert.Throws<ParameterException>(() => Networks.Crowd(("network", network), ("targets", targets))).Message
        );

    [Fact]
    public void Two_dead_ends_that_are_both_targets_are_a_game()
    {
        var game = Networks.Crowd(("network", "from,to;a,b;a,c"), ("targets", "b;c"), ("slip", 0));
        Assert.Equal((3, 1, 1), (game.ActionCount(0), game.ActionCount(1), game.ActionCount(2)));
    }

    [Theory]
    [InlineData(
        "islands",
        "crowd-graph: network is 'islands'; allowed: two-islands, grid, random, or tables of nodes and edges"
    )]
    [InlineData("", "crowd-graph: network is ''; allowed: two-islands, grid, random, or tables of nodes and edges")]
    [InlineData(
        "from,to;a,b;b,b",
        "crowd-graph: network, line 3: the edge from 'b' ends where it begins; allowed: edges between two nodes"
    )]
    public void A_network_that_is_none_is_refused(string network, string message) =>
        Assert.Equal(message, Assert.Throws<ParameterException>(() => Networks.Crowd(("network", network))).Message);

    [Fact]
    public void Costs_may_all_be_0_and_a_place_may_be_alone()
    {
        var free = Networks.Crowd(("network", "from,to,cost;a,b,0;b,a,0"), ("congestion", 0));
        Assert.Equal((1, 1), (free.Reward(0, 1, [0.5, 0.5]), free.Reward(1, 0, [0.5, 0.5])));
        var alone = Networks.Crowd(("network", "grid"), ("rows", 1), ("columns", 1), ("congestion", 0));
        Assert.Equal((1, 1, 1.0), (alone.StateCount, alone.ActionCount(0), alone.Reward(0, 0, [1])));
    }

    [Theory]
    [InlineData("slip", -0.1)]
    [InlineData("slip", 1.1)]
    [InlineData("discount", 1)]
    [InlineData("edge-cost", double.NaN)]
    [InlineData("congestion-form", "cubic")]
    [InlineData("nodes", 1)]
    [InlineData("nodes", 100_001)]
    [InlineData("bridges", 0)]
    [InlineData("rows", 0)]
    [InlineData("degree", 0.5)]
    public void A_parameter_out_of_range_is_refused(string name, object value) =>
        Assert.Contains(
            $"game crowd-graph: '{name}' is",
            Assert.Throws<ParameterException>(() => Networks.Crowd((name, value))).Message
        );

    private static Dictionary<string, double> SharesByName(string network)
    {
        var game = TabularGame.Create(Networks.Crowd(("network", network), ("edge-cost", 0.3)));
        var solution = MfTrpo.Solve(
            game,
            new MfTrpoOptions { Temperature = 0.2, Tolerance = 1e-10 },
            new SolveContext { Clock = new FakeClock() }
        );
        Assert.Equal(SolveStatus.Converged, solution.Status);
        return Enumerable
            .Range(0, game.StateCount)
            .ToDictionary(game.Source.StateName, s => solution.Best.MeanField[s], StringComparer.Ordinal);
    }

    private static double[] Row(IMeanFieldGame game, int state, int action)
    {
        var row = new TransitionRow();
        game.AddTransitions(state, action, Grids.Uniform(game), row);
        var dense = new double[game.StateCount];
        foreach (var (successor, probability) in row.Entries)
        {
            dense[successor] += probability;
        }

        return dense;
    }
}
