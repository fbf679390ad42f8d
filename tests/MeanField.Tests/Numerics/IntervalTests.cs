using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

public class IntervalTests
{
    [Fact]
    public void An_interval_contains_its_ends_and_nothing_beyond()
    {
        var interval = new Interval(1, 1.5);
        Assert.Equal(0.5, interval.Width);
        Assert.True(interval.Contains(1) && interval.Contains(1.5) && interval.Contains(1.2));
        Assert.False(interval.Contains(Math.BitDecrement(1)) || interval.Contains(Math.BitIncrement(1.5)));
        Assert.False(interval.Contains(double.NaN));
    }
}
