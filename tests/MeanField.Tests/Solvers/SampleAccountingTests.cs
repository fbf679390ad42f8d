using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>What a solve says it spent against what its simulator was asked.</summary>
public class SampleAccountingTests
{
    private const int Outer = 3;
    private const int Inner = 2;
    private const int Trajectories = 300;
    private const int Particles = 70;
    private const int Moves = 4;
    private const int Evaluations = 50;

    private static readonly RandomGame Game = new(7, states: 6, discount: 0.8);

    public static TheoryData<ActionValueEstimator, RestartKind> Cases =>
        new()
        {
            { ActionValueEstimator.Model, RestartKind.Uniform },
            { ActionValueEstimator.Model, RestartKind.Simulator },
            { ActionValueEstimator.Mean, RestartKind.Simulator },
            { ActionValueEstimator.Mean, RestartKind.MeanField },
            { ActionValueEstimator.Importance, RestartKind.Given },
        };

    // A trajectory is one reset, by the simulator where it is asked and by us otherwise, and every step is a call.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_reset_and_step_is_counted_once(ActionValueEstimator estimator, RestartKind restart)
    {
        var box = new BlackBox(Game);
        var options = Options(estimator, restart);
        var solution = Solve(box, options);
        Assert.Equal((SolveStatus.IterationLimit, Outer), (solution.Status, solution.Iterations));

        var loops = estimator == ActionValueEstimator.Model ? Outer : Outer * Inner;
        var improving = (long)loops * Trajectories;
        // The last iterate and the mixture are each judged with fresh steps and two pairs of batches.
        var refreshing = 2L * Evaluations;
        var comparing = 2L * 4 * Evaluations;
        var samples = solution.Samples;
        Assert.Equal(restart == RestartKind.Simulator ? improving + refreshing : 0, box.Resets);
        Assert.Equal(
            box.Steps + improving + refreshing + comparing + (Outer * Particles),
            samples.StateDrawing + samples.Rollout + samples.Population + samples.Evaluation
        );
        Assert.Equal(Outer * Particles * (Moves + 1), samples.Population);
        Assert.InRange(samples.StateDrawing, improving, long.MaxValue);
        Assert.InRange(samples.Rollout, improving, long.MaxValue);
        Assert.Equal(samples.StateDrawing + samples.Rollout + samples.Population + samples.Evaluation, samples.Total);
    }

    // With a fixed horizon every roll-out has the same length.
    [Theory]
    [InlineData(ActionValueEstimator.Mean, 0)]
    [InlineData(ActionValueEstimator.Importance, 6)]
    public void Roll_outs_are_as_long_as_asked(ActionValueEstimator estimator, int horizon)
    {
        var options = Options(estimator, RestartKind.Uniform) with
        {
            Horizon = RolloutHorizon.Fixed(horizon),
            EvaluationTrajectories = 0,
        };
        var solution = Solve(new BlackBox(Game), options);
        Assert.Equal((long)Outer * Inner * Trajectories * (horizon + 1), solution.Samples.Rollout);
        Assert.Equal(0, solution.Samples.Evaluation);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_budget_is_never_exceeded_and_nearly_spent(ActionValueEstimator estimator, RestartKind restart)
    {
        var options = Options(estimator, restart) with { OuterIterations = 1000, EvaluationTrajectories = 0 };
        foreach (var budget in new[] { 1L, 2, 10, 100, 1999, 20_000 })
        {
            var box = new BlackBox(Game);
            var solution = Solve(box, options with { SampleBudget = budget });
            Assert.Equal(SolveStatus.SampleLimit, solution.Status);
            Assert.InRange(box.Steps + box.Resets, 0, budget);
            // What is left did not pay for one more trajectory; with a horizon of 5 and γ = 0.8 none here is longer than 100.
            Assert.InRange(solution.Samples.Total, budget - 100, budget);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Accounts_only_grow_and_the_trace_ends_with_all_of_them(
        ActionValueEstimator estimator,
        RestartKind restart
    )
    {
        var options = Options(estimator, restart) with { EvaluationTrajectories = 0 };
        var solution = Solve(new BlackBox(Game), options);
        Assert.Equal(Outer, solution.Trace.Count);
        Assert.Equal(solution.Samples, solution.Trace[^1].Samples);
        var before = default(SampleAccount);
        foreach (var row in solution.Trace)
        {
            Assert.True(row.Samples.StateDrawing > before.StateDrawing);
            Assert.True(row.Samples.Rollout > before.Rollout);
            Assert.Equal(before.Population + (Particles * (Moves + 1)), row.Samples.Population);
            before = row.Samples;
        }
    }

    // A kernel changes who is asked, not how much.
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_solve_with_a_kernel_spends_as_much(ActionValueEstimator estimator, RestartKind restart)
    {
        var options = Options(estimator, restart) with { EvaluationTrajectories = 0 };
        var game = MeanField.Tabular.TabularGame.Create(Game);
        var solution = SampledMfTrpo.Solve(game, options, new SolveContext { Clock = new FakeClock(), Seed = 9 });
        Assert.Equal(Solve(new BlackBox(Game), options).Samples, solution.Samples);
        Assert.Equal(default, solution.Trace[0].Samples);
        Assert.Equal(solution.Samples, solution.Trace[^1].Samples);
    }

    // Clocks that nearly never stop draw lengths beyond any integer; the budget pays for none of them, and nothing wraps around.
    [Theory]
    [InlineData(ActionValueEstimator.Model, null, 1)]
    [InlineData(ActionValueEstimator.Mean, null, 1)]
    [InlineData(ActionValueEstimator.Mean, RolloutHorizon.Longest, 1)]
    [InlineData(ActionValueEstimator.Mean, 0, int.MaxValue)]
    public void Lengths_beyond_an_integer_are_not_paid_for(ActionValueEstimator estimator, int? horizon, int moves)
    {
        var game = new ListedGame
        {
            Rows =
            [
                [new(0, (1, 1)), new(1, (0, 1))],
                [new(0, (0, 1))],
            ],
            Discount = horizon == 0 ? 0.5 : 1 - 1e-10,
        };
        var box = new BlackBox(game);
        var options = Options(estimator, RestartKind.Uniform) with
        {
            Horizon = horizon is { } steps ? RolloutHorizon.Fixed(steps) : RolloutHorizon.Geometric,
            TransitionSteps = moves,
            SampleBudget = 5000,
            EvaluationTrajectories = 0,
        };
        var solution = Solve(box, options);
        Assert.Equal((SolveStatus.SampleLimit, 0), (solution.Status, solution.Iterations));
        Assert.Equal(solution.Samples.StateDrawing + solution.Samples.Rollout, solution.Samples.Total);
        Assert.InRange(box.Steps, 0, solution.Samples.Total);
        Assert.InRange(solution.Samples.Total, horizon == 0 ? 1200 : 0, horizon == 0 ? 5000 : 0);
    }

    private static SimulatorSolution Solve(BlackBox box, SampledMfTrpoOptions options) =>
        SimulatorMfTrpo.Solve(box, options, new SolveContext { Clock = new FakeClock(), Seed = 9 });

    private static SampledMfTrpoOptions Options(ActionValueEstimator estimator, RestartKind restart) =>
        new()
        {
            Restart = restart,
            RestartWeights =
                restart == RestartKind.Given
                    ? new Dictionary<int, double> { [0] = 1, [3] = 2 }
                    : new Dictionary<int, double>(),
            Temperature = 0.2,
            Estimator = estimator,
            OuterIterations = Outer,
            InnerIterations = Inner,
            Trajectories = Trajectories,
            Horizon = RolloutHorizon.Fixed(5),
            Particles = Particles,
            TransitionSteps = Moves,
            Tolerance = 0,
            SampleBudget = 10_000_000,
            EvaluationTrajectories = Evaluations,
        };
}
