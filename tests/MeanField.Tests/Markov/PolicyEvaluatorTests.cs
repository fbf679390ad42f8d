using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class PolicyEvaluatorTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Values_and_visits_are_those_of_a_dense_solve(int seed)
    {
        using var check = new RandomCase(seed);
        var evaluator = new PolicyEvaluator(check.Chain, check.Team);
        var expected = check.Dense.PolicyValues(check.DensePolicy, 0.25m);
        var rewards = Array.ConvertAll(check.Dense.ExpectedRewards(check.DensePolicy, 0.25m), r => (double)r);
        var values = new double[check.States];
        var discount = check.Source.Discount;
        var residual = evaluator.Evaluate(discount, rewards, 1e-14, values);
        var tolerance = check.ValueTolerance + (residual / (1 - discount));
        Assert.InRange(residual, 0, 1e-13 / (1 - discount));
        Assert.All(values, (value, s) => Assert.Equal((double)expected[s], value, tolerance));

        var visits = new double[check.States];
        evaluator.Visits(discount, check.Law, visits);
        var expectedVisits = DenseChain.Visits(check.DenseChain, check.Dense.Discount, check.Dense.MeanField);
        Assert.All(visits, (x, s) => Assert.Equal((double)expectedVisits[s], x, check.ValueTolerance + 1e-11));
    }

    // Policies a hair apart, the same again, a wholly other one, another discount: what is kept from one to the next must not show.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_evaluator_that_goes_from_policy_to_policy_is_right_about_each(int seed)
    {
        using var check = new RandomCase(seed, discount: 0.95);
        var evaluator = new PolicyEvaluator(check.Chain, check.Team);
        var (values, policy) = (new double[check.States], check.Policy);
        foreach (var share in new[] { 0, 1e-12, 1e-6, 0, 1e-3, 0.1, 1, 0, 1e-9, 1 })
        {
            var other = RandomInputs.Policy(check.Source, check.Random, hasGaps: true);
            policy = [.. policy.Zip(other, (p, q) => ((1 - share) * p) + (share * q))];
            check.Chain.Update(check.Mdp, policy, check.Team);
            var dense = check.Dense.ByState(policy);
            var chain = check.Dense.Chain(dense);
            var rewards = check.Dense.ExpectedRewards(dense, 0.1m);
            foreach (var discount in new[] { 0.95, 0.95, 0.6 })
            {
                var residual = evaluator.Evaluate(discount, Array.ConvertAll(rewards, r => (double)r), 1e-12, values);
                var expected = LinearSolver.Solve(
                    DenseChain.OneMinus(chain, DecimalMath.From(discount), isTransposed: false),
                    rewards
                );
                Assert.InRange(residual, 0, 1e-12);
                Assert.All(values, (value, s) => Assert.Equal((double)expected[s], value, 2e-12 / (1 - discount)));
            }
        }
    }

    // A 40 × 40 grid is too large for elimination to pay at first; near discount one it takes over from the sweeps.
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.9, 1)]
    [InlineData(0.9, 2)]
    [InlineData(0.99, 1)]
    [InlineData(0.9999, 1)]
    [InlineData(0.9999, 3)]
    [InlineData(0.9999999, 1)]
    public void Sweeps_and_what_follows_them_reach_the_tolerance_on_a_grid(double discount, int threads)
    {
        var game = Grids.Square(40, ("discount", discount));
        var source = game.Source;
        var law = Grids.Uniform(source);
        using var team = new ThreadTeam(threads);
        var mdp = FrozenMdp.Create(game, law);
        var chain = new InducedChain(game);
        Assert.True(chain.Plan!.Operations > 25L * chain.Columns.Length, "the grid is small enough for elimination");
        var evaluator = new PolicyEvaluator(chain, team);
        var values = new double[game.StateCount];
        for (var seed = 0; seed < 3; seed++)
        {
            var policy = RandomInputs.Policy(source, new Random(seed), hasGaps: true);
            chain.Update(mdp, policy, team);
            var rewards = ExpectedRewards(mdp, policy);
            var tolerance = Math.Max(1e-12, 4e-15 / (1 - discount));
            var reported = evaluator.Evaluate(discount, rewards, tolerance, values);
            Assert.InRange(reported, 0, tolerance);
            var rounding = 1e-15 * values.Max(Math.Abs);
            Assert.InRange(
                BellmanEquation.PolicyResidual(source, law, policy, 0, values),
                reported - rounding,
                reported + rounding
            );
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public void Visits_on_a_grid_solve_their_equation_and_sum_to_the_expected_life(double discount)
    {
        var game = Grids.Square(40, ("discount", discount));
        var law = RandomInputs.Law(game.StateCount, new Random(2), hasGaps: true);
        using var team = new ThreadTeam(1);
        var chain = new InducedChain(game);
        chain.Update(FrozenMdp.Create(game, law), RandomInputs.Policy(game.Source, new Random(1), hasGaps: true), team);
        var (visits, pushed) = (new double[game.StateCount], new double[game.StateCount]);
        new PolicyEvaluator(chain, team).Visits(discount, law, visits);
        PopulationFlow.Push(chain, visits, pushed);
        Assert.Equal(1, (1 - discount) * visits.Sum(), 1e-11);
        Assert.All(visits, (x, s) => Assert.Equal(law[s] + (discount * pushed[s]), x, 1e-11));
    }

    // A cycle of 5000 states: sweeps move information against the state order one state at a time and over-relaxation does not help.
    [Theory]
    [InlineData(1)]
    [InlineData(4999)]
    public void A_long_cycle_is_evaluated_in_either_direction(int stride)
    {
        var source = ListedGame.OfChain([
            .. Enumerable.Range(0, 5000).Select(s => new[] { ((s + stride) % 5000, 1.0) }),
        ]);
        var game = TabularGame.Create(source);
        using var team = new ThreadTeam(1);
        var law = Grids.Uniform(source);
        var chain = new InducedChain(game);
        chain.Update(FrozenMdp.Create(game, law), [.. Policy.Uniform(game).Probabilities], team);
        var rewards = new double[5000];
        rewards[0] = 1;
        var values = new double[5000];
        new PolicyEvaluator(chain, team).Evaluate(0.99, rewards, 1e-13, values);

        // V(0) = 1/(1 − γⁿ), and one step before state 0 it is worth γ times that, and so on.
        var atStart = 1 / (1 - Math.Pow(0.99, 5000));
        Assert.Equal(atStart, values[0], 1e-11);
        Assert.Equal(0.99 * atStart, values[(5000 - stride) % 5000], 1e-11);
        Assert.Equal(Math.Pow(0.99, 100) * atStart, values[(5000 * stride - (100 * stride)) % 5000], 1e-11);
    }

    private static double[] ExpectedRewards(FrozenMdp mdp, double[] policy)
    {
        var rewards = new double[mdp.Game.StateCount];
        for (var s = 0; s < rewards.Length; s++)
        {
            for (var pair = mdp.Game.PairOffsets[s]; pair < mdp.Game.PairOffsets[s + 1]; pair++)
            {
                rewards[s] += policy[pair] * mdp.Rewards[pair];
            }
        }

        return rewards;
    }
}
