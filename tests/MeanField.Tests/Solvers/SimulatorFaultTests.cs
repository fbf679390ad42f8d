using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>A simulator that throws or answers what none may, whenever it does so, ends a solve and takes nothing away from it.</summary>
public class SimulatorFaultTests
{
    private static readonly RandomGame Game = new(7, states: 6, RandomShape.Connected, discount: 0.8);

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "throws", @"threw InvalidOperationException: out of order" },
            { "throws in two lines", @"threw InvalidOperationException: out of order" },
            { "unknown state", @"went to state 6; allowed: 0 to 5" },
            { "negative state", @"went to state -1; allowed: 0 to 5" },
            { "NaN", @"gave the reward NaN; allowed: a finite number in the declared range \[-10, 10\]" },
            { "infinity", @"gave the reward Infinity; allowed: a finite number in the declared range \[-10, 10\]" },
            { "too much", @"gave the reward 10\.5; allowed: a finite number in the declared range \[-10, 10\]" },
            { "too little", @"gave the reward -11; allowed: a finite number in the declared range \[-10, 10\]" },
        };

    public static TheoryData<string> Phases => ["state drawing", "roll-out", "population", "model"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_named_with_state_action_and_trajectory(string fault, string message)
    {
        var (state, action) = (-1, -1);
        var box = Box(
            (call, s, a, step) =>
            {
                if (call != 777)
                {
                    return step;
                }

                (state, action) = (s, a);
                return Broken(fault, step);
            }
        );
        var solution = Solve(box, Options);
        Assert.Equal(SolveStatus.SimulatorFailed, solution.Status);
        Assert.Matches(
            $@"^The simulator {message}.*\(state s{state}, action a{action}, trajectory \d+\); \d+ outer iterations and \d+ samples before it are kept\.$",
            solution.Explanation
        );
        Assert.Equal(777, box.Steps);
    }

    // The phases are made to differ by where nearly all steps fall: long draws and no roll-out, no draws and long roll-outs, particles after the first
    // inner loop. What was done before the failing iteration is what a solve of that many iterations does.
    [Theory]
    [MemberData(nameof(Phases))]
    public void What_was_done_before_is_kept(string phase)
    {
        var options = phase switch
        {
            "state drawing" => Options with
            {
                Estimator = ActionValueEstimator.Mean,
                Horizon = RolloutHorizon.Geometric,
                Particles = 1,
            },
            "roll-out" => Options with
            {
                Estimator = ActionValueEstimator.Importance,
                Horizon = RolloutHorizon.Fixed(20),
                Particles = 1,
            },
            "population" => Options with
            {
                Estimator = ActionValueEstimator.Mean,
                Horizon = RolloutHorizon.Fixed(0),
                Particles = 500,
            },
            _ => Options,
        };
        var counted = Box((_, _, _, step) => step);
        var whole = Solve(counted, options with { OuterIterations = 2, EvaluationTrajectories = 0 });

        // In the third iteration: early in its first inner loop, or, for particles, once all roll-outs are done.
        var failing = counted.Steps + 40;
        if (phase == "population")
        {
            var more = Box((_, _, _, step) => step);
            var third = Solve(more, options with { OuterIterations = 3, EvaluationTrajectories = 0 });
            failing = more.Steps - (third.Trace[2].Samples.Population - third.Trace[1].Samples.Population) + 500 + 40;
        }

        var box = Box(
            (call, _, _, step) => call == failing ? throw new InvalidOperationException("out of order") : step
        );
        var solution = Solve(box, options);
        Assert.Equal((SolveStatus.SimulatorFailed, 2), (solution.Status, solution.Iterations));
        Assert.Equal(failing, box.Steps);
        Assert.Equal(whole.Last.Policy.Probabilities, solution.Last.Policy.Probabilities);
        Assert.Equal(whole.Last.MeanField, solution.Last.MeanField);
        Assert.Equal(whole.Mixture!.Policy.Probabilities, solution.Mixture!.Policy.Probabilities);
        Assert.Equal(whole.Trace, solution.Trace);

        // A wave that failed counts as planned.
        Assert.InRange(solution.Samples.Total, box.Steps, options.SampleBudget);
        Assert.InRange(
            solution.Samples.Population,
            whole.Samples.Population + (phase == "population" ? 1 : 0),
            long.MaxValue
        );
        Assert.Equal(0, solution.Samples.Evaluation);
        Assert.Null(solution.Last.Exploitability);
    }

    // The solve is done; only what would say how good it is fails.
    [Theory]
    [InlineData(5)]
    [InlineData(15_000)]
    public void A_fault_in_the_estimates_leaves_the_answer(int calls)
    {
        var counted = Box((_, _, _, step) => step);
        var whole = Solve(counted, Options with { OuterIterations = 2, EvaluationTrajectories = 0 });
        var failing = counted.Steps + calls;
        var box = Box((call, s, _, step) => call == failing ? step with { Next = -5 } : step);
        var solution = Solve(box, Options with { OuterIterations = 2 });
        Assert.Equal((SolveStatus.SimulatorFailed, 2), (solution.Status, solution.Iterations));
        Assert.Contains("went to state -5", solution.Explanation);
        Assert.Equal(whole.Last.Policy.Probabilities, solution.Last.Policy.Probabilities);
        Assert.Equal(whole.Trace, solution.Trace);
        Assert.True(solution.Samples.Evaluation > 0);
        Assert.NotNull(solution.Mixture);
    }

    [Theory]
    [InlineData("throws", "The simulator's reset threw InvalidOperationException: out of order \\(trajectory \\d+\\)")]
    [InlineData("unknown state", "The simulator's reset gave state 6; allowed: 0 to 5 \\(trajectory \\d+\\)")]
    [InlineData("negative state", "The simulator's reset gave state -1; allowed: 0 to 5 \\(trajectory \\d+\\)")]
    public void A_reset_may_fail_too(string fault, string message)
    {
        var options = Options with { Restart = RestartKind.Simulator };
        var counted = Box((_, _, _, step) => step);
        var whole = Solve(counted, options with { OuterIterations = 2, EvaluationTrajectories = 0 });
        var failing = counted.Resets + 3;
        var box = Box((_, _, _, step) => step);
        box.OnReset = (call, state) => call == failing ? Broken(fault, new SimulatedStep(state, 0)).Next : state;
        var solution = Solve(box, options);
        Assert.Equal((SolveStatus.SimulatorFailed, 2), (solution.Status, solution.Iterations));
        Assert.Matches($"^{message}; 2 outer iterations and ", solution.Explanation);
        Assert.Equal(whole.Last.Policy.Probabilities, solution.Last.Policy.Probabilities);
        Assert.Equal(whole.Trace, solution.Trace);
    }

    // Of all trajectories that fail in a wave the first block's is named, whoever got there first: here each of twelve blocks fails after a few steps, and
    // which one is the quickest is chance.
    [Fact]
    public void The_same_failure_is_named_with_any_number_of_threads()
    {
        var rows = new ListedRow[][] { [new(0, (0, 0.998), (1, 0.002))], [new(0, (0, 1))] };
        var game = new ListedGame { Rows = rows };
        var options = Options with { Trajectories = 3000, Restart = RestartKind.Simulator };
        for (var seed = 0; seed < 5; seed++)
        {
            var explanations = new[] { 1, 2, 3, 2, 3 }.Select(threads =>
            {
                var box = new BlackBox(game)
                {
                    OnReset = (_, _) => 0,
                    OnStep = (_, s, _, step) => s == 1 ? step with { Next = 2 } : step,
                };
                var context = new SolveContext
                {
                    Clock = new FakeClock(),
                    Seed = seed,
                    Threads = threads,
                };
                return SimulatorMfTrpo.Solve(box, options, context).Explanation;
            });
            Assert.Matches(@"\(state s1, action a0, trajectory \d+\)", Assert.Single(explanations.Distinct()));
        }
    }

    [Fact]
    public void A_fault_in_the_first_step_leaves_the_start()
    {
        var solution = Solve(Box((_, _, _, _) => throw new InvalidOperationException("never")), Options);
        Assert.Equal((SolveStatus.SimulatorFailed, 0), (solution.Status, solution.Iterations));
        Assert.Equal(Grids.Uniform(Game), solution.Last.MeanField);
        Assert.Empty(solution.Trace);
        Assert.Null(solution.Mixture);
    }

    [Fact]
    public void What_a_simulator_says_about_itself_is_checked_at_once()
    {
        var exception = Assert.Throws<InvalidGameException>(() =>
            Solve(new BlackBox(new ListedSimulator(0, 1.5, 1)), Options)
        );
        Assert.Equal(
            "discount: is 1.5; allowed: greater than 0 and less than 1; simulator: has no state; allowed: at least one state",
            exception.Message
        );
        exception = Assert.Throws<InvalidGameException>(() =>
            Solve(new BlackBox(new ListedSimulator(2, 0.5, 0)), Options)
        );
        Assert.Contains("state 1: has no action; allowed: at least one action", exception.Message);
    }

    [Theory]
    [InlineData(1, 0, "[1, 0]")]
    [InlineData(double.NaN, 1, "[NaN, 1]")]
    public void A_reward_range_that_holds_nothing_is_refused(double lower, double upper, string shown) =>
        Assert.Equal(
            $"reward range: is {shown}; allowed: a lower end that is no more than the upper end",
            Assert
                .Throws<InvalidGameException>(() =>
                    Solve(new BlackBox(Game) { RewardRange = new Interval(lower, upper) }, Options)
                )
                .Message
        );

    [Fact]
    public void A_simulator_that_cannot_name_things_fails_by_number()
    {
        var box = new BlackBox(new ListedSimulator(3, 0.5, 2)) { OnStep = (_, _, _, step) => step with { Next = 7 } };
        var solution = Solve(box, Options);
        Assert.Equal(SolveStatus.SimulatorFailed, solution.Status);
        Assert.Matches(@"\(state [0-2], action [01], trajectory \d+\)", solution.Explanation);
    }

    private static SimulatedStep Broken(string fault, SimulatedStep step) =>
        fault switch
        {
            "throws" => throw new InvalidOperationException("out of order"),
            "throws in two lines" => throw new InvalidOperationException("out of order\nand beyond repair"),
            "unknown state" => step with { Next = 6 },
            "negative state" => step with { Next = -1 },
            "NaN" => step with { Reward = double.NaN },
            "infinity" => step with { Reward = double.PositiveInfinity },
            "too much" => step with { Reward = 10.5 },
            _ => step with { Reward = -11 },
        };

    private static BlackBox Box(Func<long, int, int, SimulatedStep, SimulatedStep> onStep) =>
        new(Game) { RewardRange = new Interval(-10, 10), OnStep = onStep };

    private static SimulatorSolution Solve(BlackBox box, SampledMfTrpoOptions options, int threads = 1) =>
        SimulatorMfTrpo.Solve(
            box,
            options,
            new SolveContext
            {
                Clock = new FakeClock(),
                Seed = 4,
                Threads = threads,
            }
        );

    private static SampledMfTrpoOptions Options =>
        new()
        {
            Temperature = 0.2,
            InnerIterations = 2,
            Trajectories = 300,
            TransitionSteps = 3,
            Tolerance = 0,
            SampleBudget = 1_000_000,
            EvaluationTrajectories = 500,
        };

    // States and actions as many as given, all the same.
    private sealed class ListedSimulator(int states, double discount, int actions) : IGenerativeModel
    {
        public int StateCount => states;

        public double Discount => discount;

        public MeanFieldCoupling Coupling => MeanFieldCoupling.None;

        public int ActionCount(int state) => actions;

        public int Reset(ref RandomNumbers random) => 0;

        public string StateName(int state) =>
            states == 2 ? $"{state}" : throw new InvalidOperationException("no names");

        public string ActionName(int state, int action) => throw new InvalidOperationException("no names");

        public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random) =>
            new(0, 0);
    }
}
