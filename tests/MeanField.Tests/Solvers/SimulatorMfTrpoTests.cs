using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class SimulatorMfTrpoTests
{
    private static readonly RandomGame Game = new(7, states: 6, RandomShape.Connected, discount: 0.8);

    // Where successors are certain and every pair is tried, what is learnt is the game, kernel or not.
    [Fact]
    public void Without_chance_a_kernel_makes_no_difference()
    {
        var source = Grids.Crowd(("layout", Grids.Walls), ("slip", 0));
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.3,
            OuterIterations = 3,
            Trajectories = 1500,
            Tolerance = 0,
            SampleBudget = 10_000_000,
            EvaluationTrajectories = 0,
        };
        using var solver = new SampledMfTrpo(TabularGame.Create(source), options, Context());
        var with = solver.Run();
        var without = SimulatorMfTrpo.Solve(new BlackBox(source), options, Context());
        Assert.Equal((SolveStatus.IterationLimit, 3), (without.Status, without.Iterations));
        Assert.Equal(3, without.Last.Iteration);
        AssertClose(with.Last.Policy.Probabilities, without.Last.Policy.Probabilities);
        AssertClose(solver.MeanField, [.. without.Last.MeanField]);
        AssertClose(with.Mixture!.MarkovPolicy.Policy.Probabilities, without.Mixture!.Policy.Probabilities);
        foreach (var (one, other) in with.Trace.Skip(1).Zip(without.Trace))
        {
            Assert.Equal(one.Iteration, other.Iteration);
            Assert.Equal(one.PopulationChange / one.PopulationStep, other.PopulationResidual, 1e-9);
            Assert.Equal(one.PolicyKl, other.PolicyKl, 1e-9);
        }
    }

    [Fact]
    public void The_start_is_uniform_and_steps_lead_where_a_run_does()
    {
        var options = Options with { OuterIterations = 3 };
        using var solver = new SimulatorMfTrpo(new BlackBox(Game), options, Context());
        Assert.Equal((0, 0), (solver.Iterations, solver.Samples.Total));
        Assert.Null(solver.Step());
        Assert.Null(solver.Step());
        Assert.Equal(SolveStatus.IterationLimit, solver.Step());
        Assert.Equal(3, solver.Iterations);
        var run = SimulatorMfTrpo.Solve(new BlackBox(Game), options with { EvaluationTrajectories = 0 }, Context());
        Assert.Equal(run.Samples, solver.Samples);
        solver.Dispose();

        var cancelled = Context() with { Cancellation = new CancellationToken(canceled: true) };
        var start = SimulatorMfTrpo.Solve(new BlackBox(Game), options, cancelled);
        Assert.Equal((SolveStatus.Cancelled, 0L), (start.Status, start.Samples.Total));
        Assert.Equal(Policy.Uniform(TabularGame.Create(Game)).Probabilities, start.Last.Policy.Probabilities);
        Assert.Equal(Grids.Uniform(Game), start.Last.MeanField);
        Assert.Empty(start.Trace);
        Assert.Null(start.Mixture);
    }

    [Fact]
    public void Progress_is_told_after_every_iteration()
    {
        var seen = new List<SolveProgress>();
        var options = Options with { OuterIterations = 4, SampleBudget = 5_000_000 };
        var solution = SimulatorMfTrpo.Solve(new BlackBox(Game), options, Context() with { Progress = seen.Add });
        Assert.Equal([1, 2, 3, 4], seen.Select(progress => progress.Iteration));
        Assert.Equal(solution.Trace.Select(row => row.Samples.Total), seen.Select(progress => progress.Samples));
        Assert.All(seen, progress => Assert.Equal(double.PositiveInfinity, progress.BestRegularizedExploitability));
        Assert.All(seen, progress => Assert.Equal(5_000_000, progress.SampleLimit));
    }

    [Theory]
    [InlineData(20, SolveStatus.SampleLimit, "The sample budget is spent after ")]
    [InlineData(100_000_000, SolveStatus.IterationLimit, "All outer iterations are done: 2 outer iterations and ")]
    public void An_ending_is_explained_with_what_it_cost(long budget, SolveStatus status, string beginning)
    {
        var options = Options with { OuterIterations = 2, SampleBudget = budget };
        var solution = SimulatorMfTrpo.Solve(new BlackBox(Game), options, Context());
        Assert.Equal(status, solution.Status);
        Assert.StartsWith(beginning, solution.Explanation);
        // What the estimates cost is no part of what the budget paid for.
        Assert.True(solution.Samples.Evaluation > 0);
        Assert.EndsWith($"{solution.Samples.Total - solution.Samples.Evaluation} samples.", solution.Explanation);
    }

    [Fact]
    public void Answers_are_judged_where_that_is_asked_for()
    {
        var options = Options with { OuterIterations = 2 };
        var judged = SimulatorMfTrpo.Solve(new BlackBox(Game), options, Context());
        Assert.Equal(40, judged.Last.Exploitability!.Trajectories);
        Assert.Equal(40, judged.Last.RegularizedExploitability!.Trajectories);
        Assert.Equal(40, judged.Mixture!.Exploitability!.Trajectories);
        var unjudged = SimulatorMfTrpo.Solve(
            new BlackBox(Game),
            options with
            {
                EvaluationTrajectories = 0,
            },
            Context()
        );
        Assert.Null(unjudged.Last.Exploitability);
        Assert.Null(unjudged.Mixture!.RegularizedExploitability);
        Assert.Equal(judged.Last.Policy.Probabilities, unjudged.Last.Policy.Probabilities);
        Assert.Equal(judged.Samples with { Evaluation = 0 }, unjudged.Samples);
    }

    [Fact]
    public void Time_is_what_the_clock_says_and_judging_is_not_solving()
    {
        var context = new SolveContext { Clock = new FakeClock(perReading: TimeSpan.FromSeconds(1)) };
        var solution = SimulatorMfTrpo.Solve(new BlackBox(Game), Options with { OuterIterations = 3 }, context);
        Assert.Equal([1, 2, 3], solution.Trace.Select(row => row.Seconds));
        Assert.Equal(3, solution.SolveSeconds);
    }

    private static SampledMfTrpoOptions Options =>
        new()
        {
            Temperature = 0.2,
            Tolerance = 0,
            SampleBudget = 1_000_000,
            EvaluationTrajectories = 40,
        };

    private static SolveContext Context() => new() { Clock = new FakeClock(), Seed = 3 };

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-9);
        }
    }
}
