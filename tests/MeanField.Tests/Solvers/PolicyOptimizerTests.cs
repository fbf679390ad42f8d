using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class PolicyOptimizerTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 25)];

    [Theory]
    [InlineData(Grids.Empty, 0.05)]
    [InlineData(Grids.Empty, 0.3)]
    [InlineData(Grids.Walls, 0.05)]
    [InlineData(Grids.Walls, 0.3)]
    public void On_the_grids_the_papers_rule_is_softmax_of_the_sum_of_all_action_values(
        string layout,
        double temperature
    ) => AssertSoftmaxOfSums(Grids.Crowd(("layout", layout)), temperature, 40);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void On_random_games_too(int seed)
    {
        var game = new RandomGame(seed);
        AssertSoftmaxOfSums(game, 20 * (1 - game.Discount), 15);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Action_values_are_soft_values_of_the_policy_before_the_step(int seed)
    {
        using var run = new Run(new RandomGame(seed), new MfTrpoOptions { Temperature = 0.3 }, seed);
        run.Optimizer.Iterate(0, measureKl: false);
        var before = run.Dense.ByState(run.Optimizer.Probabilities);
        run.Optimizer.Iterate(1, measureKl: false);
        var expected = run.Dense.ActionValues(run.Dense.PolicyValues(before, 0.3m)).SelectMany(row => row).ToArray();
        var tolerance = 1e-10 / (1 - run.Game.Discount);
        Assert.All(
            run.Optimizer.LastActionValues.ToArray(),
            (q, pair) => Assert.Equal((double)expected[pair], q, tolerance)
        );
        Assert.InRange(run.Optimizer.EvaluationResidual, 0, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_full_constant_step_is_soft_policy_iteration(int seed)
    {
        using var run = new Run(
            new RandomGame(seed, discount: 0.95),
            new MfTrpoOptions { Temperature = 0.1, StepRule = StepRule.Constant },
            seed
        );
        var policy = run.Dense.ByState(run.Optimizer.Probabilities);
        for (var l = 0; l < 12; l++)
        {
            run.Optimizer.Iterate(l, measureKl: false);
            policy = run.Dense.Improve(run.Dense.PolicyValues(policy, 0.1m), 0.1m).Policy;
            AssertPolicy(policy, run.Optimizer.Probabilities, 1e-9);
        }

        // Twelve steps of Newton's method: at the optimum.
        AssertPolicy(run.Dense.Improve(run.Dense.OptimalValues(0.1m), 0.1m).Policy, run.Optimizer.Probabilities, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_kl_radius_is_used_to_the_full_and_never_exceeded(int seed)
    {
        var radius = Math.Pow(10, -1 - (seed % 5));
        var temperature = seed % 3 == 0 ? 0 : 0.2;
        using var run = new Run(
            new RandomGame(seed),
            new MfTrpoOptions
            {
                Temperature = temperature,
                StepRule = StepRule.KlRadius,
                KlRadius = radius,
            },
            seed
        );
        for (var l = 0; l < 6; l++)
        {
            var before = run.Optimizer.LogProbabilities.ToArray();
            var policy = run.Optimizer.Probabilities.ToArray();
            run.Optimizer.Iterate(l, measureKl: true);
            var divergence = MeanKl(run, policy, before);
            Assert.Equal(divergence, run.Optimizer.PolicyKl, (1e-9 * divergence) + 1e-13);
            Assert.InRange(divergence, 0, radius * (1 + 1e-9));
            var isCapped = temperature > 0 && run.Optimizer.StepSize >= 1 / temperature;
            var isAlone = run.Game.PairCount == run.Game.StateCount;
            Assert.True(
                isCapped || isAlone || temperature == 0 || divergence >= 0.99 * radius,
                $"{divergence} of {radius} with t {run.Optimizer.StepSize}"
            );
        }
    }

    [Fact]
    public void A_kl_radius_without_temperature_stays_finite_when_the_policy_has_settled()
    {
        var options = new MfTrpoOptions
        {
            Temperature = 0,
            StepRule = StepRule.KlRadius,
            KlRadius = 0.1,
        };
        using var run = new Run(Grids.Crowd(("congestion", 0)), options, 1);
        for (var l = 0; l < 400; l++)
        {
            run.Optimizer.Iterate(l, measureKl: true);
            Assert.All(run.Optimizer.Probabilities, p => Assert.InRange(p, 0, 1));
            Assert.All(run.Optimizer.LogProbabilities.ToArray(), log => Assert.True(double.IsFinite(log)));
            Assert.InRange(run.Optimizer.PolicyKl, 0, 0.1 * (1 + 1e-9));
        }

        var values = run.Dense.PolicyValues(run.Dense.ByState(run.Optimizer.Probabilities), 0);
        var optimal = run.Dense.OptimalValues(0);
        Assert.All(values, (value, s) => Assert.Equal((double)optimal[s], (double)value, 1e-3));
    }

    [Theory]
    [InlineData(StepRule.Paper)]
    [InlineData(StepRule.Constant)]
    public void Without_temperature_steps_follow_the_closed_form(StepRule rule)
    {
        var options = new MfTrpoOptions
        {
            Temperature = 0,
            StepRule = rule,
            StepConstant = 0.75,
        };
        using var run = new Run(new RandomGame(7, coupling: MeanFieldCoupling.Rewards), options, 7);
        var rewards = run.Mdp.Rewards.ToArray();
        for (var l = 0; l < 5; l++)
        {
            run.Optimizer.Iterate(l, measureKl: false);
            var falling = rule == StepRule.Paper ? Math.Sqrt(l + 1) : 1;
            var expected = 0.75 * (1 - run.Game.Discount) / ((rewards.Max() - rewards.Min()) * falling);
            Assert.Equal(expected, run.Optimizer.StepSize, 1e-15);
        }
    }

    // Rewards of a million at temperature one thousandth: all but one action of a state get a probability far below 1e-300.
    [Theory]
    [InlineData(StepRule.Paper)]
    [InlineData(StepRule.Constant)]
    [InlineData(StepRule.KlRadius)]
    public void Vanishing_probabilities_keep_finite_logarithms(StepRule rule)
    {
        var source = new TransformedGame(new RandomGame(12, discount: 0.9), 1e6, 0);
        using var run = new Run(source, new MfTrpoOptions { Temperature = 1e-3, StepRule = rule }, 12);
        for (var l = 0; l < 30; l++)
        {
            run.Optimizer.Iterate(l, measureKl: true);
            Assert.All(run.Optimizer.LogProbabilities.ToArray(), log => Assert.True(double.IsFinite(log)));
            Assert.True(double.IsFinite(run.Optimizer.PolicyKl) && run.Optimizer.PolicyKl >= 0);
            Policy.Create(run.Game, run.Optimizer.Probabilities);
        }

        Assert.Contains(0, run.Optimizer.Probabilities);
    }

    [Fact]
    public void A_restart_forgets_everything()
    {
        using var run = new Run(new RandomGame(3), new MfTrpoOptions(), 3);
        run.Optimizer.Iterate(0, measureKl: false);
        run.Optimizer.RestartFromUniform();
        Assert.All(
            run.Optimizer.Probabilities.Zip(Policy.Uniform(run.Game).Probabilities.ToArray()),
            pair => Assert.Equal(pair.Second, pair.First, 1e-15)
        );
    }

    [Theory]
    [InlineData(5, 1, StepRule.Paper)]
    [InlineData(5, 1, StepRule.KlRadius)]
    [InlineData(5, 2, StepRule.Constant)]
    [InlineData(40, 1, StepRule.Paper)]
    [InlineData(40, 1, StepRule.KlRadius)]
    [InlineData(40, 2, StepRule.Paper)]
    public void After_the_first_an_inner_iteration_allocates_nothing(int side, int threads, StepRule rule)
    {
        using var run = new Run(Grids.Square(side).Source, new MfTrpoOptions { StepRule = rule }, 1, threads);
        run.Optimizer.Iterate(0, measureKl: true);
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var l = 1; l <= 40; l++)
            {
                run.Optimizer.Iterate(l, measureKl: true);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // A collection that another test causes is charged the rest of this thread's buffer, once. The barrier makes its lock, one small object, when
        // a thread first has to wait. One object an iteration would be 960 bytes every time.
        Assert.InRange(least, 0, threads == 1 ? 0 : 200);
    }

    // π_{l+1} = softmax(Σ_{i ≤ l} Q_i / (η (l + 2))).
    private static void AssertSoftmaxOfSums(IMeanFieldGame source, double temperature, int iterations)
    {
        using var run = new Run(source, new MfTrpoOptions { Temperature = temperature }, 1);
        var sums = run.Dense.ByState(new double[run.Game.PairCount]);
        for (var l = 0; l < iterations; l++)
        {
            run.Optimizer.Iterate(l, measureKl: false);
            var values = run.Dense.ByState(run.Optimizer.LastActionValues);
            var policy = new decimal[sums.Length][];
            for (var s = 0; s < sums.Length; s++)
            {
                sums[s] = [.. sums[s].Zip(values[s], (sum, q) => sum + q)];
                var largest = sums[s].Max();
                var scale = DecimalMath.From(temperature) * (l + 2);
                var weights = sums[s].Select(sum => DecimalMath.Exp((sum - largest) / scale)).ToArray();
                policy[s] = [.. weights.Select(w => w / weights.Sum())];
            }

            AssertPolicy(policy, run.Optimizer.Probabilities, 1e-12);
        }
    }

    // Σ d(s) KL(π' ‖ π) with d = (1 − γ) μ (I − γ P^π)⁻¹.
    private static double MeanKl(Run run, double[] policy, double[] logPolicy)
    {
        var chain = run.Dense.Chain(run.Dense.ByState(policy));
        var visits = DenseChain.Visits(chain, run.Dense.Discount, run.Dense.MeanField);
        var sum = 0.0;
        for (var s = 0; s < visits.Length; s++)
        {
            for (var pair = run.Game.PairOffsets[s]; pair < run.Game.PairOffsets[s + 1]; pair++)
            {
                var divergence = run.Optimizer.LogProbabilities[pair] - logPolicy[pair];
                sum += (double)visits[s] * run.Optimizer.Probabilities[pair] * divergence;
            }
        }

        return (1 - run.Game.Discount) * sum;
    }

    private static void AssertPolicy(decimal[][] expected, double[] actual, double tolerance) =>
        Assert.All(
            expected.SelectMany(row => row).Zip(actual),
            pair => Assert.Equal((double)pair.First, pair.Second, tolerance)
        );

    /// <summary>An optimiser at a mean field drawn from a seed.</summary>
    private sealed class Run : IDisposable
    {
        private readonly ThreadTeam _team;

        public Run(IMeanFieldGame source, MfTrpoOptions options, int seed, int threads = 1)
        {
            var law = RandomInputs.Law(source.StateCount, new Random(seed));
            _team = new ThreadTeam(threads);
            Game = TabularGame.Create(source);
            Mdp = FrozenMdp.Create(Game, law);
            Optimizer = new PolicyOptimizer(Mdp, new InducedChain(Game), options, _team);
            Dense = source.StateCount > 100 ? null! : DenseMdp.At(source, law);
        }

        public TabularGame Game { get; }

        public FrozenMdp Mdp { get; }

        public PolicyOptimizer Optimizer { get; }

        public DenseMdp Dense { get; }

        public void Dispose() => _team.Dispose();
    }
}
