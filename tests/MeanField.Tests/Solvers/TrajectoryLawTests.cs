using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>Where the trajectories of a solve go and what they return on average, against full arrays of decimals.</summary>
public class TrajectoryLawTests
{
    private const double Temperature = 0.4;

    // χ² tests and means within 5.6 standard errors: one false alarm in a million runs of a case if seeds were drawn. Seeds are fixed.
    private const double FalseAlarm = 1e-6;
    private const double StandardErrors = 5.6;
    private const int Trajectories = 60_000;

    private static readonly RandomGame Game = new(7, states: 5, RandomShape.Connected, discount: 0.8, mostActions: 3);
    private static readonly double[] Law = [0.4, 0.05, 0.25, 0.1, 0.2];
    private static readonly double[] Policy = RandomInputs.Policy(Game, new Random(11));
    private static readonly DenseMdp Dense = DenseMdp.At(Game, Law);
    private static readonly decimal[][] DensePolicy = Dense.ByState(Policy);
    private static readonly decimal[,] Chain = Dense.Chain(DensePolicy);

    public static TheoryData<RestartKind> Restarts => [.. Enum.GetValues<RestartKind>()];

    // d = (1 − γ) ν (I − γ P)⁻¹, and of each state's actions every one as often.
    [Theory]
    [MemberData(nameof(Restarts))]
    public void Roll_outs_start_at_the_discounted_visitation_and_a_uniform_action(RestartKind restart)
    {
        foreach (var estimator in Enum.GetValues<ActionValueEstimator>())
        {
            using var inside = Case(
                Options(estimator) with
                {
                    Restart = restart,
                    RestartWeights =
                        restart == RestartKind.Given
                            ? new Dictionary<int, double> { [1] = 1, [3] = 3 }
                            : new Dictionary<int, double>(),
                    Horizon = RolloutHorizon.Geometric,
                }
            );
            var visits = Reference.DenseChain.Visits(Chain, Dense.Discount, Starts(restart));
            var law = Array.ConvertAll(visits, x => (1 - Game.Discount) * (double)x);
            Assert.InRange(ChiSquare.PValue(FirstPairs(inside), OverActions(law)), FalseAlarm, 1);
        }
    }

    // A draw that has not stopped by T is accepted there: d = Σ_{t<T} (1 − γ) γᵗ ν Pᵗ + γᵀ ν Pᵀ.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Draws_stop_at_the_horizon(int horizon)
    {
        using var inside = Case(Options(ActionValueEstimator.Mean) with { Horizon = RolloutHorizon.Fixed(horizon) });
        var law = new decimal[5];
        var (now, share) = (Starts(RestartKind.Uniform), 1m);
        for (var t = 0; t <= horizon; t++)
        {
            var stopping = t == horizon ? share : (1 - Dense.Discount) * share;
            law = [.. law.Zip(now, (sum, x) => sum + (stopping * x))];
            (now, share) = (Reference.DenseChain.Push(Chain, now), Dense.Discount * share);
        }

        var expected = OverActions(Array.ConvertAll(law, x => (double)x));
        Assert.InRange(ChiSquare.PValue(FirstPairs(inside), expected), FalseAlarm, 1);
    }

    [Fact]
    public void The_model_draws_without_a_horizon()
    {
        using var inside = Case(Options(ActionValueEstimator.Model) with { Horizon = RolloutHorizon.Fixed(0) });
        var visits = Reference.DenseChain.Visits(Chain, Dense.Discount, Starts(RestartKind.Uniform));
        var law = Array.ConvertAll(visits, x => (1 - Game.Discount) * (double)x);
        Assert.InRange(ChiSquare.PValue(FirstPairs(inside), OverActions(law)), FalseAlarm, 1);
    }

    // Q(s, a) = r(s, a) + γ Σ P V with the soft values of the policy, which excludes the first step's own entropy.
    [Fact]
    public void On_the_geometric_clock_returns_are_action_values_on_average()
    {
        using var inside = Case(Options(ActionValueEstimator.Mean) with { Horizon = RolloutHorizon.Geometric });
        var values = Dense.PolicyValues(DensePolicy, DecimalMath.From(Temperature));
        AssertMeans(inside, Dense.ActionValues(values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void On_a_horizon_returns_are_truncated_action_values_on_average(int horizon)
    {
        using var inside = Case(Options(ActionValueEstimator.Mean) with { Horizon = RolloutHorizon.Fixed(horizon) });
        AssertMeans(inside, TruncatedActionValues(horizon));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.01)]
    public void The_theorys_horizon_is_long_enough(double tolerance)
    {
        using var inside = Case(Options(ActionValueEstimator.Mean) with { Tolerance = tolerance });
        var rewards = Dense.Rewards.SelectMany(row => row).ToArray();
        var span = ((double)(rewards.Max() - rewards.Min()) + (Temperature * Math.Log(3))) / 0.2;
        var horizon = (int)Math.Ceiling(Math.Log(8 * span / tolerance) / 0.2);
        Assert.Equal(horizon, inside.Session.Horizon);
        AssertMeans(inside, TruncatedActionValues(horizon));

        // What is cut off moves action values apart by at most γᵀ⁺¹ times the span of returns, and that is within ε/8.
        var exact = Dense.ActionValues(Dense.PolicyValues(DensePolicy, DecimalMath.From(Temperature)));
        var errors = TruncatedActionValues(horizon)
            .SelectMany((row, s) => row.Select((q, a) => (double)(q - exact[s][a])))
            .ToArray();
        var bound = Math.Pow(0.8, horizon + 1) * span;
        Assert.InRange(errors.Max() - errors.Min(), 0, bound);
        Assert.InRange(bound, 0, tolerance / 8);
    }

    // At the uniform mean field all rewards are alike and a roll-out needs no length; elsewhere they are not.
    [Fact]
    public void The_theorys_horizon_follows_the_mean_field()
    {
        var game = new PopulationGame((s, a, _) => [(a, 1)], (s, _, mu) => -100 * mu[s], actions: 2);
        var options = Options(ActionValueEstimator.Mean) with { Temperature = 0, Tolerance = 0.1 };
        using var inside = new SampledCase(game, options);
        Assert.Equal(0, inside.Session.Horizon);
        inside.Session.MoveTo([0.75, 0.25], inside.Team);
        Assert.Equal((int)Math.Ceiling(Math.Log(8 * (50 / 0.1) / 0.1) / 0.1), inside.Session.Horizon);
        Assert.Contains("the theory's 106 steps", inside.Settings.Describe(inside.Session.Horizon));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Particles_arrive_where_the_chain_takes_the_mean_field(int steps)
    {
        using var inside = Case(
            Options(ActionValueEstimator.Mean) with
            {
                Particles = Trajectories,
                TransitionSteps = steps,
            }
        );
        var moved = new double[5];
        Assert.Null(inside.Session.MoveParticles(3, moved));
        Assert.Equal(1, moved.Sum(), 1e-12);
        var law = DecimalMath.From(Law);
        for (var step = 0; step < steps; step++)
        {
            law = Reference.DenseChain.Push(Chain, law);
        }

        var counts = Array.ConvertAll(moved, share => (long)Math.Round(share * Trajectories));
        Assert.InRange(ChiSquare.PValue(counts, Array.ConvertAll(law, x => (double)x)), FalseAlarm, 1);
    }

    // Q_T(s, a) = r(s, a) + Σ_{t=1..T} γᵗ E[soft reward at t].
    private static decimal[][] TruncatedActionValues(int horizon)
    {
        var rewards = Dense.ExpectedRewards(DensePolicy, DecimalMath.From(Temperature));
        var values = new decimal[5];
        for (var t = 0; t < horizon; t++)
        {
            var next = values;
            values =
            [
                .. rewards.Select(
                    (r, s) => r + (Dense.Discount * Enumerable.Range(0, 5).Sum(n => Chain[s, n] * next[n]))
                ),
            ];
        }

        return Dense.ActionValues(values);
    }

    private static void AssertMeans(SampledCase inside, decimal[][] expected)
    {
        var returns = inside.Session.Simulator.PairOffsets[^1];
        var (sums, squares, counts) = (new double[returns], new double[returns], new int[returns]);
        var status = inside.Session.Improve(
            2,
            1,
            Trajectories,
            count =>
            {
                for (var i = 0; i < count; i++)
                {
                    var (pair, q) = (inside.Session.Sampler.FirstPairs[i], inside.Session.Sampler.Returns[i]);
                    sums[pair] += q;
                    squares[pair] += q * q;
                    counts[pair]++;
                }
            }
        );
        Assert.Null(status);
        var exact = expected.SelectMany(row => row).ToArray();
        for (var pair = 0; pair < returns; pair++)
        {
            var mean = sums[pair] / counts[pair];
            var variance = Math.Max(0, (squares[pair] / counts[pair]) - (mean * mean));
            var error = StandardErrors * Math.Sqrt(variance / counts[pair]);
            Assert.InRange(mean, (double)exact[pair] - error - 1e-9, (double)exact[pair] + error + 1e-9);
        }
    }

    private static long[] FirstPairs(SampledCase inside)
    {
        var counts = new long[inside.Session.Simulator.PairOffsets[^1]];
        var status = inside.Session.Improve(
            1,
            2,
            Trajectories,
            count =>
            {
                foreach (var pair in inside.Session.Sampler.FirstPairs.AsSpan(0, count))
                {
                    counts[pair]++;
                }
            }
        );
        Assert.Null(status);
        return counts;
    }

    private static double[] OverActions(double[] law) =>
        [.. law.SelectMany((share, s) => Enumerable.Repeat(share / Game.ActionCount(s), Game.ActionCount(s)))];

    private static decimal[] Starts(RestartKind restart) =>
        restart switch
        {
            RestartKind.MeanField => DecimalMath.From(Law),
            RestartKind.Simulator => [0.6m, 0, 0, 0, 0.4m],
            RestartKind.Given => [0, 0.25m, 0, 0.75m, 0],
            _ => [0.2m, 0.2m, 0.2m, 0.2m, 0.2m],
        };

    private static SampledCase Case(SampledMfTrpoOptions options)
    {
        var box =
            options.Restart == RestartKind.Simulator
                ? new BlackBox(Game) { OnReset = (_, state) => state < 3 ? 0 : 4, RewardRange = new Interval(-10, 10) }
                : null;
        var inside = new SampledCase(Game, options, seed: 5, box: box);
        inside.Session.MoveTo(Law, inside.Team);
        inside.Session.Policy.Update(Policy, Array.ConvertAll(Policy, Math.Log), Temperature);
        return inside;
    }

    private static SampledMfTrpoOptions Options(ActionValueEstimator estimator) =>
        new()
        {
            Temperature = Temperature,
            Estimator = estimator,
            SampleBudget = 100_000_000,
        };
}
