using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class MfTrpoOptionsTests
{
    private static readonly MfTrpoOptions Default = new();

    public static TheoryData<string, MfTrpoOptions> OutOfRange =>
        new()
        {
            { "Temperature", Default with { Temperature = -1e-9 } },
            { "Temperature", Default with { Temperature = double.NaN } },
            { "Temperature", Default with { Temperature = double.PositiveInfinity } },
            { "OuterIterations", Default with { OuterIterations = 0 } },
            { "InnerIterations", Default with { InnerIterations = 0 } },
            { "StepConstant", Default with { StepConstant = 0 } },
            { "StepConstant", Default with { StepConstant = 1.0001 } },
            { "StepConstant", Default with { StepConstant = double.NaN } },
            { "KlRadius", Default with { KlRadius = 0 } },
            { "KlRadius", Default with { KlRadius = double.NaN } },
            { "KlRadius", Default with { KlRadius = double.PositiveInfinity } },
            { "PopulationStep", Default with { PopulationStep = 0 } },
            { "PopulationStep", Default with { PopulationStep = 1.5 } },
            { "PopulationStep", Default with { PopulationStep = double.NaN } },
            { "PopulationStepDecay", Default with { PopulationStepDecay = -0.5 } },
            { "PopulationStepDecay", Default with { PopulationStepDecay = double.PositiveInfinity } },
            { "TransitionSteps", Default with { TransitionSteps = 0 } },
            { "Tolerance", Default with { Tolerance = -1 } },
            { "Tolerance", Default with { Tolerance = double.NaN } },
            { "EvaluationTolerance", Default with { EvaluationTolerance = 0 } },
            { "EvaluationTolerance", Default with { EvaluationTolerance = double.NaN } },
            { "TraceEvery", Default with { TraceEvery = -1 } },
            { "StallAfter", Default with { StallAfter = -1 } },
            { "TimeLimit", Default with { TimeLimit = -1 } },
            { "TimeLimit", Default with { TimeLimit = double.NaN } },
        };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void An_option_out_of_range_is_refused_by_name(string name, MfTrpoOptions options)
    {
        var game = TabularGame.Create(ListedGame.OfChain([(0, 1)]));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            MfTrpo.Solve(game, options, new SolveContext { Clock = new FakeClock() })
        );
        Assert.Equal(name, exception.ParamName);
    }

    [Fact]
    public void The_defaults_of_the_descriptions_are_the_defaults_of_the_record() => Assert.Equal(Default, From());

    [Fact]
    public void Every_option_is_read_from_its_own_parameter()
    {
        var expected = new MfTrpoOptions
        {
            Temperature = 0.5,
            OuterIterations = 11,
            InnerIterations = 12,
            StepRule = StepRule.KlRadius,
            StepConstant = 0.25,
            KlRadius = 0.75,
            PopulationStep = 0.125,
            PopulationStepDecay = 2,
            TransitionSteps = 13,
            WarmStart = false,
            Tolerance = 0.001,
            EvaluationTolerance = 1e-5,
            TraceEvery = 14,
            StallAfter = 15,
            TimeLimit = 16,
        };
        var actual = From(
            ("temperature", "0.5"),
            ("outer-iterations", "11"),
            ("inner-iterations", "12"),
            ("step-rule", "kl-radius"),
            ("step-constant", "0.25"),
            ("kl-radius", "0.75"),
            ("population-step", "0.125"),
            ("population-step-decay", "2"),
            ("transition-steps", "13"),
            ("warm-start", "false"),
            ("tolerance", "0.001"),
            ("evaluation-tolerance", "1e-5"),
            ("trace-every", "14"),
            ("stall-after", "15"),
            ("time-limit", "16")
        );
        Assert.Equal(expected, actual);
        Assert.Equal(MfTrpoOptions.Descriptions.Count, typeof(MfTrpoOptions).GetProperties().Count(p => p.CanWrite));
    }

    [Theory]
    [InlineData("paper", StepRule.Paper)]
    [InlineData("constant", StepRule.Constant)]
    [InlineData("kl-radius", StepRule.KlRadius)]
    public void Step_rules_have_names(string name, StepRule rule) =>
        Assert.Equal(rule, From(("step-rule", name)).StepRule);

    [Fact]
    public void Transition_steps_are_a_number_or_stationary()
    {
        Assert.Null(From(("transition-steps", "stationary")).TransitionSteps);
        Assert.Equal(250, From(("transition-steps", "250")).TransitionSteps);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2.5")]
    [InlineData("Stationary")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void Other_transition_steps_are_refused(string text) =>
        Assert.Equal(
            $"solver mf-trpo: 'transition-steps' is '{text}', allowed is a whole number of at least 1 or stationary",
            Assert.Throws<ParameterException>(() => From(("transition-steps", text))).Message
        );

    // The two ways to give an option, as a record and as text, refuse the same.
    [Theory]
    [InlineData("temperature", "-1")]
    [InlineData("outer-iterations", "0")]
    [InlineData("inner-iterations", "0")]
    [InlineData("step-rule", "best")]
    [InlineData("step-constant", "0")]
    [InlineData("step-constant", "1.1")]
    [InlineData("kl-radius", "0")]
    [InlineData("population-step", "0")]
    [InlineData("population-step", "2")]
    [InlineData("population-step-decay", "-1")]
    [InlineData("warm-start", "1")]
    [InlineData("tolerance", "-1")]
    [InlineData("evaluation-tolerance", "0")]
    [InlineData("trace-every", "-1")]
    [InlineData("stall-after", "-1")]
    [InlineData("time-limit", "-1")]
    public void Text_out_of_range_is_refused(string name, string text) =>
        Assert.StartsWith(
            $"solver mf-trpo: '{name}' is '{text}', allowed is ",
            Assert.Throws<ParameterException>(() => From((name, text))).Message
        );

    private static MfTrpoOptions From(params (string Name, string Text)[] given) =>
        MfTrpoOptions.FromParameters(
            ParameterValues.Create(
                "solver mf-trpo",
                MfTrpoOptions.Descriptions,
                given.Select(g => KeyValuePair.Create(g.Name, g.Text))
            )
        );
}
