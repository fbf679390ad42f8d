using MeanField.Solvers;

namespace MeanField.Tests.Solvers;

public class MonteCarloEstimateTests
{
    [Theory]
    [InlineData(new[] { 1.0, 3.0 }, 2, 1)]
    [InlineData(new[] { 5.0, 5.0, 5.0 }, 5, 0)]
    [InlineData(new[] { 0.0, 0.0, 0.0, 4.0 }, 1, 1)]
    [InlineData(new[] { -1.0, 1.0, -1.0, 1.0, 0.0 }, 0, 0.44721359549995793)] // s² = 1, √(1/5)
    public void Mean_and_standard_error_are_those_of_the_textbook(double[] gains, double mean, double error)
    {
        var estimate = MonteCarloEstimate.Of(gains);
        Assert.Equal(mean, estimate.Mean);
        Assert.Equal(error, estimate.StandardError, 1e-15);
        Assert.Equal(gains.Length, estimate.Trajectories);
    }

    // Φ(1.959963984540054) = 0.975.
    [Fact]
    public void The_interval_reaches_as_far_as_a_normal_law_says()
    {
        var estimate = MonteCarloEstimate.Of([0, 0, 0, 4]);
        Assert.Equal(1 - 1.959963984540054, estimate.Confidence95.Lower, 1e-15);
        Assert.Equal(1 + 1.959963984540054, estimate.Confidence95.Upper, 1e-15);
    }

    // Differences of large numbers: what a two-pass sum keeps and a sum of squares does not.
    [Fact]
    public void Small_differences_of_large_gains_count()
    {
        var estimate = MonteCarloEstimate.Of([1e9 + 1, 1e9 + 3, 1e9 + 1, 1e9 + 3]);
        Assert.Equal(1e9 + 2, estimate.Mean);
        Assert.Equal(Math.Sqrt(4.0 / 3 / 4), estimate.StandardError, 1e-12);
    }

    // 4000 intervals of 200 gains each. Normal gains: the interval contains the mean with probability P(|t_199| < 1.96) = 0.9486, skewed (exponential)
    // ones: about 0.945. The number of hits has a standard deviation of 14; within 5 of them but once in a million.
    [Theory]
    [InlineData(false, 0.9486)]
    [InlineData(true, 0.945)]
    public void The_interval_contains_the_mean_as_often_as_it_says(bool isSkewed, double coverage)
    {
        var random = new Random(20);
        var gains = new double[200];
        var hits = 0;
        for (var trial = 0; trial < 4000; trial++)
        {
            for (var i = 0; i < gains.Length; i++)
            {
                var exponential = -Math.Log(1 - random.NextDouble());
                gains[i] = isSkewed
                    ? exponential
                    : Math.Sqrt(2 * exponential) * Math.Cos(2 * Math.PI * random.NextDouble());
            }

            hits += MonteCarloEstimate.Of(gains).Confidence95.Contains(isSkewed ? 1 : 0) ? 1 : 0;
        }

        Assert.InRange(hits, (4000 * coverage) - 70, (4000 * coverage) + 70);
    }
}
