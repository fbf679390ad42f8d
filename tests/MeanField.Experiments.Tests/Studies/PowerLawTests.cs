using MeanField.Experiments.Studies;

namespace MeanField.Experiments.Tests.Studies;

public class PowerLawTests
{
    [Theory]
    [InlineData(-2)]
    [InlineData(0.5)]
    [InlineData(0)]
    public void Points_on_a_power_law_give_its_exponent(double exponent) =>
        Assert.Equal(
            exponent,
            PowerLaw.Exponent(Enumerable.Range(1, 9).Select(x => ((double)x, 3 * Math.Pow(x, exponent)))),
            1e-12
        );

    // log y = 0, 0, 3 log 2 at log x = 0, log 2, 2 log 2: slope 3/2 by the normal equations.
    [Fact]
    public void Other_points_give_the_least_squares_of_their_logarithms() =>
        Assert.Equal(1.5, PowerLaw.Exponent([(1, 1), (2, 1), (4, 8)]), 1e-12);

    [Fact]
    public void Points_without_a_logarithm_do_not_count() =>
        Assert.Equal(
            -1,
            PowerLaw.Exponent([(1, 1), (2, 0.5), (3, 0), (0, 5), (4, double.PositiveInfinity), (5, double.NaN)]),
            1e-12
        );

    [Fact]
    public void One_point_has_no_exponent() => Assert.Equal(double.NaN, PowerLaw.Exponent([(2, 1), (2, 3)]));
}
