using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>A sampled solve stops soon after it is told to, wherever it is.</summary>
public class SampledStopTests
{
    private static readonly RandomGame Game = new(7, states: 6, discount: 0.8);

    // A wave has tens of thousands of trajectories; what is under way ends with the step that a block of 256 of them is taking.
    [Theory]
    [InlineData(ActionValueEstimator.Mean, 1)]
    [InlineData(ActionValueEstimator.Importance, 2)]
    [InlineData(ActionValueEstimator.Model, 1)]
    [InlineData(ActionValueEstimator.Model, 3)]
    public void A_caller_does_not_wait_for_a_wave(ActionValueEstimator estimator, int threads)
    {
        using var source = new CancellationTokenSource();
        var box = Box(call => Cancel(source, call));
        var context = new SolveContext
        {
            Clock = new FakeClock(),
            Cancellation = source.Token,
            Threads = threads,
        };
        var solution = SimulatorMfTrpo.Solve(box, Options(estimator), context);
        Assert.Equal((SolveStatus.Cancelled, 0), (solution.Status, solution.Iterations));
        Assert.InRange(box.Steps, 1000, 1000 + (256 * threads));
        Assert.Empty(solution.Trace);
        Assert.Null(solution.Last.Exploitability);
    }

    [Theory]
    [InlineData(ActionValueEstimator.Mean)]
    [InlineData(ActionValueEstimator.Model)]
    public void The_time_limit_does_not_wait_for_a_wave(ActionValueEstimator estimator)
    {
        var clock = new FakeClock();
        var box = Box(_ => clock.Advance(TimeSpan.FromMilliseconds(1)));
        var options = Options(estimator) with { TimeLimit = 1 };
        var solution = SimulatorMfTrpo.Solve(box, options, new SolveContext { Clock = clock });
        Assert.Equal((SolveStatus.TimeLimit, 0), (solution.Status, solution.Iterations));
        Assert.InRange(box.Steps, 1000, 1256);
        Assert.InRange(solution.SolveSeconds, 1, 1.256);
    }

    [Fact]
    public void Particles_stop_too()
    {
        using var source = new CancellationTokenSource();
        var options = Options(ActionValueEstimator.Mean) with
        {
            Trajectories = 20,
            InnerIterations = 1,
            Particles = 50_000,
        };
        var box = Box(call => Cancel(source, call));
        var context = new SolveContext { Clock = new FakeClock(), Cancellation = source.Token };
        var solution = SimulatorMfTrpo.Solve(box, options, context);
        Assert.Equal((SolveStatus.Cancelled, 0), (solution.Status, solution.Iterations));
        Assert.InRange(box.Steps, 1000, 1256);
        Assert.Null(solution.Mixture);
    }

    // The clock is read once an inner iteration, or once in 64 steps of the population.
    [Theory]
    [InlineData(1_000_000, 1)]
    [InlineData(1, 1_000_000)]
    public void Work_on_the_model_stops_too(int innerIterations, int transitionSteps)
    {
        var options = Options(ActionValueEstimator.Model) with
        {
            Trajectories = 100,
            InnerIterations = innerIterations,
            TransitionSteps = transitionSteps,
            TimeLimit = 1,
        };
        var clock = new FakeClock(perReading: TimeSpan.FromMilliseconds(10));
        var game = MeanField.Tabular.TabularGame.Create(Game);
        var solution = SampledMfTrpo.Solve(game, options, new SolveContext { Clock = clock });
        Assert.Equal((SolveStatus.TimeLimit, 0), (solution.Status, solution.Iterations));
        Assert.Equal(0, solution.Last.Iteration);
    }

    // A simulator that was given the caller's token may throw for it: that is no failure of the simulator.
    [Fact]
    public void A_simulator_may_stop_itself_for_the_caller()
    {
        using var source = new CancellationTokenSource();
        var box = Box(call =>
        {
            Cancel(source, call);
            source.Token.ThrowIfCancellationRequested();
        });
        var context = new SolveContext { Clock = new FakeClock(), Cancellation = source.Token };
        var solution = SimulatorMfTrpo.Solve(box, Options(ActionValueEstimator.Mean), context);
        Assert.Equal(SolveStatus.Cancelled, solution.Status);
        Assert.Equal(1000, box.Steps);

        var unasked = Box(_ => throw new OperationCanceledException("of its own accord"));
        solution = SimulatorMfTrpo.Solve(
            unasked,
            Options(ActionValueEstimator.Mean),
            context with
            {
                Cancellation = default,
            }
        );
        Assert.Equal(SolveStatus.SimulatorFailed, solution.Status);
    }

    // The estimates at the end of a solve are no part of it: told to stop in them, it keeps its status and says nothing about quality.
    [Fact]
    public void Estimates_stop_too()
    {
        using var source = new CancellationTokenSource();
        var options = Options(ActionValueEstimator.Model) with
        {
            OuterIterations = 1,
            Trajectories = 50,
            EvaluationTrajectories = 50_000,
        };
        var box = Box(call =>
        {
            Cancel(source, call);
            if (call > 1000)
            {
                source.Token.ThrowIfCancellationRequested();
            }
        });
        var context = new SolveContext { Clock = new FakeClock(), Cancellation = source.Token };
        var solution = SimulatorMfTrpo.Solve(box, options, context);
        Assert.Equal((SolveStatus.IterationLimit, 1), (solution.Status, solution.Iterations));
        Assert.InRange(box.Steps, 1000, 1256);
        Assert.Null(solution.Last.Exploitability);
        Assert.Null(solution.Last.RegularizedExploitability);
    }

    private static BlackBox Box(Action<long> atCall) =>
        new(Game)
        {
            RewardRange = new MeanField.Numerics.Interval(-10, 10),
            OnStep = (call, _, _, step) =>
            {
                atCall(call);
                return step;
            },
        };

    private static void Cancel(CancellationTokenSource source, long call)
    {
        if (call == 1000)
        {
            source.Cancel();
        }
    }

    private static SampledMfTrpoOptions Options(ActionValueEstimator estimator) =>
        new()
        {
            Temperature = 0.2,
            Estimator = estimator,
            Trajectories = 60_000,
            SampleBudget = 1_000_000_000,
            Tolerance = 0,
        };
}
