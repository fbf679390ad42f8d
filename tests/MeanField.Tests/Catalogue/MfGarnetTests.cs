using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class MfGarnetTests
{
    // The last two leave many rows at a corner without any weight.
    [Theory]
    [InlineData(0, "additive", "additive", "potential", 6, 0)]
    [InlineData(1, "additive", "multiplicative", "potential", 1, 0)]
    [InlineData(-7, "multiplicative", "additive", "cyclic", 3, 0.3)]
    [InlineData(2, "multiplicative", "multiplicative", "cyclic", 9, 0)]
    [InlineData(3, "additive", "multiplicative", "cyclic", 9, 0.01)]
    [InlineData(4, "additive", "additive", "potential", 1, 0, 0.0)]
    [InlineData(5, "multiplicative", "additive", "potential", 1, 0, 0.0)]
    public void It_is_the_game_of_full_arrays(
        int seed,
        string dynamics,
        string rewards,
        string coupling,
        int interactions,
        double floor,
        double? transitionWeight = null
    )
    {
        const int States = 9;
        var reference = new DenseGarnet(seed, States, 3, 4, interactions, coupling == "cyclic");
        reference.Coefficients[0] = transitionWeight ?? reference.Coefficients[0];
        var game = Create(
            MfGarnet.Definition,
            ("seed", seed),
            ("states", States),
            ("actions", 3),
            ("branching", 4),
            ("interactions", interactions),
            ("dynamics", dynamics),
            ("rewards", rewards),
            ("coupling", coupling),
            ("transition-weight", transitionWeight is { } weight ? weight : "drawn"),
            ("weight-floor", floor)
        );
        foreach (var meanField in Corners(States).Append(Grids.Uniform(game)).Append(Law(States)))
        {
            for (var s = 0; s < States; s++)
            {
                for (var a = 0; a < 3; a++)
                {
                    var reward = reference.Reward(s, a, meanField, rewards == "multiplicative");
                    Assert.Equal(reward, game.Reward(s, a, meanField), 1e-13);
                    var row = reference.Row(s, a, meanField, dynamics == "multiplicative", floor);
                    Assert.Equal(row, Row(game, s, a, meanField), Within(1e-13));
                }
            }
        }
    }

    [Fact]
    public void A_seed_is_a_game()
    {
        var uniform = Grids.Uniform(Create(MfGarnet.Definition));
        var rewards = new[] { 0, 0, 1, -1, int.MaxValue, int.MinValue }
            .Select(seed => Create(MfGarnet.Definition, ("seed", seed)).Reward(3, 2, uniform))
            .ToArray();
        Assert.Equal(rewards[0], rewards[1]);
        Assert.Distinct(rewards.Skip(1));
    }

    [Fact]
    public void Each_action_has_as_many_successors_as_branching_says()
    {
        var game = Create(MfGarnet.Definition, ("states", 7), ("branching", 5), ("transition-coupling", 0));
        for (var s = 0; s < 7; s++)
        {
            for (var a = 0; a < 6; a++)
            {
                var row = new TransitionRow();
                game.AddTransitions(s, a, Grids.Uniform(game), row);
                Assert.Equal(5, row.Entries.Count);
                Assert.Distinct(row.Entries.Select(entry => entry.Key));
            }
        }
    }

    // Around any three states the rewards of standing in one while all are in the next sum to the same both ways: what the states are paid by
    // themselves appears on both sides, and an exact potential leaves nothing else.
    [Fact]
    public void A_potential_game_has_no_gain_in_going_round()
    {
        var game = Create(MfGarnet.Definition, ("interactions", 20));
        var r = StandingRewards(game);
        Assert.All(Triples(), t => Assert.Equal(Around(t.X, t.Y, t.Z), Around(t.X, t.Z, t.Y), 1e-13));

        double Around(int x, int y, int z) => r[x][y] + r[y][z] + r[z][x];
    }

    [Fact]
    public void In_a_cyclic_game_what_one_state_wins_another_loses()
    {
        var game = Create(MfGarnet.Definition, ("interactions", 20), ("coupling", "cyclic"));
        var r = StandingRewards(game);
        Assert.All(Triples(), t => Assert.Equal(0, r[t.X][t.Y] + r[t.Y][t.X] - r[t.X][t.X] - r[t.Y][t.Y], 1e-13));
        Assert.Contains(Triples(), t => Math.Abs(r[t.X][t.Y] - r[t.Y][t.X]) > 0.1);
    }

    [Theory]
    [InlineData("0", "0", MeanFieldCoupling.None)]
    [InlineData("0", "0.5", MeanFieldCoupling.Rewards)]
    [InlineData("0.5", "0", MeanFieldCoupling.RewardsAndTransitions)]
    [InlineData("drawn", "drawn", MeanFieldCoupling.RewardsAndTransitions)]
    public void A_coefficient_of_zero_takes_the_crowd_out(
        string transitions,
        string rewards,
        MeanFieldCoupling coupling
    )
    {
        var game = Create(
            MfGarnet.Definition,
            ("transition-coupling", transitions),
            ("reward-coupling", rewards),
            ("interactions", 20)
        );
        var (one, other) = (Grids.Uniform(game), Corners(20).First());
        Assert.Equal(coupling, game.Coupling);
        Assert.Equal(rewards == "0", game.Reward(3, 2, one).Equals(game.Reward(3, 2, other)));
        Assert.Equal(transitions == "0", Row(game, 3, 2, one).SequenceEqual(Row(game, 3, 2, other)));
    }

    [Fact]
    public void Giving_a_coefficient_draws_everything_else_as_before()
    {
        var uniform = Law(20);
        var (drawn, given) = (Create(MfGarnet.Definition), Create(MfGarnet.Definition, ("transition-weight", 0.5)));
        Assert.Equal(drawn.Reward(3, 2, uniform), given.Reward(3, 2, uniform));
        var other = Create(MfGarnet.Definition, ("reward-weight", 0.5), ("reward-scale", 3));
        Assert.Equal(Row(drawn, 3, 2, uniform), Row(other, 3, 2, uniform));
    }

    // R is standard normal; an entry of M off the diagonal is the mean of two with variance one, whatever the number of interactions. Fixed
    // seed; the bounds are 5.5 standard deviations of the means or more (2400 rewards; 19900 entries whose squares have variance 0.5, or 3.9
    // with 20 interactions): false alarms below 1e-7.
    [Theory]
    [InlineData(20, 0.1)]
    [InlineData(200, 0.03)]
    public void Rewards_and_interactions_have_the_published_moments(int interactions, double bound)
    {
        const int States = 200;
        (string, object)[] sizes =
        [
            ("states", States),
            ("actions", 12),
            ("branching", 1),
            ("interactions", interactions),
        ];
        var own = Create(MfGarnet.Definition, [.. sizes, ("reward-weight", 1), ("reward-coupling", 0)]);
        var nowhere = new double[States];
        double[] rewards =
        [
            .. Enumerable.Range(0, States * 12).Select(pair => own.Reward(pair / 12, pair % 12, nowhere)),
        ];
        Assert.Equal(0, rewards.Average(), 5.5 / Math.Sqrt(2400));
        Assert.Equal(1, rewards.Average(r => r * r), 5.5 * Math.Sqrt(2 / 2400.0));

        var crowd = StandingRewards(
            Create(MfGarnet.Definition, [.. sizes, ("reward-weight", 0), ("reward-coupling", 1)])
        );
        var entries = Enumerable.Range(0, States).SelectMany(s => crowd[s].Take(s)).ToArray();
        Assert.Equal(0, entries.Average(), 5.5 * Math.Sqrt(0.5 / entries.Length));
        Assert.Equal(0.5, entries.Average(m => m * m), bound);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Equal(
            "mf-garnet: 'branching' is 21; allowed: at most the number of states, 20",
            Refusal(MfGarnet.Definition, "branching", 21)
        );
        Assert.Equal(
            "mf-garnet: 'interactions' is 21; allowed: at most the number of states, 20",
            Refusal(MfGarnet.Definition, "interactions", 21)
        );
        Assert.Equal(
            "mf-garnet: states, actions, branching and interactions make 252000000 numbers; allowed: states * actions * branching * (1 + interactions) of at most 100000000",
            Refusal(MfGarnet.Definition, "states", 1_000_000)
        );
    }

    // By state and by the state that everybody else is in.
    private static double[][] StandingRewards(IMeanFieldGame game) =>
        [
            .. Enumerable
                .Range(0, game.StateCount)
                .Select(s => Corners(game.StateCount).Select(corner => game.Reward(s, 0, corner)).ToArray()),
        ];

    private static IEnumerable<double[]> Corners(int states) =>
        Enumerable
            .Range(0, states)
            .Select(y =>
            {
                var corner = new double[states];
                corner[y] = 1;
                return corner;
            });

    private static double[] Law(int states) => RandomInputs.Law(states, new Random(1));

    private static IEnumerable<(int X, int Y, int Z)> Triples() =>
        Enumerable.Range(0, 18).Select(x => (x, x + 1, x + 2)).Concat([(0, 9, 17), (3, 11, 5)]);
}
