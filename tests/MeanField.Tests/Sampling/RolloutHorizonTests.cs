using MeanField.Parameters;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Tests.Sampling;

public class RolloutHorizonTests
{
    [Fact]
    public void A_horizon_is_a_number_of_steps_or_a_way_to_one()
    {
        Assert.Equal((12, false), (RolloutHorizon.Fixed(12).Steps, RolloutHorizon.Fixed(12).IsTheory));
        Assert.Equal((null, true), (RolloutHorizon.Theory.Steps, RolloutHorizon.Theory.IsTheory));
        Assert.Equal((null, false), (RolloutHorizon.Geometric.Steps, RolloutHorizon.Geometric.IsTheory));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_001)]
    [InlineData(int.MaxValue)]
    public void A_horizon_that_no_trajectory_can_have_is_refused(int steps)
    {
        var options = new SampledMfTrpoOptions { Horizon = RolloutHorizon.Fixed(steps) };
        Assert.StartsWith(
            $"Horizon is {steps}; allowed: 0 to 1e9 steps",
            Assert.Throws<ArgumentOutOfRangeException>(options.Check).Message
        );
        var message = Assert
            .Throws<ParameterException>(() =>
                ParameterValues.Create("solver", SampledMfTrpoParameters.Descriptions, [new("horizon", $"{steps}")])
            )
            .Message;
        Assert.Contains("'horizon'", message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000_000)]
    public void Every_other_horizon_is_accepted(int steps) =>
        new SampledMfTrpoOptions { Horizon = RolloutHorizon.Fixed(steps) }.Check();
}
