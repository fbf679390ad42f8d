using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>Which method <c>mf-trpo</c> takes, by what it is told.</summary>
public class MfTrpoParametersTests
{
    private static readonly SolveContext Context = new() { Clock = TimeProvider.System };

    [Fact]
    public void Untold_it_adapts_and_solves_the_game_itself()
    {
        var solution = Solve();
        var adaptive = AdaptiveMfTrpo.Solve(Grids.Tabulated(Grids.Walls), new AdaptiveMfTrpoOptions(), Context);
        Assert.Equal(adaptive.Best.Policy.Probabilities, solution.Best.Policy.Probabilities);
        Assert.Equal(0, MfTrpoParameters.Temperature(Values()));
    }

    [Fact]
    public void An_option_of_fixed_steps_means_fixed_steps()
    {
        var solution = Solve(("population-step", "0.2"), ("outer-iterations", "3"));
        var options = new MfTrpoOptions { PopulationStep = 0.2, OuterIterations = 3 };
        var expected = MfTrpo.Solve(Grids.Tabulated(Grids.Walls), options, Context);
        Assert.Equal(expected.Last.Policy.Probabilities, solution.Last.Policy.Probabilities);
        Assert.Equal(0.05, MfTrpoParameters.Temperature(Values(("population-step", "0.2"))));
    }

    [Fact]
    public void Faithful_is_the_published_method()
    {
        var solution = Solve(("faithful", "true"), ("outer-iterations", "3"), ("temperature", "0.1"));
        var options = new MfTrpoOptions
        {
            WarmStart = false,
            OuterIterations = 3,
            Temperature = 0.1,
        };
        var expected = MfTrpo.Solve(Grids.Tabulated(Grids.Walls), options, Context);
        Assert.Equal(expected.Last.Policy.Probabilities, solution.Last.Policy.Probabilities);
    }

    [Fact]
    public void Options_of_the_adaptive_method_reach_it()
    {
        var solution = Solve(("temperature", "0.2"), ("memory", "3"), ("inner-iterations", "7"), ("tolerance", "1e-9"));
        var options = new AdaptiveMfTrpoOptions
        {
            Temperature = 0.2,
            Memory = 3,
            InnerIterations = 7,
            Tolerance = 1e-9,
        };
        var expected = AdaptiveMfTrpo.Solve(Grids.Tabulated(Grids.Walls), options, Context);
        Assert.Equal(expected.Iterations, solution.Iterations);
        Assert.Equal(expected.Best.Policy.Probabilities, solution.Best.Policy.Probabilities);
    }

    [Theory]
    [InlineData("step-rule=adaptive population-step=0.2", "'population-step' is '0.2', allowed is auto with step-rule")]
    [InlineData("step-rule=paper memory=3", "'memory' is '3', allowed is auto unless")]
    [InlineData(
        "faithful=true step-rule=constant",
        "'step-rule' is 'constant', allowed is auto or paper with faithful"
    )]
    [InlineData("step-rule=paper kl-radius=0.1", "'kl-radius' is '0.1', allowed is auto with step-rule paper")]
    [InlineData("step-rule=constant kl-radius=0.1", "'kl-radius' is '0.1', allowed is auto with step-rule constant")]
    [InlineData(
        "kl-radius=0.1 step-constant=0.5",
        "'step-constant' is '0.5', allowed is auto with step-rule kl-radius"
    )]
    [InlineData("step-rule=paper step-constant=0.5", "'step-constant' is '0.5', allowed is auto with step-rule paper")]
    [InlineData("faithful=true kl-radius=0.1", "'kl-radius' is '0.1', allowed is auto with step-rule paper")]
    [InlineData("faithful=true step-rule=adaptive", "'step-rule' is 'adaptive'")]
    [InlineData("faithful=true warm-start=true", "'warm-start' is 'true', allowed is auto or false with faithful")]
    public void Options_that_contradict_each_other_are_refused(string options, string message)
    {
        var given = options.Split(' ').Select(option => (option.Split('=')[0], option.Split('=')[1])).ToArray();
        Assert.Contains(message, Assert.Throws<ParameterException>(() => Solve(given)).Message);
    }

    [Theory]
    [InlineData("temperature", "cold", "a finite number of at least 0 and at most 1000000000 or auto")]
    [InlineData("memory", "101", "a whole number of at least 0 and at most 100 or auto")]
    public void Words_are_allowed_beside_numbers_only_where_listed(string name, string text, string allowed) =>
        Assert.Contains(allowed, Assert.Throws<ParameterException>(() => Values((name, text))).Message);

    private static Solution Solve(params (string Name, string Text)[] given) =>
        MfTrpoParameters.Solve(Grids.Tabulated(Grids.Walls), Values(given), Context);

    private static ParameterValues Values(params (string Name, string Text)[] given) =>
        ParameterValues.Create(
            "solver mf-trpo",
            MfTrpoParameters.Descriptions,
            given.Select(g => KeyValuePair.Create(g.Name, g.Text))
        );
}
