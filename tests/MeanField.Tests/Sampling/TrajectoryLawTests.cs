using MeanField.Games;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>
/// What trajectories are for, against the dense formulas: states come from the discounted visits, returns estimate soft action values, particles follow
/// the population. Exact values come from linear systems in 28 digits, samples from fixed keys.
/// </summary>
public class TrajectoryLawTests
{
    // The false-alarm probability of each case if keys were drawn, Bonferroni over its checks.
    private const double FalseAlarm = 1e-6;
    private const int Count = 40_000;

    public static TheoryData<MeanFieldCoupling, bool> Simulators =>
        new()
        {
            { MeanFieldCoupling.Rewards, true },
            { MeanFieldCoupling.RewardsAndTransitions, true },
            { MeanFieldCoupling.RewardsAndTransitions, false },
        };

    [Theory]
    [MemberData(nameof(Simulators))]
    public void States_are_drawn_from_the_discounted_visits_and_first_actions_are_uniform(
        MeanFieldCoupling coupling,
        bool isKnown
    )
    {
        using var test = Case(coupling, isKnown, out var dense);
        var chain = dense.Chain(dense.ByState(test.Policy));
        var start = DecimalMath.From(test.MeanField);

        // (1 − γ) Σ γᵗ ν Pᵗ, and with a horizon T: stop at t < T with (1 − γ) γᵗ, at T with γᵀ.
        var unbounded = DenseChain.Visits(chain, dense.Discount, start);
        AssertFirstPairs(test, int.MaxValue, [.. unbounded.Select(visits => (1 - dense.Discount) * visits)]);

        const int horizon = 3;
        var cut = new decimal[start.Length];
        var (law, remaining) = (start, 1m);
        for (var t = 0; t <= horizon; t++)
        {
            var stopping = t < horizon ? (1 - dense.Discount) * remaining : remaining;
            cut = [.. cut.Zip(law, (sum, share) => sum + (stopping * share))];
            law = DenseChain.Push(chain, law);
            remaining *= dense.Discount;
        }

        AssertFirstPairs(test, horizon, cut);
    }

    [Theory]
    [MemberData(nameof(Simulators))]
    public void A_geometric_clock_gives_returns_without_bias(MeanFieldCoupling coupling, bool isKnown)
    {
        using var test = Case(coupling, isKnown, out var dense);
        var policy = dense.ByState(test.Policy);
        var values = dense.PolicyValues(policy, SamplerCase.Temperature);
        AssertMeanReturns(test, horizon: null, dense.ActionValues(values));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public void A_horizon_cuts_the_sum_after_that_many_steps(int horizon)
    {
        using var test = Case(MeanFieldCoupling.Rewards, isKnown: true, out var dense);
        var policy = dense.ByState(test.Policy);
        var (rewards, chain) = (dense.ExpectedRewards(policy, SamplerCase.Temperature), dense.Chain(policy));
        var values = new decimal[rewards.Length];
        for (var t = 0; t < horizon; t++)
        {
            values =
            [
                .. rewards.Select(
                    (reward, s) => reward + (dense.Discount * values.Select((next, i) => chain[s, i] * next).Sum())
                ),
            ];
        }

        AssertMeanReturns(test, horizon, dense.ActionValues(values));
    }

    [Fact]
    public void Following_the_policy_from_the_start_estimates_its_value()
    {
        using var test = Case(MeanFieldCoupling.Rewards, isKnown: true, out var dense);
        var values = dense.PolicyValues(dense.ByState(test.Policy), SamplerCase.Temperature);
        var expected = (double)values.Zip(dense.MeanField, (value, share) => value * share).Sum();
        Run(test, test.Plan("evaluation"));
        AssertMean(expected, test.Sampler.Returns[..Count], FalseAlarm);
    }

    [Theory]
    [MemberData(nameof(Simulators))]
    public void Particles_follow_the_population(MeanFieldCoupling coupling, bool isKnown)
    {
        using var test = Case(coupling, isKnown, out var dense);
        var chain = dense.Chain(dense.ByState(test.Policy));
        var law = DecimalMath.From(test.MeanField);
        for (var step = 0; step < 4; step++)
        {
            law = DenseChain.Push(chain, law);
        }

        Run(test, test.Plan("particles"));
        AssertLaw(test.Sampler.LastStates, law, FalseAlarm);
        Run(test, test.Plan("placed only"));
        AssertLaw(test.Sampler.LastStates, DecimalMath.From(test.MeanField), FalseAlarm);
    }

    private static SamplerCase Case(MeanFieldCoupling coupling, bool isKnown, out DenseMdp dense)
    {
        var game = new RandomGame(21, states: 5, RandomShape.Connected, coupling, discount: 0.7, mostActions: 3);
        var test = new SamplerCase(game, isKnown);
        dense = DenseMdp.At(game, test.MeanField);
        return test;
    }

    private static void AssertFirstPairs(SamplerCase test, int longestDraw, decimal[] states)
    {
        Run(test, test.Plan("truncated") with { LongestDraw = longestDraw, Horizon = 0 });
        var offsets = test.Simulator.PairOffsets;
        var pairs = states.SelectMany(
            (share, s) => Enumerable.Repeat(share / (offsets[s + 1] - offsets[s]), offsets[s + 1] - offsets[s])
        );
        AssertLaw(test.Sampler.FirstPairs, [.. pairs], FalseAlarm / 2);
    }

    private static void AssertMeanReturns(SamplerCase test, int? horizon, decimal[][] actionValues)
    {
        Run(test, test.Plan("unbiased") with { Horizon = horizon });
        var exact = actionValues.SelectMany(values => values).ToArray();
        for (var pair = 0; pair < exact.Length; pair++)
        {
            var returns = test.Sampler.Returns.Take(Count).Where((_, i) => test.Sampler.FirstPairs[i] == pair);
            AssertMean((double)exact[pair], [.. returns], FalseAlarm / exact.Length);
        }
    }

    // The sample mean is normal enough from thousands of returns on.
    private static void AssertMean(double expected, double[] returns, double falseAlarm)
    {
        Assert.InRange(returns.Length, 2000, Count);
        var mean = returns.Average();
        var variance = returns.Sum(x => (x - mean) * (x - mean)) / (returns.Length - 1);
        if (variance < 1e-20)
        {
            Assert.Equal(expected, mean, 1e-10);
            return;
        }

        var deviation = (mean - expected) / Math.Sqrt(variance / returns.Length);
        Assert.InRange(ChiSquare.UpperTail(deviation * deviation, 1), falseAlarm, 1);
    }

    private static void AssertLaw(int[] numbers, decimal[] law, double falseAlarm)
    {
        var counts = new long[law.Length];
        foreach (var number in numbers.AsSpan(0, Count))
        {
            counts[number]++;
        }

        Assert.InRange(ChiSquare.PValue(counts, Array.ConvertAll(law, share => (double)share)), falseAlarm, 1);
    }

    private static void Run(SamplerCase test, TrajectoryPlan plan) =>
        Assert.Equal(Count, test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: false));
}
