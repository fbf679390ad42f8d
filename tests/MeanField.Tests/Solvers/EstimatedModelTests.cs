using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class EstimatedModelTests
{
    // Counts within 5.6 standard errors of the law: one false alarm in a million runs if seeds were drawn.
    private const double StandardErrors = 5.6;

    // Two states; the chance to move is the other state's share. Rewards follow the share of one's own.
    private static readonly PopulationGame Game = new(
        (s, a, mu) => [(s, 1 - mu[1 - s]), (1 - s, mu[1 - s])],
        (s, a, mu) => a - (3 * mu[s]),
        actions: 2
    );

    // Once as much was seen at the new mean field as twice what was seen at the old one, the model has forgotten the old one.
    [Fact]
    public void What_was_seen_at_another_mean_field_is_forgotten()
    {
        using var inside = Case();
        var model = inside.Iteration.Model!;
        double[] early = [0.1, 0.9];
        double[] late = [0.8, 0.2];
        inside.Session.MoveTo(early, inside.Team);
        Sample(inside, 0, early);
        AssertChanceToMove(model, 0, 0.9);
        inside.Session.MoveTo(late, inside.Team);
        Sample(inside, 1, late);
        Assert.InRange(Chance(model, 0), 0.25, 0.8);
        Sample(inside, 2, late);
        Sample(inside, 3, late);
        AssertChanceToMove(model, 0, 0.2);
        AssertChanceToMove(model, 2, 0.8);
    }

    [Fact]
    public void Rewards_are_those_of_the_mean_field()
    {
        using var inside = Case();
        double[] law = [0.8, 0.2];
        Sample(inside, 0, Grids.Uniform(Game));
        inside.Session.MoveTo(law, inside.Team);
        Sample(inside, 1, law);
        var rewards = inside.Iteration.Model!.Mdp!.Rewards;
        foreach (var (pair, reward) in new[] { -2.4, -1.4, -0.6, 0.4 }.Index())
        {
            Assert.Equal(reward, rewards[pair], 1e-12);
        }
    }

    // A new table and a new elimination order cost more than numbers that move.
    [Fact]
    public void The_model_is_tabulated_again_only_when_a_successor_is_new()
    {
        using var inside = Case();
        var model = inside.Iteration.Model!;
        Assert.True(Sample(inside, 0, Grids.Uniform(Game)));
        var (mdp, pattern) = (model.Mdp, model.Pattern);
        Assert.False(Sample(inside, 1, Grids.Uniform(Game)));
        Assert.Same(mdp, model.Mdp);
        Assert.Same(pattern, model.Pattern);
    }

    // What a kernel says can follow is room made beforehand: the same model, tabulated once.
    [Fact]
    public void Expecting_successors_changes_no_number()
    {
        var rows = new ListedRow[][] { [new(0, (0, 0.999), (1, 0.001)), new(1, (1, 1))], [new(0, (0, 1))] };
        var game = new ListedGame { Rows = rows, Discount = 0.5 };
        using var plain = new SampledCase(game, Options, seed: 1);
        using var expecting = new SampledCase(game, Options, seed: 1);
        expecting.Iteration.Model!.Expect(expecting.Game);
        foreach (var inside in new[] { plain, expecting })
        {
            inside.Session.Policy.Update([0.5, 0.5, 1], [0, 0, 0], 0);
            inside.Session.Improve(0, 0, 40, _ => inside.Iteration.Model!.Collect());
            inside.Iteration.Model!.Update(Grids.Uniform(game));
        }

        var (one, other) = (plain.Iteration.Model!.Mdp!, expecting.Iteration.Model!.Mdp!);
        Assert.Equal((5, 6), (one.Game.Successors.Length, other.Game.Successors.Length));
        Assert.Equal(one.Rewards, other.Rewards);
        var (dense, expected) = (DenseMdp.At(one.Game.Source, [0.5, 0.5]), DenseMdp.At(other.Game.Source, [0.5, 0.5]));
        Assert.Equal(dense.Transitions, expected.Transitions);
    }

    private static SampledMfTrpoOptions Options => new() { SampleBudget = 1_000_000 };

    private static SampledCase Case() => new(Game, Options);

    // 5000 trajectories of ten steps or so each.
    private static bool Sample(SampledCase inside, int outer, double[] meanField)
    {
        inside.Session.Policy.Update([0.5, 0.5, 0.5, 0.5], [0, 0, 0, 0], 0);
        Assert.Null(inside.Session.Improve(outer, 0, 5000, _ => inside.Iteration.Model!.Collect()));
        return inside.Iteration.Model!.Update(meanField);
    }

    private static double Chance(EstimatedModel model, int pair)
    {
        var game = model.Mdp!.Game;
        var state = pair / 2;
        var entry =
            game.RowOffsets[pair]
            + game.Successors[game.RowOffsets[pair]..game.RowOffsets[pair + 1]].IndexOf(1 - state);
        return model.Mdp.Probabilities[entry];
    }

    // Each pair was tried in some 5000 steps at least.
    private static void AssertChanceToMove(EstimatedModel model, int pair, double chance)
    {
        var error = StandardErrors * Math.Sqrt(chance * (1 - chance) / 5000);
        Assert.InRange(Chance(model, pair), chance - error, chance + error);
    }
}
