using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class SampledMfTrpoOptionsTests
{
    private static readonly SampledMfTrpoOptions Default = new();
    private static readonly RandomGame Game = new(7, states: 5, RandomShape.Connected, discount: 0.8, mostActions: 3);

    public static TheoryData<string, SampledMfTrpoOptions> OutOfRange =>
        new()
        {
            { "Temperature is -1; allowed: 0 to 1e9", Default with { Temperature = -1 } },
            { "Temperature is NaN; allowed: 0 to 1e9", Default with { Temperature = double.NaN } },
            { "OuterIterations is 0; allowed: at least 1", Default with { OuterIterations = 0 } },
            { "InnerIterations is 0; allowed: at least 1", Default with { InnerIterations = 0 } },
            { "StepRule is 7; allowed: Paper, Constant or KlRadius", Default with { StepRule = (StepRule)7 } },
            { "StepConstant is 1.5; allowed: greater than 0, at most 1", Default with { StepConstant = 1.5 } },
            { "KlRadius is 0; allowed: a finite number greater than 0", Default with { KlRadius = 0 } },
            { "PopulationStep is 0; allowed: greater than 0, at most 1", Default with { PopulationStep = 0 } },
            {
                "PopulationStepDecay is -0.5; allowed: a finite number of at least 0",
                Default with
                {
                    PopulationStepDecay = -0.5,
                }
            },
            { "TransitionSteps is 0; allowed: at least 1, or null", Default with { TransitionSteps = 0 } },
            {
                "Tolerance is Infinity; allowed: a finite number of at least 0",
                Default with
                {
                    Tolerance = double.PositiveInfinity,
                }
            },
            { "TraceEvery is -1; allowed: at least 0", Default with { TraceEvery = -1 } },
            { "StallAfter is -1; allowed: at least 0", Default with { StallAfter = -1 } },
            { "TimeLimit is -1; allowed: a finite number of at least 0", Default with { TimeLimit = -1 } },
            { "Trajectories is 0; allowed: at least 1, or null", Default with { Trajectories = 0 } },
            { "Particles is -1; allowed: at least 0, or null", Default with { Particles = -1 } },
            { "SampleBudget is -1; allowed: at least 0", Default with { SampleBudget = -1 } },
            { "EvaluationTrajectories is 1; allowed: 0 or at least 2", Default with { EvaluationTrajectories = 1 } },
            { "EvaluationTrajectories is -1; allowed: 0 or at least 2", Default with { EvaluationTrajectories = -1 } },
            { "Horizon is -1; allowed: 0 to 1e9 steps", Default with { Horizon = RolloutHorizon.Fixed(-1) } },
            {
                "Horizon is 1000000001; allowed: 0 to 1e9 steps",
                Default with
                {
                    Horizon = RolloutHorizon.Fixed(1_000_000_001),
                }
            },
            {
                "Estimator is 9; allowed: Model, Mean, Importance or null",
                Default with
                {
                    Estimator = (ActionValueEstimator)9,
                }
            },
            {
                "Restart is 9; allowed: Uniform, MeanField, Simulator or Given",
                Default with
                {
                    Restart = (RestartKind)9,
                }
            },
        };

    public static TheoryData<string, SampledMfTrpoOptions> Contradictions
    {
        get
        {
            const string Law = "weights of at least 0, with a positive finite sum, for states from 0";
            const string NoNoise = "false with the model, which has no roll-out noise to take out";
            return new()
            {
                { $"RestartWeights is ; allowed: {Law}", Given() },
                { $"RestartWeights is 0:0; allowed: {Law}", Given((0, 0)) },
                { $"RestartWeights is 0:-1,1:3; allowed: {Law}", Given((0, -1), (1, 3)) },
                { $"RestartWeights is 0:NaN; allowed: {Law}", Given((0, double.NaN)) },
                { $"RestartWeights is 0:Infinity; allowed: {Law}", Given((0, double.PositiveInfinity)) },
                { $"RestartWeights is -1:1; allowed: {Law}", Given((-1, 1)) },
                {
                    "RestartWeights is 2:0.5; allowed: none, unless Restart is Given",
                    Given((2, 0.5)) with
                    {
                        Restart = RestartKind.MeanField,
                    }
                },
                { "RestartWeights names state 5; allowed: 0 to 4", Given((0, 1), (5, 1)) },
                {
                    "Estimator is model; allowed: importance or mean with faithful, because the paper has no model",
                    Default with
                    {
                        Faithful = true,
                        Estimator = ActionValueEstimator.Model,
                    }
                },
                {
                    "ControlVariate is true; allowed: false with faithful",
                    Default with
                    {
                        Faithful = true,
                        ControlVariate = true,
                    }
                },
                {
                    "Averaging is true; allowed: false with faithful",
                    Default with
                    {
                        Faithful = true,
                        Averaging = true,
                    }
                },
                {
                    "Particles is 0; allowed: at least 1 unless the estimator is the model",
                    Default with
                    {
                        Estimator = ActionValueEstimator.Mean,
                        Particles = 0,
                    }
                },
                {
                    "Particles is 0; allowed: at least 1 unless the estimator is the model",
                    Default with
                    {
                        Faithful = true,
                        Particles = 0,
                    }
                },
                { $"ControlVariate is true; allowed: {NoNoise}", Default with { ControlVariate = true } },
                { $"Averaging is true; allowed: {NoNoise}", Default with { Averaging = true } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_refused_with_what_is_allowed(string message, SampledMfTrpoOptions options)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => SolveWithKernel(options));
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
        Assert.Equal(
            exception.Message,
            Assert.Throws<ArgumentOutOfRangeException>(() => SolveWithout(options, 10)).Message
        );
    }

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Options_that_contradict_each_other_are_refused(string message, SampledMfTrpoOptions options)
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => SolveWithKernel(options)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => SolveWithout(options, 10)).Message);
    }

    [Fact]
    public void Options_that_the_estimator_decides_may_be_said_again()
    {
        Default.Check();
        (Default with { ControlVariate = false, Averaging = false, Particles = 0 }).Check();
        (Default with { Faithful = true, ControlVariate = false, Averaging = false, WarmStart = true }).Check();
        (Default with { Estimator = ActionValueEstimator.Mean, ControlVariate = true, Averaging = true }).Check();
        Given((0, 0), (3, 1e-300)).Check();
    }

    [Fact]
    public void Where_no_reward_range_is_declared_what_needs_one_is_refused()
    {
        var unknown = double.PositiveInfinity;
        Assert.Equal(
            "Horizon is the theory's and the simulator declares no reward range; allowed: a number of steps, geometric, or a simulator with a finite RewardRange",
            Message(Default with { Estimator = ActionValueEstimator.Mean })
        );
        Assert.Equal(
            "Temperature is 0 and the simulator declares no reward range; allowed: a positive temperature, or a simulator with a finite RewardRange",
            Message(Default with { Temperature = 0 })
        );
        var options = Default with { OuterIterations = 1, SampleBudget = 100, EvaluationTrajectories = 0 };
        SolveWithout(options, unknown);
        SolveWithout(options with { Temperature = 0 }, 10);

        string Message(SampledMfTrpoOptions options) =>
            Assert.Throws<ArgumentException>(() => SolveWithout(options, unknown)).Message;
    }

    [Fact]
    public void What_is_left_open_is_decided_for_the_estimator()
    {
        var pairs = TabularGame.Create(Game).PairCount;
        var model = Settings(Default);
        Assert.Equal(
            (ActionValueEstimator.Model, null, 0, 200L * pairs, RolloutHorizon.Fixed(0)),
            (model.Estimator, model.Trajectories, model.Particles, model.Budget, model.Horizon)
        );
        Assert.Equal((false, false), (model.ControlVariate, model.Averaging));
        Assert.Equal((null, true), (model.Exact.TransitionSteps, model.Exact.WarmStart));

        var means = Settings(Default with { Estimator = ActionValueEstimator.Mean });
        Assert.Equal(
            (200 * pairs, 500, long.MaxValue, RolloutHorizon.Theory),
            (means.Trajectories, means.Particles, means.Budget, means.Horizon)
        );
        Assert.Equal((true, true), (means.ControlVariate, means.Averaging));
        Assert.Equal((10, true), (means.Exact.TransitionSteps, means.Exact.WarmStart));

        var faithful = Settings(Default with { Faithful = true });
        Assert.Equal(
            (ActionValueEstimator.Importance, 200 * pairs, 500, long.MaxValue, RolloutHorizon.Theory),
            (faithful.Estimator, faithful.Trajectories, faithful.Particles, faithful.Budget, faithful.Horizon)
        );
        Assert.Equal((false, false), (faithful.ControlVariate, faithful.Averaging));
        Assert.Equal((10, false), (faithful.Exact.TransitionSteps, faithful.Exact.WarmStart));
        Assert.Equal(0, faithful.SampleLimit);
        Assert.Equal(7, Settings(Default with { Faithful = true, SampleBudget = 7 }).SampleLimit);
    }

    [Theory]
    [InlineData(
        false,
        "model of all steps seen, trajectories as the model grows, 0 steps after the first action, population moved by the model, at most 1000 samples"
    )]
    [InlineData(
        true,
        "importance weights, 300 trajectories an inner iteration, a geometric clock, 60 particles over 10 steps, no sample budget"
    )]
    public void The_plan_is_said_in_one_sentence(bool faithful, string plan)
    {
        var options = faithful
            ? Default with
            {
                Faithful = true,
                Trajectories = 300,
                Horizon = RolloutHorizon.Geometric,
                Particles = 60,
            }
            : Default with
            {
                SampleBudget = 1000,
            };
        using var inside = new SampledCase(Game, options);
        Assert.Equal(plan, inside.Settings.Describe(inside.Session.Horizon));
    }

    [Fact]
    public void The_plan_names_what_was_added()
    {
        var options = Default with
        {
            Estimator = ActionValueEstimator.Mean,
            Horizon = RolloutHorizon.Fixed(9),
            TransitionSteps = 3,
        };
        Assert.Contains("sample means", Settings(options).Describe(9));
        Assert.Contains(
            "9 steps after the first action, control variate, averaging, 500 particles over 3 steps",
            Settings(options).Describe(9)
        );
        var model = Default with { Trajectories = 40, Horizon = RolloutHorizon.Theory };
        Assert.Contains(
            "40 trajectories an outer iteration, the theory's 77 steps after the first action",
            Settings(model).Describe(77)
        );
        var solution = SolveWithKernel(Default with { OuterIterations = 1, SampleBudget = 50 });
        Assert.EndsWith("at most 50 samples", solution.SamplingPlan);
    }

    private static SampledMfTrpoOptions Given(params (int State, double Weight)[] weights) =>
        Default with
        {
            Restart = RestartKind.Given,
            RestartWeights = weights.ToDictionary(pair => pair.State, pair => pair.Weight),
        };

    private static SamplingSettings Settings(SampledMfTrpoOptions options)
    {
        using var inside = new SampledCase(Game, options);
        return inside.Settings;
    }

    private static Solution SolveWithKernel(SampledMfTrpoOptions options) =>
        SampledMfTrpo.Solve(TabularGame.Create(Game), options, new SolveContext { Clock = new FakeClock() });

    private static SimulatorSolution SolveWithout(SampledMfTrpoOptions options, double largestReward) =>
        SimulatorMfTrpo.Solve(
            new BlackBox((IMeanFieldGame)Game) { RewardRange = new Interval(-10, largestReward) },
            options,
            new SolveContext { Clock = new FakeClock() }
        );
}
