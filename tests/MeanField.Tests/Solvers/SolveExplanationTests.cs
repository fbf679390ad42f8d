using System.Globalization;
using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class SolveExplanationTests
{
    private static readonly SolveContext Context = new() { Clock = TimeProvider.System };

    [Fact]
    public void A_proved_upper_end_is_never_rounded_down()
    {
        var solution = MfTrpo.Solve(Grids.Tabulated(Grids.Empty), new MfTrpoOptions(), Context);
        var printed = solution.Explanation.Split(' ')[3];
        var upper = solution.Best.Certificate.RegularizedExploitability.Upper;
        Assert.InRange(double.Parse(printed, CultureInfo.InvariantCulture), upper, upper * 1.01);
    }

    [Fact]
    public void A_population_that_circles_is_told_a_smaller_step_that_helps()
    {
        var options = new MfTrpoOptions { Temperature = 0.02 };
        var game = Grids.Tabulated(Grids.Empty);
        var stalled = MfTrpo.Solve(game, options, Context);
        Assert.Equal(SolveStatus.Stalled, stalled.Status);
        Assert.Contains("population-step=0.02", stalled.Explanation, StringComparison.Ordinal);
        Assert.True(MfTrpo.Solve(game, options with { PopulationStep = 0.02 }, Context).Status.IsSuccess());
    }

    [Fact]
    public void A_tolerance_below_rounding_is_called_that()
    {
        var options = new MfTrpoOptions { Tolerance = 1e-18 };
        var stalled = MfTrpo.Solve(Grids.Tabulated(Grids.Empty), options, Context);
        Assert.Contains("Rounding allows no certificate", stalled.Explanation, StringComparison.Ordinal);
    }
}
