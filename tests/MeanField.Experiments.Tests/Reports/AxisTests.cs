using MeanField.Experiments.Reports;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>Positions against their closed forms.</summary>
public class AxisTests
{
    [Fact]
    public void A_logarithmic_axis_has_one_mark_a_decade_at_equal_distances()
    {
        var axis = LogAxis.Covering([3e-5, 20]);
        Assert.Equal((-5, 2), (axis.LowDecade, axis.HighDecade));
        Assert.Equal("10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1 10 10²", Labels(axis.Ticks()));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(i / 7.0, axis.Ticks()[i].Position, 12);
        }

        Assert.Equal((Math.Log(3e-5) - Math.Log(1e-5)) / (Math.Log(100) - Math.Log(1e-5)), axis.Position(3e-5), 12);
    }

    [Fact]
    public void One_decade_has_marks_at_1_2_5_and_10()
    {
        var ticks = LogAxis.Covering([2.0, 7.0]).Ticks();
        Assert.Equal("1 2 5 10", Labels(ticks.OrderBy(tick => tick.Position)));
        Assert.Equal(Math.Log(2) / Math.Log(10), ticks.Single(tick => tick.Label == "2").Position, 12);
    }

    [Fact]
    public void Many_decades_have_fewer_labels_than_marks()
    {
        var ticks = LogAxis.Covering([1e-16, 10]).Ticks();
        Assert.Equal(18, ticks.Count);
        Assert.InRange(ticks.Count(tick => tick.Label.Length > 0), 5, 9);
    }

    [Fact]
    public void Zero_and_what_is_below_1e_minus_16_lie_at_the_lower_end()
    {
        var axis = LogAxis.Covering([0, 1e-300, double.NaN, double.PositiveInfinity, 1]);
        Assert.Equal((-16, 0), (axis.LowDecade, axis.HighDecade));
        Assert.Equal(0, axis.Position(0));
        Assert.Equal(0, axis.Position(1e-300));
        Assert.Equal(1, axis.Position(double.MaxValue));
    }

    [Fact]
    public void Zero_alone_does_not_stretch_the_axis() => Assert.Equal(-3, LogAxis.Covering([0, 1e-3, 1]).LowDecade);

    [Fact]
    public void A_power_of_ten_opens_no_further_decade()
    {
        for (var power = -16; power < 16; power++)
        {
            var axis = LogAxis.Covering([Math.Pow(10, power), Math.Pow(10, power + 2)]);
            Assert.Equal((power, power + 2), (axis.LowDecade, axis.HighDecade));
        }
    }

    [Fact]
    public void A_geometric_course_has_a_linear_axis_of_iterations()
    {
        var axis = IterationAxis.For(Trace(400, k => Math.Pow(0.95, k)));
        Assert.False(axis.IsLogarithmic);
        Assert.Equal(100 / 399.0, axis.Position(100), 12);
        Assert.Equal("0 100 200 300", Labels(axis.Ticks()));
    }

    [Fact]
    public void A_course_like_one_over_k_has_a_logarithmic_axis_of_iterations()
    {
        var axis = IterationAxis.For(Trace(10_000, k => 1.0 / (k + 1)));
        Assert.True(axis.IsLogarithmic);
        Assert.Equal(Math.Log(101) / Math.Log(10_000), axis.Position(100), 12);
        Assert.Equal("0 10 100 1000", Labels(axis.Ticks()));
    }

    [Fact]
    public void A_course_that_no_axis_makes_straighter_has_a_linear_one() =>
        Assert.False(IterationAxis.For(Trace(400, _ => 0.5)).IsLogarithmic);

    [Fact]
    public void A_single_iteration_stands_in_the_middle()
    {
        var axis = IterationAxis.For([ReportSample.Row(17, 1)]);
        Assert.Equal(0.5, axis.Position(17));
        Assert.Equal([new AxisTick(0.5, "17")], axis.Ticks());
    }

    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(1, 1)]
    [InlineData(1.1, 2)]
    [InlineData(23, 50)]
    [InlineData(0.0051, 0.01)]
    public void Steps_are_one_two_or_five_times_a_power_of_ten(double value, double expected) =>
        Assert.Equal(expected, RoundStep.AtLeast(value), 12);

    private static string Labels(IEnumerable<AxisTick> ticks) => string.Join(' ', ticks.Select(tick => tick.Label));

    private static TraceRow[] Trace(int rows, Func<int, double> exploitability) =>
        [.. Enumerable.Range(0, rows).Select(k => ReportSample.Row(k, exploitability(k)))];
}
