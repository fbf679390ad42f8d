using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Tabular;

public class FrozenMdpTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rewards_and_transitions_are_the_games_own_at_every_mean_field(int seed)
    {
        using var check = new RandomCase(seed);
        AssertSame(check, check.Law);
        foreach (var next in new[] { RandomInputs.Law(check.States, check.Random), Grids.Uniform(check.Source) })
        {
            check.Mdp.MoveTo(next, check.Team);
            AssertSame(check, next);
        }

        // Back where it began: nothing of the places between is left.
        var fresh = FrozenMdp.Create(check.Game, check.Law);
        check.Mdp.MoveTo(check.Law, check.Team);
        Assert.Equal(fresh.Rewards, check.Mdp.Rewards);
        Assert.Equal(fresh.Probabilities, check.Mdp.Probabilities);
    }

    [Fact]
    public void Transitions_that_do_not_couple_are_shared_with_the_game()
    {
        using var check = new RandomCase(1, coupling: MeanFieldCoupling.Rewards);
        Assert.True(check.Mdp.Probabilities == check.Game.Probabilities);
        using var coupled = new RandomCase(1, coupling: MeanFieldCoupling.RewardsAndTransitions);
        Assert.False(coupled.Mdp.Probabilities == coupled.Game.Probabilities);
    }

    [Fact]
    public void The_mean_field_is_copied()
    {
        var law = new[] { 0.5, 0.5 };
        var mdp = FrozenMdp.Create(TabularGame.Create(ListedGame.OfChain([(1, 1)], [(0, 1)])), law);
        law[0] = 7;
        Assert.Equal([0.5, 0.5], mdp.MeanField);
    }

    [Theory]
    [InlineData(new[] { 1.0 }, "mean field has 1 numbers; allowed: 2, one a state")]
    [InlineData(new[] { 0.5, 0.25, 0.25 }, "mean field has 3 numbers; allowed: 2, one a state")]
    [InlineData(new[] { 1.5, -0.5 }, "mean field at state s1 is -0.5; allowed: 0 to 1")]
    [InlineData(new[] { double.NaN, 1 }, "mean field at state s0 is NaN; allowed: 0 to 1")]
    [InlineData(new[] { 0, double.PositiveInfinity }, "mean field at state s1 is Infinity; allowed: 0 to 1")]
    [InlineData(new[] { 0.5, 0.25 }, "mean field sums to 0.75; allowed: 1 within 1E-09")]
    [InlineData(new[] { 0.0, 0.0 }, "mean field sums to 0; allowed: 1 within 1E-09")]
    public void What_is_no_probability_over_the_states_is_refused(double[] meanField, string message)
    {
        var game = TabularGame.Create(ListedGame.OfChain([(1, 1)], [(0, 1)]));
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => FrozenMdp.Create(game, meanField)).Message);
    }

    [Fact]
    public void A_successor_that_only_appears_at_another_mean_field_is_a_finding()
    {
        var game = TabularGame.Create(
            new PopulationGame((s, _, mu) => mu[0] > 0.6 ? [(1 - s, 1)] : [(s, 1)], (_, _, _) => 0)
        );
        var findings = Assert.Throws<InvalidGameException>(() => FrozenMdp.Create(game, [0.7, 0.3])).Findings;
        Assert.Equal(
            new GameFinding(
                "state s0, action a0",
                "names a successor at this mean field that it did not name at the uniform one",
                "the same successors at every mean field, with probability 0 where unreachable"
            ),
            findings[0]
        );
    }

    [Theory]
    [InlineData(0.4, "transition probabilities sum to 0.9")]
    [InlineData(double.NaN, "has transition probability NaN")]
    [InlineData(-0.1, "has transition probability -0.1")]
    public void A_row_that_breaks_at_another_mean_field_is_a_finding(double probability, string found)
    {
        var game = TabularGame.Create(
            new PopulationGame(
                (_, _, mu) => mu[0] > 0.6 ? [(0, 0.5), (1, probability)] : [(0, 0.5), (1, 0.5)],
                (_, _, _) => 0
            )
        );
        var exception = Assert.Throws<InvalidGameException>(() => FrozenMdp.Create(game, [0.7, 0.3]));
        Assert.Equal(("state s0, action a0", found), (exception.Findings[0].Place, exception.Findings[0].Found));
    }

    [Fact]
    public void A_reward_that_breaks_at_another_mean_field_is_a_finding()
    {
        var game = TabularGame.Create(new PopulationGame((s, _, _) => [(s, 1)], (s, _, mu) => Math.Log(mu[s])));
        var exception = Assert.Throws<InvalidGameException>(() => FrozenMdp.Create(game, [1, 0]));
        Assert.Equal(
            new GameFinding("state s1, action a0", "reward is -Infinity at the current mean field", "a finite number"),
            Assert.Single(exception.Findings)
        );
    }

    [Fact]
    public void A_game_that_breaks_in_a_worker_thread_reaches_the_caller()
    {
        var game = TabularGame.Create(
            new PopulationGame((s, _, _) => [(s, 1)], (_, _, mu) => mu[0] > 0.5 ? double.NaN : 0, states: 5000)
        );
        using var team = new ThreadTeam(3);
        var mdp = FrozenMdp.Create(game, Grids.Uniform(game.Source));
        var corner = new double[5000];
        corner[0] = 1;
        Assert.Throws<InvalidGameException>(() => mdp.MoveTo(corner, team));
    }

    private static void AssertSame(RandomCase check, double[] meanField)
    {
        var dense = DenseMdp.At(check.Source, meanField);
        Assert.Equal(meanField, check.Mdp.MeanField);
        var pair = 0;
        for (var s = 0; s < check.States; s++)
        {
            for (var a = 0; a < check.Source.ActionCount(s); a++, pair++)
            {
                Assert.Equal((double)dense.Rewards[s][a], check.Mdp.Rewards[pair], 1e-15);
                var stored = new double[check.States];
                for (var e = check.Game.RowOffsets[pair]; e < check.Game.RowOffsets[pair + 1]; e++)
                {
                    stored[check.Game.Successors[e]] = check.Mdp.Probabilities[e];
                }

                Assert.All(stored, (x, next) => Assert.Equal((double)dense.Transitions[s][a][next], x, 1e-15));
            }
        }
    }
}
