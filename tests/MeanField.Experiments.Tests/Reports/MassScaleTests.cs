using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

public class MassScaleTests
{
    [Fact]
    public void Masses_that_are_alike_have_a_linear_scale()
    {
        var scale = MassScale.For([0.2, 0.3, 0.5]);
        Assert.Equal("linear", scale.Name);
        Assert.Equal(0.5, scale.Position(0.25), 12);
        Assert.Equal("0.5 0.4 0.3 0.2 0.1 0", string.Join(' ', scale.Ticks().Select(tick => tick.Label)));
        Assert.Equal(0.4, scale.Ticks().Single(tick => tick.Label == "0.2").Position, 12);
    }

    [Fact]
    public void Skewed_masses_have_a_square_root_scale()
    {
        var scale = MassScale.For([0.81, .. Enumerable.Repeat(0.01, 19)]);
        Assert.Equal("square-root", scale.Name);
        Assert.Equal(1.0 / 9, scale.Position(0.01), 12);
        Assert.All(scale.Ticks(), tick => Assert.Equal(Math.Sqrt(Number(tick.Label) / 0.81), tick.Position, 12));
        Assert.Equal("0", scale.Ticks()[^1].Label);
    }

    [Fact]
    public void Masses_of_many_sizes_have_a_logarithmic_scale()
    {
        double[] masses = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-4, 1e-5, 1e-5];
        var scale = MassScale.For(masses);
        Assert.Equal("logarithmic", scale.Name);
        Assert.Equal(1e-5, scale.Minimum, 12);
        for (var decade = 0; decade <= 5; decade++)
        {
            Assert.Equal(1 - (decade / 5.0), scale.Position(Math.Pow(10, -decade)), 9);
        }

        Assert.Equal(0, scale.Position(1e-30));
        Assert.Equal(0, scale.Position(0));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void One_place_that_holds_everything_is_at_the_top(double mass)
    {
        var scale = MassScale.For([mass]);
        Assert.Equal(1, scale.Position(mass));
        Assert.NotEmpty(scale.Ticks());
    }

    [Fact]
    public void Marks_stay_apart_whatever_the_masses_are()
    {
        var random = new Random(9);
        for (var i = 0; i < 300; i++)
        {
            var masses = Enumerable
                .Range(0, 40)
                .Select(_ => Math.Pow(random.NextDouble(), random.Next(1, 40)))
                .ToArray();
            var positions = MassScale.For(masses).Ticks().Select(tick => tick.Position).ToArray();
            Assert.NotEmpty(positions);
            Assert.All(positions.Zip(positions.Skip(1)), pair => Assert.True(pair.First - pair.Second > 0.12));
        }
    }

    private static double Number(string label) =>
        double.Parse(label, System.Globalization.CultureInfo.InvariantCulture);
}
