using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class MeanFieldDerivativeTests
{
    /// <summary>Rewards and kernel of these games are linear in μ, so a symmetric difference in 28 digits is their derivative.</summary>
    [Theory]
    [InlineData(MeanFieldCoupling.None)]
    [InlineData(MeanFieldCoupling.Rewards)]
    [InlineData(MeanFieldCoupling.RewardsAndTransitions)]
    public void Differences_along_a_change_are_the_derivative(MeanFieldCoupling coupling)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            using var scene = new RandomCase(seed, coupling: coupling);
            var change = ChangeOf(scene.States, scene.Random);
            var point = PointOf(scene.Game, scene.Policy, scene.Law, scene.Random);
            var (actionValues, flow) = Derive(scene.Game, scene.Chain, point, change);

            var (above, below) = (Shifted(scene, change, 1e-3), Shifted(scene, change, -1e-3));
            var values = DecimalMath.From(point.RelativeValues);
            var q = above
                .ActionValues(values)
                .Zip(below.ActionValues(values), (up, down) => up.Zip(down, (u, d) => (u - d) / 0.002m))
                .SelectMany(row => row)
                .ToArray();
            Assert.All(q.Zip(actionValues), pair => Assert.Equal((double)pair.First, pair.Second, 2e-8));

            var weights = DecimalMath.From(scene.Law);
            var (up, down) = (above.Chain(scene.DensePolicy), below.Chain(scene.DensePolicy));
            var moved = DenseChain.Push(up, weights).Zip(DenseChain.Push(down, weights), (u, d) => (u - d) / 0.002m);
            Assert.All(moved.Zip(flow), pair => Assert.Equal((double)pair.First, pair.Second, 2e-8));
        }
    }

    [Theory]
    [InlineData("linear", 2)]
    [InlineData("log", 2)]
    [InlineData("power", 2)]
    [InlineData("power", 0.5)]
    [InlineData("power", 3)]
    public void Derivatives_of_the_game_and_differences_agree(string form, double power)
    {
        var source = Grids.Crowd(
            ("layout", Grids.Walls),
            ("congestion-form", form),
            ("congestion-power", power),
            ("congestion", 2.5)
        );
        var random = new Random(5);
        var plain = TabularGame.Create(new TransformedGame(source, factor: 1, constant: 0));
        var game = TabularGame.Create(source);
        Assert.False(plain.Source is IRewardDerivative);
        for (var trial = 0; trial < 10; trial++)
        {
            // Shares of a percent and more: nearer to 0 a logarithm is too steep for differences.
            var law = Array.ConvertAll(
                RandomInputs.Law(game.StateCount, random),
                share => (0.7 * share) + (0.3 / game.StateCount)
            );
            var policy = RandomInputs.Policy(source, random);
            var change = ChangeOf(game.StateCount, random);
            var (exact, _) = Derive(game, new InducedChain(game), PointOf(game, policy, law, random), change);
            var (close, _) = Derive(plain, new InducedChain(plain), PointOf(plain, policy, law, random), change);
            Assert.All(exact.Zip(close), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * exact.Max(Math.Abs)));
            Assert.Contains(exact, d => Math.Abs(d) > 0.01);
        }
    }

    /// <summary>Forward and backward differences may leave the probabilities; these do not, though all of the mass is in one state.</summary>
    [Fact]
    public void Differences_stay_within_the_probabilities()
    {
        var source = new PopulationGame(
            (_, _, _) => [(0, 0.5), (1, 0.5)],
            (state, _, meanField) => meanField.Min() < 0 ? double.NaN : (state + 1) * meanField[1],
            states: 2
        )
        {
            Coupling = MeanFieldCoupling.Rewards,
        };
        var game = TabularGame.Create(source);
        var point = PointOf(game, [1, 1], [1, 0], new Random(1));
        var (actionValues, flow) = Derive(game, new InducedChain(game), point, [-3, 3]);
        Assert.Equal(3, actionValues[0], 1e-9);
        Assert.Equal(6, actionValues[1], 1e-9);
        Assert.Equal([0, 0], flow);
    }

    [Fact]
    public void No_change_changes_nothing()
    {
        var game = TabularGame.Create(CatalogueGames.Create(SisEpidemic.Definition));
        var point = PointOf(game, [.. Enumerable.Repeat(0.2, 10)], [0.5, 0.5], new Random(1));
        var (actionValues, flow) = Derive(game, new InducedChain(game), point, [0, 0]);
        Assert.All(actionValues, d => Assert.Equal(0, d));
        Assert.All(flow, d => Assert.Equal(0, d));
    }

    private static (double[] ActionValues, double[] Flow) Derive(
        TabularGame game,
        InducedChain pattern,
        NewtonPoint point,
        double[] change
    )
    {
        using var team = new ThreadTeam(1);
        var derivative = new MeanFieldDerivative(pattern, point.MeanField, team);
        derivative.TakeUp(point.MeanField, point.Policy, point.RelativeValues, point.MeanField);
        var (actionValues, flow) = (new double[game.PairCount], new double[game.StateCount]);
        derivative.Apply(change, actionValues, flow);
        return (actionValues, flow);
    }

    private static NewtonPoint PointOf(TabularGame game, double[] policy, double[] law, Random random)
    {
        var point = new NewtonPoint(game);
        policy.CopyTo(point.Policy, 0);
        law.CopyTo(point.MeanField, 0);
        for (var s = 0; s < law.Length; s++)
        {
            point.RelativeValues[s] = (10 * random.NextDouble()) - 5;
        }

        return point;
    }

    private static double[] ChangeOf(int states, Random random)
    {
        var change = Enumerable.Range(0, states).Select(_ => random.NextDouble()).ToArray();
        return Array.ConvertAll(change, x => x - change.Average());
    }

    private static DenseMdp Shifted(RandomCase scene, double[] change, double by) =>
        DenseMdp.At(scene.Source, scene.Law.Zip(change, (share, v) => share + (by * v)).ToArray());
}
