using MeanField.Equilibrium;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class SampledMfTrpoTests
{
    private static readonly TabularGame Grid = Grids.Tabulated(Grids.Empty);

    // The figures asked of the method: the median of ten seeds.
    [Theory]
    [InlineData(0.3, 30_000)]
    [InlineData(0.05, 60_000)]
    public void A_hundredth_takes_tens_of_thousands_of_samples(double temperature, long samples)
    {
        var options = new SampledMfTrpoOptions { Temperature = temperature, SampleBudget = samples };
        var solutions = Enumerable.Range(0, 10).Select(seed => Solve(Grid, options, seed)).ToArray();
        Assert.All(solutions, solution => Assert.InRange(solution.Samples.Total, 1, samples));
        var last = solutions.Select(solution => solution.Last.Certificate.RegularizedExploitability.Upper).Order();
        Assert.InRange(last.ElementAt(5), 0, 0.01);

        // The certificate is not the method's own: another one of the same pair, from the game alone.
        var iterate = solutions[0].Last;
        var again = Certifier.Certify(Grid, iterate.Policy, [.. iterate.MeanField], temperature);
        Assert.InRange(
            again.RegularizedExploitability.Upper,
            0.999 * iterate.Certificate.RegularizedExploitability.Lower,
            1.001 * iterate.Certificate.RegularizedExploitability.Upper
        );
    }

    // The published equilibrium: φ and the largest share as an independent Newton solver has them. The error of φ_η falls like one over the
    // samples; 2e-4 at 125,000 was measured outside this project, with a generative model.
    [Fact]
    public void With_many_samples_the_last_iterate_comes_to_the_anchor()
    {
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.3,
            Tolerance = 0,
            SampleBudget = 125_000,
        };
        var certificates = Enumerable.Range(0, 5).Select(seed => Solve(Grid, options, seed).Last).ToArray();
        var median = certificates.Select(x => x.Certificate.RegularizedExploitability.Upper).Order().ElementAt(2);
        Assert.InRange(median, 0, 1e-3);
        Assert.All(
            certificates,
            x =>
            {
                Assert.InRange(x.Certificate.RegularizedExploitability.Upper, 0, 5e-3);
                Assert.InRange(x.Certificate.Exploitability.Upper, 0.248925831 - 0.02, 0.248925831 + 0.02);
                Assert.InRange(x.MeanField.Max(), 0.290052582 - 0.01, 0.290052582 + 0.01);
            }
        );

        var more = Solve(Grid, options with { SampleBudget = 2_000_000 }, 1).Last;
        Assert.InRange(more.Certificate.RegularizedExploitability.Upper, 0, median / 4);
    }

    // Where successors are certain and every pair is tried, the estimated model is the game: the method is then the exact one, to rounding.
    [Theory]
    [InlineData(StepRule.Paper, true, null)]
    [InlineData(StepRule.Paper, false, 7)]
    [InlineData(StepRule.Constant, true, 3)]
    [InlineData(StepRule.KlRadius, true, null)]
    public void Without_chance_the_model_makes_it_the_exact_method(StepRule rule, bool isWarm, int? transitionSteps)
    {
        var game = Grids.Tabulated(Grids.Walls, ("slip", 0));
        var exact = MfTrpo.Solve(
            game,
            new MfTrpoOptions
            {
                Temperature = 0.3,
                OuterIterations = 6,
                StepRule = rule,
                WarmStart = isWarm,
                TransitionSteps = transitionSteps,
                PopulationStepDecay = 0.1,
                Tolerance = 0,
            },
            new SolveContext { Clock = new FakeClock() }
        );
        var sampled = Solve(
            game,
            new SampledMfTrpoOptions
            {
                Temperature = 0.3,
                OuterIterations = 6,
                StepRule = rule,
                WarmStart = isWarm,
                TransitionSteps = transitionSteps,
                PopulationStepDecay = 0.1,
                Tolerance = 0,
                Trajectories = 5000,
                SampleBudget = 10_000_000,
            }
        );
        Assert.Equal((SolveStatus.IterationLimit, 6), (sampled.Status, sampled.Iterations));
        AssertClose(exact.Last.Policy.Probabilities, sampled.Last.Policy.Probabilities, 1e-9);
        foreach (var (one, other) in exact.Trace.Zip(sampled.Trace))
        {
            Assert.Equal(one.RegularizedExploitability.Upper, other.RegularizedExploitability.Upper, 1e-9);
            Assert.Equal(one.PopulationChange, other.PopulationChange, 1e-9);
            Assert.Equal(one.PopulationStep, other.PopulationStep, 1e-15);
            Assert.Equal(one.StepSize, other.StepSize, 1e-9);
            Assert.Equal(one.PolicyKl, other.PolicyKl, 1e-9);
        }
    }

    // Old transitions are wrong ones here, and must go. The reference is the exact method.
    [Fact]
    public void A_game_whose_transitions_follow_the_crowd_is_solved()
    {
        var game = TabularGame.Create(Crossing());
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.1,
            Tolerance = 0,
            SampleBudget = 200_000,
        };
        var exact = MfTrpo.Solve(
            game,
            new MfTrpoOptions { Temperature = 0.1 },
            new SolveContext { Clock = new FakeClock() }
        );
        Assert.Equal(SolveStatus.Converged, exact.Status);

        var solutions = Enumerable.Range(0, 3).Select(seed => Solve(game, options, seed).Last).ToArray();
        var uppers = solutions.Select(last => last.Certificate.RegularizedExploitability.Upper).Order().ToArray();
        Assert.InRange(uppers[1], 0, 0.005);
        Assert.InRange(uppers[^1], 0, 0.02);
        Assert.All(solutions, last => AssertClose([.. exact.Last.MeanField], [.. last.MeanField], 0.05));
    }

    [Theory]
    [InlineData(ActionValueEstimator.Mean)]
    [InlineData(ActionValueEstimator.Importance)]
    public void Roll_outs_come_to_the_equilibrium_too(ActionValueEstimator estimator)
    {
        var game = TabularGame.Create(new RandomGame(7, states: 6, RandomShape.Connected, discount: 0.7));
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.2,
            Estimator = estimator,
            InnerIterations = 5,
            OuterIterations = 60,
            Trajectories = 400,
            Particles = 2000,
            Tolerance = 0.005,
            SampleBudget = 100_000_000,
        };
        var solution = Solve(game, options);
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Upper, 0, 0.005);
        Assert.InRange(solution.Trace[0].RegularizedExploitability.Lower, 0.1, 10);
    }

    // What is left open goes together: a default budget that no inner iteration fits in would end every such solve at its start.
    [Theory]
    [InlineData(ActionValueEstimator.Mean)]
    [InlineData(ActionValueEstimator.Importance)]
    [InlineData(ActionValueEstimator.Model)]
    public void Defaults_get_somewhere_with_every_estimator(ActionValueEstimator estimator)
    {
        var game = TabularGame.Create(
            new RandomGame(7, states: 3, RandomShape.Connected, discount: 0.5, mostActions: 2)
        );
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.3,
            Estimator = estimator,
            Tolerance = 0.02,
        };
        var solution = Solve(game, options);
        Assert.Equal(SolveStatus.Converged, solution.Status);
    }

    // Cold starts, importance weights and a million samples: no good answer, but better than none.
    [Fact]
    public void The_published_algorithm_is_on_its_way()
    {
        var game = TabularGame.Create(new RandomGame(7, states: 6, RandomShape.Connected, discount: 0.7));
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.2,
            Faithful = true,
            Trajectories = 2000,
            OuterIterations = 30,
            Tolerance = 0,
            SampleBudget = 3_000_000,
        };
        var solution = Solve(game, options);
        Assert.InRange(solution.Samples.Total, 1, 3_000_000);
        Assert.InRange(
            solution.Last.Certificate.RegularizedExploitability.Upper,
            0,
            0.25 * solution.Trace[0].RegularizedExploitability.Lower
        );

        // t = 1/(η (l + 2)), l from 0 in each outer iteration, and β as given.
        Assert.All(solution.Trace.Skip(1), row => Assert.Equal(1 / (0.2 * 11), row.StepSize, 1e-12));
        Assert.All(solution.Trace.Skip(1), row => Assert.Equal(0.1, row.PopulationStep));
        Assert.Equal(10, solution.Mixture!.Members);
    }

    // t_n = 2c/(η (n + 3)), n over all inner iterations, and β_k = 2/(k + 3) once that is less than β.
    [Fact]
    public void Averaging_makes_steps_fall()
    {
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.2,
            Estimator = ActionValueEstimator.Mean,
            StepConstant = 0.5,
            InnerIterations = 4,
            OuterIterations = 30,
            Trajectories = 50,
            Particles = 50,
            Tolerance = 0,
            StepRule = StepRule.Constant,
            SampleBudget = 10_000_000,
        };
        var rows = Solve(Grid, options).Trace.Skip(1).ToArray();
        for (var k = 0; k < rows.Length; k++)
        {
            Assert.Equal(2 * 0.5 / (0.2 * ((4 * k) + 3 + 3)), rows[k].StepSize, 1e-12);
            Assert.Equal(Math.Min(0.1, 2.0 / (k + 3)), rows[k].PopulationStep, 1e-15);
        }

        var steady = Solve(Grid, options with { Averaging = false }).Trace.Skip(1);
        Assert.All(steady, row => Assert.Equal((2.5, 0.1), (row.StepSize, row.PopulationStep)));
    }

    [Theory]
    [InlineData(ActionValueEstimator.Mean)]
    [InlineData(ActionValueEstimator.Importance)]
    public void Steps_stay_within_a_divergence(ActionValueEstimator estimator)
    {
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.1,
            Estimator = estimator,
            StepRule = StepRule.KlRadius,
            KlRadius = 0.003,
            InnerIterations = 1,
            OuterIterations = 20,
            Trajectories = 200,
            Particles = 50,
            Tolerance = 0,
            SampleBudget = 10_000_000,
        };
        var rows = Solve(Grid, options).Trace.Skip(1).ToArray();
        Assert.All(rows, row => Assert.InRange(row.PolicyKl, 0.99 * 0.003, 0.003));
    }

    // Zero temperature: no entropy, t from the span of rewards.
    [Fact]
    public void Without_entropy_it_still_improves()
    {
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0,
            Tolerance = 0,
            SampleBudget = 60_000,
            OuterIterations = 200,
        };
        var solution = Solve(Grid, options);
        Assert.InRange(solution.Best.Certificate.Exploitability.Upper, 0, 0.5);
        Assert.InRange(solution.Trace[0].Exploitability.Lower, 3, 4);
    }

    [Fact]
    public void An_end_between_scores_is_scored()
    {
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.3,
            Estimator = ActionValueEstimator.Mean,
            Trajectories = 200,
            Particles = 100,
            Tolerance = 0,
            TraceEvery = 1000,
            SampleBudget = 1_000_000,
        };
        var seldom = Solve(Grid, options);
        Assert.Equal(SolveStatus.SampleLimit, seldom.Status);
        Assert.Equal([0, seldom.Iterations], seldom.Trace.Select(row => row.Iteration));
        Assert.Equal(seldom.Iterations, seldom.Last.Iteration);
        Assert.True(seldom.Iterations > 2);

        // Scores change nothing, and the iteration that the budget cut short counts for nothing.
        var often = Solve(Grid, options with { TraceEvery = 1 });
        Assert.Equal(often.Last.Policy.Probabilities, seldom.Last.Policy.Probabilities);
        Assert.Equal(
            Solve(Grid, options with { OuterIterations = seldom.Iterations }).Last.Policy.Probabilities,
            seldom.Last.Policy.Probabilities
        );
        Assert.Equal(often.Samples, seldom.Samples);
    }

    [Theory]
    [InlineData(ActionValueEstimator.Model)]
    [InlineData(ActionValueEstimator.Importance)]
    public void A_solve_that_is_cancelled_on_the_way_returns_what_it_had(ActionValueEstimator estimator)
    {
        using var source = new CancellationTokenSource();
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.3,
            Estimator = estimator,
            Trajectories = 300,
            Horizon = RolloutHorizon.Fixed(5),
            Particles = 200,
            Tolerance = 0,
            SampleBudget = 100_000_000,
        };
        var context = new SolveContext
        {
            Clock = new FakeClock(),
            Cancellation = source.Token,
            Progress = progress =>
            {
                if (progress.Iteration == 5)
                {
                    source.Cancel();
                }
            },
        };
        var cut = SampledMfTrpo.Solve(Grid, options, context);
        Assert.Equal((SolveStatus.Cancelled, 5), (cut.Status, cut.Iterations));
        var uncut = Solve(Grid, options with { OuterIterations = 5 });
        Assert.Equal(uncut.Trace, cut.Trace);
        Assert.Equal(uncut.Best.Policy.Probabilities, cut.Best.Policy.Probabilities);
        Assert.Equal(uncut.Mixture!.Value, cut.Mixture!.Value);
        Assert.Equal(uncut.Samples, cut.Samples);
    }

    [Theory]
    [InlineData(ActionValueEstimator.Model)]
    [InlineData(ActionValueEstimator.Mean)]
    public void Numbers_beyond_a_double_end_as_divergence(ActionValueEstimator estimator)
    {
        var game = TabularGame.Create(
            new PopulationGame((s, a, _) => [(a, 1)], (_, a, _) => a == 0 ? 1e308 : -1e308, actions: 2)
        );
        var options = new SampledMfTrpoOptions
        {
            Estimator = estimator,
            Trajectories = 50,
            Horizon = RolloutHorizon.Geometric,
            SampleBudget = 1_000_000,
        };
        var solution = Solve(game, options);
        Assert.Equal((SolveStatus.Diverged, 0), (solution.Status, solution.Iterations));
        Assert.Equal([0.5, 0.5, 0.5, 0.5], solution.Last.Policy.Probabilities.ToArray());
        Assert.Null(solution.Mixture);
        var context = new SolveContext { Clock = new FakeClock() };
        var unproved = SimulatorMfTrpo.Solve(new BlackBox(game.Source), options, context);
        Assert.Equal((SolveStatus.Diverged, 0), (unproved.Status, unproved.Iterations));
        Assert.Equal([0.5, 0.5, 0.5, 0.5], unproved.Last.Policy.Probabilities.ToArray());
        Assert.Null(unproved.Mixture);
    }

    // A bridge that takes longer the more people are on it, and a detour. States: home, bridge, detour, office.
    private static PopulationGame Crossing() =>
        new(
            (s, a, mu) =>
                s switch
                {
                    0 => [(1 + a, 1)],
                    1 => [(3, 1 / (1 + (8 * mu[1]))), (1, 1 - (1 / (1 + (8 * mu[1]))))],
                    2 => [(3, 0.4), (2, 0.6)],
                    _ => [(0, 1)],
                },
            (s, _, _) => s == 3 ? 1 : 0,
            states: 4,
            actions: 2
        );

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private static Solution Solve(TabularGame game, SampledMfTrpoOptions options, long seed = 0) =>
        SampledMfTrpo.Solve(game, options, new SolveContext { Clock = new FakeClock(), Seed = seed });
}
