using System.Globalization;
using System.Text.RegularExpressions;
using MeanField.Experiments.Reports;
using MeanField.Numerics;

namespace MeanField.Experiments.Tests.Reports;

public class DisplayNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "0.25")]
    [InlineData(0.00012344, "0.0001234")]
    [InlineData(2.5e-9, "2.5 × 10⁻⁹")]
    [InlineData(1e-8, "10⁻⁸")]
    [InlineData(99996, "100000")]
    [InlineData(999960, "10⁶")]
    [InlineData(12345678, "1.235 × 10⁷")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NaN, "not a number")]
    [InlineData(5e-324, "4.941 × 10⁻³²⁴")]
    public void Numbers_are_rounded_to_four_digits_and_written_for_people(double value, string expected) =>
        Assert.Equal(expected, DisplayNumber.Nearest(value).Replace('\u00A0', ' '));

    [Theory]
    [InlineData(9999, "9999")]
    [InlineData(46880, "46 880")]
    [InlineData(-1234567, "-1 234 567")]
    public void Large_counts_are_grouped_in_threes(long number, string expected) =>
        Assert.Equal(expected, DisplayNumber.Count(number).Replace('\u202F', ' '));

    [Theory]
    [InlineData(0.0421, "42.1 ms")]
    [InlineData(1.5, "1.5 s")]
    [InlineData(0.27183, "0.272 s")]
    [InlineData(73815.6, "73 816 s")]
    [InlineData(0, "0 ms")]
    public void Durations_have_a_unit(double seconds, string expected) =>
        Assert.Equal(expected, DisplayNumber.Seconds(seconds).Replace('\u202F', ' '));

    [Fact]
    public void A_printed_interval_contains_the_interval()
    {
        var random = new Random(1);
        for (var i = 0; i < 5000; i++)
        {
            var middle = (random.NextDouble() - 0.2) * Math.Pow(10, random.Next(-14, 8));
            var width = Math.Abs(middle) * Math.Pow(10, random.Next(-15, 2));
            var interval = new Interval(middle - width, middle + width);
            var ends = Parse(DisplayNumber.Enclosure(interval));
            Assert.True(ends[0] <= interval.Lower && interval.Upper <= ends[1], $"{interval} in {ends[0]}, {ends[1]}");
            Assert.True(
                ends[1] - ends[0] <= (2 * interval.Width) + (1e-3 * (Math.Abs(middle) + width)),
                $"{interval} is padded"
            );
        }
    }

    [Theory]
    [InlineData(9.9999, "10")]
    [InlineData(1.0000001, "1.001")]
    [InlineData(2e-300, "2 × 10⁻³⁰⁰")]
    public void A_bound_is_never_rounded_down(double value, string expected) =>
        Assert.Equal(expected, DisplayNumber.NotLess(value).Replace('\u00A0', ' '));

    private static double[] Parse(string interval) =>
        Regex
            .Matches(interval.Replace('−', '-'), @"(?<digits>-?[\d.]+)(\u00A0×\u00A010(?<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")
            .Select(match =>
            {
                var power = string.Concat(
                    match
                        .Groups["power"]
                        .Value.Select(c =>
                            c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal))
                        )
                );
                return double.Parse(
                    $"{match.Groups["digits"].Value}E{(power.Length == 0 ? "0" : power)}",
                    CultureInfo.InvariantCulture
                );
            })
            .ToArray();
}
