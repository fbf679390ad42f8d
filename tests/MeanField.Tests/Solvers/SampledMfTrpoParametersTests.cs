using MeanField.Parameters;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Tests.Solvers;

public class SampledMfTrpoParametersTests
{
    [Fact]
    public void The_defaults_of_the_descriptions_are_the_defaults_of_the_record()
    {
        var options = From();
        Assert.Empty(options.RestartWeights);
        Assert.Equal(new SampledMfTrpoOptions { RestartWeights = options.RestartWeights }, options);
    }

    [Fact]
    public void Every_option_is_read_from_its_own_parameter()
    {
        var actual = From(
            ("temperature", "0.5"),
            ("outer-iterations", "11"),
            ("inner-iterations", "12"),
            ("step-rule", "kl-radius"),
            ("kl-radius", "0.75"),
            ("population-step", "0.125"),
            ("population-step-decay", "2"),
            ("transition-steps", "13"),
            ("warm-start", "false"),
            ("tolerance", "0.001"),
            ("trace-every", "14"),
            ("stall-after", "15"),
            ("time-limit", "16"),
            ("trajectories", "17"),
            ("horizon", "18"),
            ("estimator", "mean"),
            ("control-variate", "true"),
            ("averaging", "false"),
            ("particles", "19"),
            ("restart", "3:0.5,0:2,7:1e-3"),
            ("sample-budget", "3e9"),
            ("faithful", "false")
        );
        var expected = new SampledMfTrpoOptions
        {
            Temperature = 0.5,
            OuterIterations = 11,
            InnerIterations = 12,
            StepRule = StepRule.KlRadius,
            KlRadius = 0.75,
            PopulationStep = 0.125,
            PopulationStepDecay = 2,
            TransitionSteps = 13,
            WarmStart = false,
            Tolerance = 0.001,
            TraceEvery = 14,
            StallAfter = 15,
            TimeLimit = 16,
            Trajectories = 17,
            Horizon = RolloutHorizon.Fixed(18),
            Estimator = ActionValueEstimator.Mean,
            ControlVariate = true,
            Averaging = false,
            Particles = 19,
            Restart = RestartKind.Given,
            RestartWeights = actual.RestartWeights,
            SampleBudget = 3_000_000_000,
        };
        Assert.Equal(expected, actual);
        Assert.Equal([(0, 2.0), (3, 0.5), (7, 0.001)], actual.RestartWeights.Select(pair => (pair.Key, pair.Value)));

        // Estimates of quality are for simulators only, which have no name on the command line.
        Assert.Equal(
            SampledMfTrpoParameters.Descriptions.Count,
            typeof(SampledMfTrpoOptions).GetProperties().Count(p => p.CanWrite)
                - new[]
                {
                    nameof(SampledMfTrpoOptions.EvaluationTrajectories),
                    nameof(SampledMfTrpoOptions.RestartWeights),
                }.Length
        );
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void What_the_estimator_decides_has_three_values(string text, bool? expected)
    {
        Assert.Equal(expected, From(("warm-start", text)).WarmStart);
        Assert.Equal(expected, From(("estimator", "mean"), ("control-variate", text)).ControlVariate);
        Assert.Equal(expected, From(("estimator", "mean"), ("averaging", text)).Averaging);
    }

    [Fact]
    public void A_constant_or_a_radius_means_its_rule()
    {
        Assert.Equal(
            (StepRule.KlRadius, 0.1),
            (From(("kl-radius", "0.1")).StepRule, From(("kl-radius", "0.1")).KlRadius)
        );
        Assert.Equal(StepRule.Constant, From(("step-constant", "0.5")).StepRule);
        Assert.Equal(0.5, From(("step-rule", "paper"), ("temperature", "0"), ("step-constant", "0.5")).StepConstant);
        Assert.Equal(
            "solver mf-trpo-sampled: 'kl-radius' is '0.1', allowed is auto with step-rule paper",
            Assert.Throws<ParameterException>(() => From(("step-rule", "paper"), ("kl-radius", "0.1"))).Message
        );
    }

    [Fact]
    public void Words_stand_beside_numbers()
    {
        Assert.Null(From(("horizon", "auto")).Horizon);
        Assert.Equal(RolloutHorizon.Theory, From(("horizon", "theory")).Horizon);
        Assert.Equal(RolloutHorizon.Geometric, From(("horizon", "geometric")).Horizon);
        Assert.Equal(RolloutHorizon.Fixed(0), From(("horizon", "0")).Horizon);
        Assert.Null(From(("estimator", "auto")).Estimator);
        Assert.Equal(ActionValueEstimator.Model, From(("estimator", "model")).Estimator);
        Assert.Equal(ActionValueEstimator.Importance, From(("estimator", "importance")).Estimator);
        Assert.Equal(RestartKind.Uniform, From(("restart", "uniform")).Restart);
        Assert.Equal(RestartKind.MeanField, From(("restart", "mean-field")).Restart);
        Assert.Equal(RestartKind.Simulator, From(("restart", "simulator")).Restart);
        Assert.Equal(0, From(("particles", "0")).Particles);
        Assert.True(From(("faithful", "true")).Faithful);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("uniformly", "uniformly")]
    [InlineData("1", "1")]
    [InlineData("1:2:3", "1:2:3")]
    [InlineData("1:2,", "")]
    [InlineData("0:1,-1:1", "-1:1")]
    [InlineData("a:1", "a:1")]
    [InlineData("1.5:1", "1.5:1")]
    [InlineData("1:-1", "1:-1")]
    [InlineData("1:NaN", "1:NaN")]
    [InlineData("1:1e999", "1:1e999")]
    [InlineData("1:1,2:1,1:3", "1:3")]
    public void Restart_weights_that_are_none_are_refused(string text, string part) =>
        Assert.Equal(
            $"solver mf-trpo-sampled: 'restart' has '{part}', allowed is uniform, mean-field, simulator, or STATE:WEIGHT,... with each state once",
            Assert.Throws<ParameterException>(() => From(("restart", text))).Message
        );

    [Theory]
    [InlineData("restart", "2:0", "weights of at least 0, with a positive finite sum, for states from 0")]
    [InlineData("control-variate", "true", "false with the model, which has no roll-out noise to take out")]
    [InlineData("averaging", "true", "false with the model, which has no roll-out noise to take out")]
    [InlineData("control-variate", "true", "false with faithful", "faithful", "true")]
    [InlineData("averaging", "true", "false with faithful", "faithful", "true")]
    [InlineData(
        "estimator",
        "model",
        "importance or mean with faithful, because the paper has no model",
        "faithful",
        "true"
    )]
    [InlineData("particles", "0", "at least 1 unless the estimator is the model", "estimator", "importance")]
    [InlineData("sample-budget", "0.5", "a whole number")]
    public void Contradictions_are_refused_in_the_words_of_the_command_line(
        string name,
        string text,
        string allowed,
        string? other = null,
        string otherText = ""
    )
    {
        var given = other is null ? [(name, text)] : new[] { (name, text), (other, otherText) };
        Assert.Equal(
            $"solver mf-trpo-sampled: '{name}' is '{text}', allowed is {allowed}",
            Assert.Throws<ParameterException>(() => From(given)).Message
        );
    }

    [Theory]
    [InlineData("trajectories", "0")]
    [InlineData("trajectories", "many")]
    [InlineData("horizon", "-1")]
    [InlineData("horizon", "1000000001")]
    [InlineData("horizon", "stationary")]
    [InlineData("estimator", "median")]
    [InlineData("control-variate", "yes")]
    [InlineData("averaging", "1")]
    [InlineData("particles", "-1")]
    [InlineData("sample-budget", "-1")]
    [InlineData("sample-budget", "1e16")]
    [InlineData("faithful", "auto")]
    [InlineData("warm-start", "maybe")]
    [InlineData("transition-steps", "stationary")]
    [InlineData("transition-steps", "0")]
    [InlineData("tolerance", "-1")]
    public void Text_out_of_range_is_refused(string name, string text) =>
        Assert.StartsWith(
            $"solver mf-trpo-sampled: '{name}' is '{text}', allowed is ",
            Assert.Throws<ParameterException>(() => From((name, text))).Message
        );

    private static SampledMfTrpoOptions From(params (string Name, string Text)[] given) =>
        SampledMfTrpoParameters.FromParameters(
            ParameterValues.Create(
                "solver mf-trpo-sampled",
                SampledMfTrpoParameters.Descriptions,
                given.Select(g => KeyValuePair.Create(g.Name, g.Text))
            )
        );
}
