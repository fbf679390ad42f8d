using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class RivalOptionsTests
{
    private static readonly SolveContext Context = new() { Clock = new FakeClock() };
    private static readonly TabularGame Game = TabularGame.Create(ListedGame.OfChain([(0, 1)]));

    public static TheoryData<string, Action> OutOfRange =>
        new()
        {
            { "PopulationStep", () => FixedPoint.Solve(Game, new() { PopulationStep = 0 }, Context) },
            { "PopulationStep", () => FixedPoint.Solve(Game, new() { PopulationStep = 1.1 }, Context) },
            { "PopulationStepDecay", () => FixedPoint.Solve(Game, new() { PopulationStepDecay = -1 }, Context) },
            { "TransitionSteps", () => FixedPoint.Solve(Game, new() { TransitionSteps = 0 }, Context) },
            { "Start", () => FixedPoint.Solve(Game, new() { Start = (StartPolicy)2 }, Context) },
            { "OuterIterations", () => FictitiousPlay.Solve(Game, new() { OuterIterations = 0 }, Context) },
            { "TransitionSteps", () => FictitiousPlay.Solve(Game, new() { TransitionSteps = -1 }, Context) },
            { "LearningRate", () => OnlineMirrorDescent.Solve(Game, new() { LearningRate = 0 }, Context) },
            { "LearningRate", () => OnlineMirrorDescent.Solve(Game, new() { LearningRate = double.NaN }, Context) },
            { "LearningRate", () => OnlineMirrorDescent.Solve(Game, new() { LearningRate = 1e10 }, Context) },
            { "Variant", () => PolicyIteration.Solve(Game, new() { Variant = (PolicyIterationVariant)3 }, Context) },
            { "Temperature", () => PolicyIteration.Solve(Game, new() { Temperature = 0 }, Context) },
            { "PopulationStep", () => PolicyIteration.Solve(Game, new() { PopulationStep = double.NaN }, Context) },
            {
                "PopulationStepDecay",
                () => PolicyIteration.Solve(Game, new() { PopulationStepDecay = double.PositiveInfinity }, Context)
            },
            { "ProximalWeight", () => ProximalPoint.Solve(Game, new() { ProximalWeight = 0 }, Context) },
            { "LearningRate", () => ProximalPoint.Solve(Game, new() { LearningRate = 10 }, Context) },
            { "InnerIterations", () => ProximalPoint.Solve(Game, new() { InnerIterations = 0 }, Context) },
            { "Temperature", () => PolicyMirrorAscent.Solve(Game, new() { Temperature = -1 }, Context) },
            { "LearningRate", () => PolicyMirrorAscent.Solve(Game, new() { LearningRate = -1 }, Context) },
            { "ValueExponent", () => TwoTimescaleQLearning.Solve(Game, new() { ValueExponent = 0 }, Context) },
            {
                "PopulationExponent",
                () => TwoTimescaleQLearning.Solve(Game, new() { PopulationExponent = 1.1 }, Context)
            },
            { "Exploration", () => TwoTimescaleQLearning.Solve(Game, new() { Exploration = -0.1 }, Context) },
            { "Temperature", () => TwoTimescaleQLearning.Solve(Game, new() { Temperature = double.NaN }, Context) },
            { "SampleBudget", () => TwoTimescaleQLearning.Solve(Game, new() { SampleBudget = -1 }, Context) },
            { "StepSize", () => SemiSgd.Solve(Game, new() { StepSize = 0 }, Context) },
            { "PopulationStep", () => SemiSgd.Solve(Game, new() { PopulationStep = 2 }, Context) },
            { "Temperature", () => SemiSgd.Solve(Game, new() { Temperature = -1 }, Context) },
            { "IterationSteps", () => SemiSgd.Solve(Game, new() { IterationSteps = -1 }, Context) },
            { "Tolerance", () => PolicyMirrorAscent.Solve(Game, new() { Tolerance = double.NaN }, Context) },
        };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_refused_by_name(string name, Action solve)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(solve);
        Assert.Equal(name, exception.ParamName);
        Assert.StartsWith($"{name} is ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("; allowed: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_of_the_descriptions_are_the_defaults_of_the_records()
    {
        Assert.Equal(new FixedPointOptions(), Read(FixedPointOptions.Descriptions, FixedPointOptions.FromParameters));
        Assert.Equal(
            new FictitiousPlayOptions(),
            Read(FictitiousPlayOptions.Descriptions, FictitiousPlayOptions.FromParameters)
        );
        Assert.Equal(
            new OnlineMirrorDescentOptions(),
            Read(OnlineMirrorDescentOptions.Descriptions, OnlineMirrorDescentOptions.FromParameters)
        );
        Assert.Equal(
            new PolicyIterationOptions(),
            Read(PolicyIterationOptions.Descriptions, PolicyIterationOptions.FromParameters)
        );
        Assert.Equal(
            new ProximalPointOptions(),
            Read(ProximalPointOptions.Descriptions, ProximalPointOptions.FromParameters)
        );
        Assert.Equal(
            new PolicyMirrorAscentOptions(),
            Read(PolicyMirrorAscentOptions.Descriptions, PolicyMirrorAscentOptions.FromParameters)
        );
        Assert.Equal(
            new TwoTimescaleQLearningOptions(),
            Read(TwoTimescaleQLearningOptions.Descriptions, TwoTimescaleQLearningOptions.FromParameters)
        );
        Assert.Equal(new SemiSgdOptions(), Read(SemiSgdOptions.Descriptions, SemiSgdOptions.FromParameters));
    }

    [Fact]
    public void Every_option_is_read_from_its_own_parameter()
    {
        Assert.Equal(
            new FixedPointOptions
            {
                PopulationStep = 0.5,
                PopulationStepDecay = 2,
                Start = StartPolicy.Random,
                TransitionSteps = null,
                OuterIterations = 3,
                Tolerance = 0.5,
                TraceEvery = 4,
                StallAfter = 5,
                TimeLimit = 6,
            },
            Read(
                FixedPointOptions.Descriptions,
                FixedPointOptions.FromParameters,
                "population-step=0.5",
                "population-step-decay=2",
                "start=random",
                "transition-steps=stationary",
                "outer-iterations=3",
                "tolerance=0.5",
                "trace-every=4",
                "stall-after=5",
                "time-limit=6"
            )
        );
        Assert.Equal(
            new PolicyIterationOptions
            {
                Variant = PolicyIterationVariant.Smooth,
                Temperature = 0.25,
                PopulationStep = 0.75,
                PopulationStepDecay = 3,
                TransitionSteps = 7,
            },
            Read(
                PolicyIterationOptions.Descriptions,
                PolicyIterationOptions.FromParameters,
                "variant=smooth",
                "temperature=0.25",
                "population-step=0.75",
                "population-step-decay=3",
                "transition-steps=7"
            )
        );
        Assert.Equal(
            new ProximalPointOptions
            {
                ProximalWeight = 0.25,
                LearningRate = 0.5,
                InnerIterations = 8,
            },
            Read(
                ProximalPointOptions.Descriptions,
                ProximalPointOptions.FromParameters,
                "proximal-weight=0.25",
                "learning-rate=0.5",
                "inner-iterations=8"
            )
        );
        Assert.Equal(
            new PolicyMirrorAscentOptions { Temperature = 0.25, LearningRate = 0.5 },
            Read(
                PolicyMirrorAscentOptions.Descriptions,
                PolicyMirrorAscentOptions.FromParameters,
                "temperature=0.25",
                "learning-rate=0.5"
            )
        );
        Assert.Equal(
            new OnlineMirrorDescentOptions { LearningRate = 0.5 },
            Read(
                OnlineMirrorDescentOptions.Descriptions,
                OnlineMirrorDescentOptions.FromParameters,
                "learning-rate=0.5"
            )
        );
    }

    [Fact]
    public void Every_option_of_a_learner_is_read_from_its_own_parameter()
    {
        Assert.Equal(
            new TwoTimescaleQLearningOptions
            {
                ValueExponent = 0.7,
                PopulationExponent = 0.9,
                Exploration = 0.3,
                Temperature = 0.2,
                SampleBudget = 1000,
                IterationSteps = 7,
                Tolerance = 0.5,
            },
            Read(
                TwoTimescaleQLearningOptions.Descriptions,
                TwoTimescaleQLearningOptions.FromParameters,
                "value-exponent=0.7",
                "population-exponent=0.9",
                "exploration=0.3",
                "temperature=0.2",
                "sample-budget=1000",
                "iteration-steps=7",
                "tolerance=0.5"
            )
        );
        Assert.Equal(
            new SemiSgdOptions
            {
                StepSize = 0.25,
                PopulationStep = 0.5,
                Temperature = 0.125,
            },
            Read(
                SemiSgdOptions.Descriptions,
                SemiSgdOptions.FromParameters,
                "step-size=0.25",
                "population-step=0.5",
                "temperature=0.125"
            )
        );
    }

    [Theory]
    [InlineData("greedy", PolicyIterationVariant.Greedy)]
    [InlineData("smooth", PolicyIterationVariant.Smooth)]
    [InlineData("boltzmann", PolicyIterationVariant.Boltzmann)]
    public void Variants_have_names(string name, PolicyIterationVariant variant) =>
        Assert.Equal(
            variant,
            Read(PolicyIterationOptions.Descriptions, PolicyIterationOptions.FromParameters, $"variant={name}").Variant
        );

    [Fact]
    public void A_proximal_weight_and_a_step_that_do_not_fit_are_refused_together() =>
        Assert.Equal(
            "solver proximal-point: 'proximal-weight' times 'learning-rate' is 1, allowed is less than 1",
            Assert
                .Throws<ParameterException>(() =>
                    Read(
                        ProximalPointOptions.Descriptions,
                        ProximalPointOptions.FromParameters,
                        "proximal-weight=2",
                        "learning-rate=0.5"
                    )
                )
                .Message
        );

    private static TOptions Read<TOptions>(
        IReadOnlyList<ParameterDescription> descriptions,
        Func<ParameterValues, TOptions> read,
        params string[] given
    ) =>
        read(
            ParameterValues.Create(
                "solver",
                descriptions,
                given.Select(text => KeyValuePair.Create(text.Split('=')[0], text.Split('=')[1]))
            )
        );
}
