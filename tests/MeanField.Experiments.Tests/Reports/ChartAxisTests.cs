using System.Globalization;
using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

public class ChartAxisTests
{
    public static TheoryData<double, double> Ranges =>
        new()
        {
            { 0, 1 },
            { -3, 17 },
            { 0.005, 1 },
            { 1e-7, 3e-7 },
            { -1e9, 1e9 },
            { 2, 2.5 },
        };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_linear_axis_runs_from_the_least_to_the_largest_value_with_true_labels(double low, double high)
    {
        var axis = ChartAxis.Linear([high, low, double.NaN, double.PositiveInfinity]);
        Assert.Equal((0.0, 1.0), (axis.Position(low), axis.Position(high)));
        Assert.Equal(0.5, axis.Position((low + high) / 2), 12);
        Assert.InRange(axis.Ticks.Count, 2, 8);
        foreach (var tick in axis.Ticks.Where(tick => !tick.Label.Contains('×', StringComparison.Ordinal)))
        {
            var label = tick
                .Label.Replace('−', '-')
                .Replace("10⁹", "1e9", StringComparison.Ordinal)
                .Replace("10⁻⁷", "1e-7", StringComparison.Ordinal);
            var value = double.Parse(label, CultureInfo.InvariantCulture);
            Assert.Equal((value - low) / (high - low), tick.Position, 9);
        }
    }

    [Fact]
    public void One_value_alone_is_in_the_middle()
    {
        var axis = ChartAxis.Linear([3, 3]);
        Assert.Equal(0.5, axis.Position(3));
        Assert.Equal([new AxisTick(0.5, "3")], axis.Ticks);
    }

    [Fact]
    public void A_swept_number_is_on_a_logarithmic_axis_from_a_factor_of_ten_on()
    {
        Assert.Equal(0.5, ChartAxis.Swept([0.01, 0.1, 1]).Position(0.1), 12);
        Assert.Equal(0.5, ChartAxis.Swept([1, 9]).Position(5), 12);
        Assert.Equal(0.5, ChartAxis.Swept([0, 100]).Position(50), 12);
        Assert.Equal(0.5, ChartAxis.Swept([-100, 100]).Position(0), 12);
    }

    [Fact]
    public void Iterations_are_spaced_as_logarithms_where_there_are_many()
    {
        var few = ChartAxis.Iterations(40);
        Assert.Equal((0.0, 0.5, 1.0), (few.Position(0), few.Position(20), few.Position(40)));
        var many = ChartAxis.Iterations(9999);
        Assert.Equal((0.0, 0.5, 1.0), (many.Position(0), Math.Round(many.Position(99), 12), many.Position(9999)));
        Assert.Equal(["0", "10", "100", "1000"], many.Ticks.Select(tick => tick.Label));
        Assert.Equal((0.0, 1.0), (ChartAxis.Iterations(0).Position(0), ChartAxis.Iterations(0).Position(1)));
    }
}
