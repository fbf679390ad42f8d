using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The inner loop on roll-outs. A step from a known policy shows the action values that it took.</summary>
public class RolloutImproverTests
{
    private const double Temperature = 0.4;
    private const double StepConstant = 0.5;

    // t of the constant rule.
    private const double StepSize = StepConstant / Temperature;

    // Means within 5.6 standard errors in some ten numbers: one false alarm in a million runs of a case if seeds were drawn.
    private const double StandardErrors = 5.6;

    private static readonly RandomGame Game = new(7, states: 5, RandomShape.Connected, discount: 0.8, mostActions: 3);

    public static TheoryData<ActionValueEstimator, bool, int?> Cases
    {
        get
        {
            var cases = new TheoryData<ActionValueEstimator, bool, int?>();
            foreach (var estimator in new[] { ActionValueEstimator.Importance, ActionValueEstimator.Mean })
            {
                foreach (var controlVariate in new[] { false, true })
                {
                    cases.Add(estimator, controlVariate, null);
                    cases.Add(estimator, controlVariate, 3);
                }
            }

            return cases;
        }
    }

    // Sixty inner loops: each comes to a policy of its own in its first inner iteration, and steps from it in the second. Given the first policy, whose
    // exact action values are known, the error of what the second takes for them has mean 0, control variate or not.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Action_values_are_right_on_average(ActionValueEstimator estimator, bool controlVariate, int? horizon)
    {
        var options = Options(estimator) with
        {
            ControlVariate = controlVariate,
            Horizon = horizon is { } steps ? RolloutHorizon.Fixed(steps) : RolloutHorizon.Geometric,
        };
        var dense = DenseMdp.At(Game, Grids.Uniform(Game));
        using var inside = new SampledCase(Game, options);
        var errors = new List<double[]>();
        for (var run = 0; run < 60; run++)
        {
            var improver = new RolloutImprover(inside.Session, null);
            Improve(inside, improver, 2 * run);
            var policy = improver.Probabilities.ToArray();
            Improve(inside, improver, (2 * run) + 1);
            var exact = ActionValues(dense, dense.ByState(policy), horizon);
            errors.Add([.. Differences(inside, policy, improver.Probabilities, exact)]);
        }

        for (var i = 0; i < errors[0].Length; i++)
        {
            var estimate = MonteCarloEstimate.Of([.. errors.Select(row => row[i])]);
            var bound = StandardErrors * estimate.StandardError;
            Assert.InRange(estimate.Mean, -bound, bound);
            Assert.InRange(bound, 1e-6, 1);
        }
    }

    // Where successors are certain all noise comes from the policy's own choices. The steps are so short that the policy stays near uniform, where these
    // choices matter most, and so does what the values of the last iterations know of them.
    [Fact]
    public void The_control_variate_takes_out_the_noise_of_the_policys_choices()
    {
        var rows = Enumerable
            .Range(0, 4)
            .Select(s => new[] { 1, 2 }.Select(jump => new ListedRow(s * jump, ((s + jump) % 4, 1.0))).ToArray())
            .ToArray();
        var game = new ListedGame { Rows = rows, Discount = 0.8 };
        var variances = Array.ConvertAll(
            new[] { false, true },
            controlVariate =>
            {
                var options = Options(ActionValueEstimator.Mean) with
                {
                    StepConstant = 1e-3,
                    ControlVariate = controlVariate,
                    Horizon = RolloutHorizon.Fixed(20),
                    Trajectories = 4000,
                };
                using var inside = new SampledCase(game, options);
                var improver = new RolloutImprover(inside.Session, null);
                for (var outer = 0; outer < 10; outer++)
                {
                    Improve(inside, improver, outer);
                }

                var sampler = inside.Session.Sampler;
                var returns = Enumerable
                    .Range(0, 4000)
                    .Where(i => sampler.FirstPairs[i] == 0)
                    .Select(i => sampler.Returns[i]);
                return Math.Pow(MonteCarloEstimate.Of([.. returns]).StandardError, 2);
            }
        );
        Assert.InRange(variances[1] / variances[0], 0, 0.01);
    }

    [Theory]
    [InlineData(ActionValueEstimator.Importance)]
    [InlineData(ActionValueEstimator.Mean)]
    public void States_that_were_not_drawn_keep_their_policy(ActionValueEstimator estimator)
    {
        var options = Options(estimator) with { Restart = RestartKind.MeanField, Horizon = RolloutHorizon.Fixed(0) };
        var rows = Enumerable.Repeat<ListedRow[]>([new(1, (0, 1)), new(2, (0, 1))], 3).ToArray();
        using var inside = new SampledCase(new ListedGame { Rows = rows }, options);
        var improver = new RolloutImprover(inside.Session, null);
        Improve(inside, improver, 0);
        var before = improver.Probabilities.ToArray();
        Assert.All([before[1], before[3], before[5]], p => Assert.InRange(p, 0.6, 0.9));
        inside.Session.MoveTo([1, 0, 0], inside.Team);
        Improve(inside, improver, 1);
        Assert.True(improver.Probabilities[1] > before[1] + 0.05);
        for (var pair = 2; pair < 6; pair++)
        {
            Assert.Equal(before[pair], improver.Probabilities[pair], 1e-15);
        }
    }

    // One return is the whole estimate of its state: no action is better than the state, and none of the others has an estimate.
    [Fact]
    public void A_single_sample_mean_changes_no_policy()
    {
        using var single = new SampledCase(Game, Options(ActionValueEstimator.Mean) with { Trajectories = 1 });
        var offsets = single.Session.Simulator.PairOffsets;
        var next = new RolloutImprover(single.Session, null);
        Improve(single, next, 0);
        Assert.All(
            Enumerable.Range(0, Game.StateCount),
            s =>
                Assert.All(
                    next.Probabilities[offsets[s]..offsets[s + 1]],
                    p => Assert.Equal(1.0 / Game.ActionCount(s), p, 1e-15)
                )
        );
        Assert.Equal(0, next.PolicyKl, 1e-15);
    }

    [Fact]
    public void The_mean_divergence_is_weighted_by_how_often_states_were_drawn()
    {
        var options = Options(ActionValueEstimator.Importance) with { Trajectories = 700 };
        using var inside = new SampledCase(Game, options);
        var improver = new RolloutImprover(inside.Session, null);
        Improve(inside, improver, 0);
        var before = improver.Probabilities.ToArray();
        Improve(inside, improver, 1);
        var offsets = inside.Session.Simulator.PairOffsets;
        var counts = new int[Game.StateCount];
        foreach (var pair in inside.Session.Sampler.FirstPairs.AsSpan(0, 700))
        {
            counts[Enumerable.Range(0, Game.StateCount).Single(s => offsets[s] <= pair && pair < offsets[s + 1])]++;
        }

        var after = improver.Probabilities;
        var expected = 0.0;
        for (var s = 0; s < Game.StateCount; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                expected += counts[s] / 700.0 * after[pair] * Math.Log(after[pair] / before[pair]);
            }
        }

        Assert.Equal(expected, improver.PolicyKl, 1e-12);
        Assert.Equal(StepSize, improver.StepSize, 1e-15);
    }

    private static void Improve(SampledCase inside, RolloutImprover improver, int outer)
    {
        var iterates = new InnerIterates(inside.Game.PairCount, 1);
        Assert.Equal((true, null), improver.Improve(outer, Grids.Uniform(inside.Source), iterates));
    }

    // What the step took for q(s, a) − q(s, 0), less the truth.
    private static IEnumerable<double> Differences(
        SampledCase inside,
        double[] before,
        double[] after,
        decimal[][] exact
    )
    {
        var offsets = inside.Session.Simulator.PairOffsets;
        for (var s = 0; s < exact.Length; s++)
        {
            for (var a = 1; a < exact[s].Length; a++)
            {
                var (first, pair) = (offsets[s], offsets[s] + a);
                var change =
                    Math.Log(after[pair] / after[first])
                    - ((1 - StepConstant) * Math.Log(before[pair] / before[first]));
                yield return (change / StepSize) - (double)(exact[s][a] - exact[s][0]);
            }
        }
    }

    // Of all time, or of T steps after the first.
    private static decimal[][] ActionValues(DenseMdp dense, decimal[][] policy, int? horizon)
    {
        var temperature = DecimalMath.From(Temperature);
        if (horizon is null)
        {
            return dense.ActionValues(dense.PolicyValues(policy, temperature));
        }

        var (chain, rewards) = (dense.Chain(policy), dense.ExpectedRewards(policy, temperature));
        var values = new decimal[dense.StateCount];
        for (var t = 0; t < horizon; t++)
        {
            var next = values;
            values =
            [
                .. rewards.Select(
                    (r, s) => r + (dense.Discount * Enumerable.Range(0, next.Length).Sum(n => chain[s, n] * next[n]))
                ),
            ];
        }

        return dense.ActionValues(values);
    }

    private static SampledMfTrpoOptions Options(ActionValueEstimator estimator) =>
        new()
        {
            Temperature = Temperature,
            Estimator = estimator,
            InnerIterations = 1,
            StepRule = StepRule.Constant,
            StepConstant = StepConstant,
            Averaging = false,
            Trajectories = 1000,
            SampleBudget = 1_000_000_000,
        };
}
