using MeanField.Games;
using MeanField.Sampling;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>The model of what was seen, against a list of everything that was seen.</summary>
public class EmpiricalGameTests
{
    // Three states with two actions each: pair 2 s + a.
    private static readonly int[] PairOffsets = [0, 2, 4, 6];
    private static readonly double[] MeanField = [0.2, 0.3, 0.5];

    [Fact]
    public void Successors_come_in_proportion_to_their_counts()
    {
        var game = Model();
        game.Add(3, 2, 3, 0.5);
        game.Add(3, 0, 4, 0.5);
        game.Add(3, 2, 1, 0.5);
        game.Refresh();
        Assert.Equal([0.5, 0, 0.5], Law(game, 3));
        Assert.Equal(0.5, game.Reward(1, 1, MeanField));

        var tabular = TabularGame.Create(game);
        Assert.Equal([0, 1, 2], tabular.Successors[tabular.RowOffsets[3]..tabular.RowOffsets[4]]);
        Assert.Equal([0.5, 0, 0.5], tabular.Probabilities[tabular.RowOffsets[3]..tabular.RowOffsets[4]]);
    }

    [Fact]
    public void An_untried_action_stays_and_pays_what_the_others_of_its_state_pay()
    {
        var game = Model(actions: 3);
        game.Add(0, 1, 1, 2);
        game.Add(1, 1, 100, 5);
        game.Add(3, 1, 1, -4);
        game.Refresh();
        Assert.Equal([1, 0, 0], Law(game, 2));
        Assert.Equal(3.5, game.Reward(0, 2, MeanField));
        Assert.Equal([0, 1, 0], Law(game, 5));
        Assert.Equal(-4, game.Reward(1, 2, MeanField));
    }

    [Fact]
    public void A_state_never_tried_pays_the_average_of_all_pairs_seen()
    {
        var game = Model();
        Assert.Equal(0, game.Reward(2, 0, MeanField));
        Assert.Equal([0, 0, 1], Law(game, 4));
        game.Add(0, 1, 7, 2);
        game.Add(1, 1, 1, 5);
        game.Add(3, 1, 1, -4);
        game.Refresh();
        Assert.Equal(1, game.Reward(2, 0, MeanField));
        Assert.Equal(1, game.Reward(2, 1, MeanField));
    }

    [Fact]
    public void Of_rewards_without_luck_the_last_one_counts()
    {
        var game = Model();
        game.Add(2, 0, 5, 1.5);
        game.Add(2, 1, 1, -0.25);
        game.Refresh();
        Assert.Equal(-0.25, game.Reward(1, 0, MeanField));
    }

    [Fact]
    public void Rewards_with_luck_are_averaged()
    {
        var game = Model(hasRandomRewards: true);
        game.Add(2, 0, 3, 1.5);
        game.Add(2, 1, 1, -0.5);
        game.Refresh();
        Assert.Equal(1, game.Reward(1, 0, MeanField));
        Assert.Equal(1, game.Reward(1, 1, MeanField));
        Assert.Equal(1, game.Reward(0, 0, MeanField));
    }

    [Fact]
    public void Expected_successors_change_no_number()
    {
        var (game, twin) = (Model(), Model());
        game.Expect(0, [2, 1]);
        game.Expect(3, [1, 2, 2]);
        AssertSame(twin, game);
        Assert.Equal(0, game.Pattern);
        foreach (var model in new[] { game, twin })
        {
            model.Add(0, 1, 3, 1);
            model.Add(3, 2, 1, 2);
            model.Add(4, 2, 1, 2);
            model.Refresh();
        }

        AssertSame(twin, game);
    }

    [Fact]
    public void The_pattern_changes_when_a_successor_was_not_expected()
    {
        var game = Model();
        game.Expect(0, [2]);
        game.Add(0, 2, 1, 0);
        game.Add(0, 0, 1, 0);
        Assert.Equal(0, game.Pattern);
        game.Add(0, 1, 1, 0);
        Assert.NotEqual(0, game.Pattern);
        var pattern = game.Pattern;
        game.Add(0, 1, 5, 0);
        Assert.Equal(pattern, game.Pattern);
        game.Add(1, 1, 1, 0);
        Assert.NotEqual(pattern, game.Pattern);
    }

    [Fact]
    public void A_game_tabulated_once_takes_in_what_comes_later()
    {
        var game = Model();
        game.Expect(0, [1, 2]);
        var mdp = FrozenMdp.Create(TabularGame.Create(game), MeanField);
        game.Add(0, 2, 1, 7);
        game.Refresh();
        using var team = new MeanField.Numerics.ThreadTeam(1);
        mdp.MoveTo(MeanField, team);
        Assert.Equal([0, 0, 1], mdp.Probabilities[..3]);
        Assert.Equal(7, mdp.Rewards[0]);
    }

    [Fact]
    public void The_order_of_observations_at_one_mean_field_does_not_matter()
    {
        var random = new Random(8);
        var steps = Enumerable
            .Range(0, 500)
            .Select(_ => new ObservedStep(random.Next(6), random.Next(3), 0))
            .Select(step => step with { Reward = 0.1 + step.Pair })
            .ToArray();
        var (game, other) = (Model(), Model());
        Array.ForEach(steps, step => game.Add(step.Pair, step.Next, 1, step.Reward));
        random.Shuffle(steps);

        // And added up beforehand.
        foreach (var group in steps.GroupBy(step => step))
        {
            other.Add(group.Key.Pair, group.Key.Next, group.Count(), group.Key.Reward);
        }

        game.Refresh();
        other.Refresh();
        AssertSame(game, other);
        Assert.Equal(game.Pattern, other.Pattern);
    }

    [Theory]
    [InlineData(MeanFieldCoupling.None, false)]
    [InlineData(MeanFieldCoupling.None, true)]
    [InlineData(MeanFieldCoupling.Rewards, false)]
    [InlineData(MeanFieldCoupling.Rewards, true)]
    [InlineData(MeanFieldCoupling.RewardsAndTransitions, false)]
    [InlineData(MeanFieldCoupling.RewardsAndTransitions, true)]
    public void What_depends_on_the_mean_field_is_forgotten_as_it_gets_old(
        MeanFieldCoupling coupling,
        bool hasRandomRewards
    )
    {
        var random = new Random(1);
        var game = Model(hasRandomRewards, coupling: coupling);
        var seen = new Diary();
        for (var iteration = 0; iteration < 60; iteration++)
        {
            // Pair 5 is tried early and then never again; sums of such rewards are exact.
            for (var n = random.Next(2 + iteration); n > 0; n--)
            {
                var (pair, next, count) = (random.Next(iteration < 15 ? 6 : 5), random.Next(3), random.Next(1, 4));
                var reward = random.Next(-64, 64) / 8.0;
                game.Add(pair, next, count, reward);
                seen.Add(pair, next, count, reward);
            }

            game.Refresh();
            seen.Refresh();
            for (var pair = 0; pair < 6; pair++)
            {
                var transitions = seen.Kept(pair, coupling == MeanFieldCoupling.RewardsAndTransitions);
                var rewards = seen.Kept(pair, coupling != MeanFieldCoupling.None && hasRandomRewards);
                if (rewards.Count > 0)
                {
                    Assert.Equal(
                        Enumerable
                            .Range(0, 3)
                            .Select(s => (double)transitions.Count(x => x.Next == s) / transitions.Count),
                        Law(game, pair)
                    );
                    Assert.Equal(
                        hasRandomRewards ? rewards.Average(x => x.Reward) : rewards[^1].Reward,
                        game.Reward(pair / 2, pair % 2, MeanField)
                    );
                }
            }
        }

        // Something was forgotten where that is right, so the comparison above was about it.
        Assert.InRange(seen.Renewals, 5, 12);
        Assert.True(seen.Kept(0, isForgotten: true).Count < seen.Kept(0, isForgotten: false).Count);
        Assert.NotEmpty(seen.Kept(5, isForgotten: true));
    }

    [Fact]
    public void Nothing_is_forgotten_before_there_are_as_many_observations_as_pairs()
    {
        var game = Model(coupling: MeanFieldCoupling.RewardsAndTransitions);
        foreach (var (next, count) in new[] { (1, 1), (2, 2), (0, 2) })
        {
            game.Add(0, next, count, 0);
            game.Refresh();
        }

        Assert.Equal([0.4, 0.2, 0.4], Law(game, 0));
    }

    [Fact]
    public void The_game_is_described_as_the_simulator_describes_itself()
    {
        var game = Model();
        Assert.Equal((3, 0.9), (game.StateCount, game.Discount));
        Assert.Equal(2, game.ActionCount(1));
        Assert.Equal(("s2", "a1"), (game.StateName(2), game.ActionName(2, 1)));
        Assert.Equal(MeanFieldCoupling.RewardsAndTransitions, game.Coupling);
    }

    private static EmpiricalGame Model(
        bool hasRandomRewards = false,
        int actions = 2,
        MeanFieldCoupling coupling = MeanFieldCoupling.Rewards
    ) =>
        new(
            new ScriptedSimulator { HasRandomRewards = hasRandomRewards, Coupling = coupling },
            [.. Enumerable.Range(0, PairOffsets.Length).Select(s => s * actions)]
        );

    private static double[] Law(EmpiricalGame game, int pair)
    {
        var (state, row, law) = (0, new TransitionRow(), new double[game.StateCount]);
        for (; pair >= game.ActionCount(state); state++)
        {
            pair -= game.ActionCount(state);
        }

        game.AddTransitions(state, pair, MeanField, row);
        foreach (var (successor, probability) in row.Entries)
        {
            law[successor] += probability;
        }

        return law;
    }

    private static void AssertSame(EmpiricalGame expected, EmpiricalGame actual)
    {
        for (var pair = 0; pair < PairOffsets[^1]; pair++)
        {
            Assert.Equal(Law(expected, pair), Law(actual, pair));
            Assert.Equal(expected.Reward(pair / 2, pair % 2, MeanField), actual.Reward(pair / 2, pair % 2, MeanField));
        }
    }

    // Everything seen, by chapter. A chapter ends when it has twice the last one's observations, and at least one for each pair. Of a pair the open
    // chapter counts, and the last closed one in which it was tried.
    private sealed class Diary
    {
        private readonly List<List<ObservedStep>> _chapters =
        [
            [],
        ];

        public int Renewals => _chapters.Count - 1;

        public void Add(int pair, int next, int count, double reward) =>
            _chapters[^1].AddRange(Enumerable.Repeat(new ObservedStep(pair, next, reward), count));

        public void Refresh()
        {
            var last = _chapters.Count > 1 ? _chapters[^2].Count : 0;
            if (_chapters[^1].Count >= Math.Max(2 * last, PairOffsets[^1]))
            {
                _chapters.Add([]);
            }
        }

        public List<ObservedStep> Kept(int pair, bool isForgotten)
        {
            var chapters = _chapters.Select(chapter => chapter.Where(step => step.Pair == pair).ToList()).ToList();
            var lastClosed = chapters[..^1].LastOrDefault(chapter => chapter.Count > 0, []);
            return isForgotten ? [.. lastClosed, .. chapters[^1]] : [.. chapters.SelectMany(chapter => chapter)];
        }
    }
}
