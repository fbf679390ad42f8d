using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The mixture of a solve against full arrays of decimals.</summary>
public class MixtureTests
{
    public static TheoryData<ActionValueEstimator> Estimators => [.. Enum.GetValues<ActionValueEstimator>()];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Value_and_exploitability_are_the_means_of_the_members(ActionValueEstimator estimator)
    {
        var options = Options(estimator) with { OuterIterations = 3 };
        var game = new RandomGame(6, states: 6, discount: 0.8);
        using var inside = new SampledCase(game, options, seed: 4);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal((true, null), inside.Iteration.Advance());
        }

        var members = inside.Iteration.Iterates.Policies;
        var dense = DenseMdp.At(game, inside.Iteration.Iterates.MeanField);
        var policies = members.Select(policy => dense.ByState(policy)).ToArray();
        var solution = Solve(inside, seed: 4);
        var mixture = solution.Mixture!;
        Assert.Equal((4, 4), (members.Count, mixture.Members));
        Assert.Equal(policies.Average(policy => Value(dense, policy, 0)), DecimalMath.From(mixture.Value), 10);
        Assert.Equal(
            policies.Average(policy => Value(dense, policy, 0.3m)),
            DecimalMath.From(mixture.RegularizedValue),
            10
        );
        AssertContains(mixture.Exploitability, policies.Average(policy => dense.Exploitability(policy, 0)));
        AssertContains(
            mixture.RegularizedExploitability,
            policies.Average(policy => dense.Exploitability(policy, 0.3m))
        );
        Assert.InRange(mixture.Exploitability.Width, 0, 1e-11);

        // The Markov policy is one of the policies between the members, judged at its own stationary law.
        var markov = mixture.MarkovPolicy;
        var atOwnLaw = DenseMdp.At(game, [.. markov.MeanField]);
        AssertContains(
            markov.Certificate.Exploitability,
            atOwnLaw.Exploitability(atOwnLaw.ByState(markov.Policy.Probabilities), 0)
        );
        Assert.InRange(markov.Certificate.StationarityResidual, 0, 1e-14);
        Assert.Equal(3, markov.Iteration);
        for (var pair = 0; pair < inside.Game.PairCount; pair++)
        {
            var ofMembers = members.Select(policy => policy[pair]).ToArray();
            Assert.InRange(markov.Policy.Probabilities[pair], ofMembers.Min() - 1e-15, ofMembers.Max() + 1e-15);
        }
    }

    // The budget ends the second outer iteration in its inner loop, which is cold: its few members would be near uniform.
    [Theory]
    [InlineData(ActionValueEstimator.Mean)]
    [InlineData(ActionValueEstimator.Importance)]
    public void An_outer_iteration_that_the_budget_cuts_short_leaves_the_mixture_as_it_was(
        ActionValueEstimator estimator
    )
    {
        var options = Options(estimator) with { WarmStart = false };
        var game = new RandomGame(6, states: 6, discount: 0.8);
        using var whole = new SampledCase(game, options with { OuterIterations = 1 });
        var once = Solve(whole);
        using var cut = new SampledCase(game, options with { SampleBudget = (int)(1.6 * once.Samples.Total) });
        var solution = Solve(cut);
        Assert.Equal((SolveStatus.SampleLimit, 1), (solution.Status, solution.Iterations));
        Assert.Equal(once.Mixture!.Value, solution.Mixture!.Value);
        Assert.Equal(4, solution.Mixture.Members);
        Assert.Equal(
            once.Mixture.MarkovPolicy.Policy.Probabilities,
            solution.Mixture.MarkovPolicy.Policy.Probabilities
        );
    }

    [Fact]
    public void Without_a_whole_outer_iteration_there_is_no_mixture()
    {
        using var cut = new SampledCase(
            new RandomGame(6, states: 6, discount: 0.8),
            Options(ActionValueEstimator.Mean) with
            {
                SampleBudget = 3000,
            }
        );
        var solution = Solve(cut);
        Assert.Equal((SolveStatus.SampleLimit, 0), (solution.Status, solution.Iterations));
        Assert.Null(solution.Mixture);
    }

    // The visits of the model are those of the game where the model has learnt it: here successors are certain.
    [Fact]
    public void The_model_knows_how_often_each_member_visits_each_state()
    {
        var rows = Enumerable
            .Range(0, 5)
            .Select(s =>
                new[] { 1, 2, 4 }.Select((jump, a) => new ListedRow(0.1 * s * a, ((s + jump) % 5, 1.0))).ToArray()
            )
            .ToArray();
        var game = new ListedGame { Rows = rows, Discount = 0.7 };
        using var inside = new SampledCase(game, Options(ActionValueEstimator.Model) with { Trajectories = 500 });
        inside.Iteration.Advance();
        var iterates = inside.Iteration.Iterates;
        var markov = inside.Iteration.MarkovPolicy();
        var dense = DenseMdp.At(game, iterates.MeanField);
        var visits = iterates.Policies.Select(policy => Visits(dense, policy)).ToArray();
        var own = Visits(dense, markov);
        for (var s = 0; s < 5; s++)
        {
            Assert.Equal(visits.Average(x => x[s]), own[s], 10);
        }
    }

    // The ends of the mean are compared with the exact mean of the ends, in decimals.
    [Fact]
    public void The_mean_of_intervals_contains_the_mean_of_what_they_contain()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 300; trial++)
        {
            var intervals = Enumerable
                .Range(0, random.Next(1, 30))
                .Select(_ => Math.Exp(4 * random.NextDouble()))
                .Select(x => new MeanField.Numerics.Interval(x, x * (1 + (1e-15 * random.NextDouble()))))
                .ToArray();
            var mean = Mixture.MeanOf(intervals);
            Assert.InRange(
                intervals.Average(x => DecimalMath.From(x.Lower)),
                DecimalMath.From(mean.Lower),
                decimal.MaxValue
            );
            Assert.InRange(intervals.Average(x => DecimalMath.From(x.Upper)), 0, DecimalMath.From(mean.Upper));
            Assert.InRange(mean.Width, 0, 1e-12);
        }
    }

    private static decimal[] Visits(DenseMdp dense, double[] policy) =>
        Reference.DenseChain.Visits(dense.Chain(dense.ByState(policy)), dense.Discount, dense.MeanField);

    private static decimal Value(DenseMdp dense, decimal[][] policy, decimal temperature) =>
        dense.MeanField.Zip(dense.PolicyValues(policy, temperature), (share, value) => share * value).Sum();

    private static void AssertContains(MeanField.Numerics.Interval interval, decimal truth) =>
        Assert.InRange(truth, DecimalMath.From(interval.Lower), DecimalMath.From(interval.Upper));

    private static Solution Solve(SampledCase inside, long seed = 0) =>
        SampledMfTrpo.Solve(inside.Game, inside.Options, new SolveContext { Clock = new FakeClock(), Seed = seed });

    private static SampledMfTrpoOptions Options(ActionValueEstimator estimator) =>
        new()
        {
            Temperature = 0.3,
            Estimator = estimator,
            InnerIterations = 4,
            Trajectories = 400,
            Tolerance = 0,
            SampleBudget = 1_000_000,
        };
}
