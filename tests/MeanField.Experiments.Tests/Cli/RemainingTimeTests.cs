using MeanField.Cli;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Cli;

public class RemainingTimeTests
{
    // Exploitability 10^-k after k iterations of half a second: tolerance 10^-12 is reached after 6 seconds.
    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    public void A_geometric_fall_is_extrapolated_exactly(int iterations)
    {
        var remaining = Geometric(iterations, limit: 1_000_000);

        Assert.Equal(6 - (iterations / 2.0), remaining.SecondsLeft!.Value, 1e-9);
        Assert.Equal(2, remaining.Rate, 1e-12);
        Assert.Equal((iterations - 1) / 11.0, remaining.Fraction, 1e-12);
    }

    // Scored at every tenth iteration only: the steps in between carry no news.
    [Theory]
    [InlineData(30)]
    [InlineData(34)]
    [InlineData(39)]
    public void Scores_that_come_seldom_give_the_same_guess(int iterations)
    {
        var remaining = new RemainingTime();
        for (var k = 1; k <= iterations; k++)
        {
            var score = k < 10 ? double.PositiveInfinity : Math.Pow(10, -(k / 10));
            remaining.Add(k * 0.5, new SolveProgress(k, 1_000_000, 0.1, score, 1e-12));
        }

        Assert.Equal(60 - (iterations * 0.5), remaining.SecondsLeft!.Value, 1e-9);
    }

    [Fact]
    public void A_fall_that_has_long_ended_is_not_extrapolated()
    {
        var remaining = Geometric(10, limit: 100);
        for (var k = 11; k <= 50; k++)
        {
            remaining.Add(k * 0.5, new SolveProgress(k, 100, 0.1, 1e-10, 1e-12));
        }

        Assert.Equal(25, remaining.SecondsLeft!.Value, 1e-9);
    }

    [Fact]
    public void An_iteration_limit_that_comes_first_counts()
    {
        var remaining = Geometric(8, limit: 9);

        Assert.Equal(0.5, remaining.SecondsLeft!.Value, 1e-12);
        Assert.Equal(8 / 9.0, remaining.Fraction, 1e-12);
    }

    [Fact]
    public void Without_progress_or_tolerance_only_the_iteration_limit_counts()
    {
        var stalled = new RemainingTime();
        var withoutTolerance = new RemainingTime();
        for (var k = 1; k <= 50; k++)
        {
            stalled.Add(k, new SolveProgress(k, 100, 0.1, 0.5, 1e-6));
            withoutTolerance.Add(k, new SolveProgress(k, 100, 0.1, Math.Exp(-k), 0));
        }

        Assert.Equal(50, stalled.SecondsLeft!.Value, 1e-9);
        Assert.Equal(50, withoutTolerance.SecondsLeft!.Value, 1e-9);
        Assert.Equal(0.5, withoutTolerance.Fraction, 1e-12);
    }

    [Fact]
    public void Nothing_is_guessed_from_nothing()
    {
        var remaining = new RemainingTime();
        Assert.Equal((0, 0, null), (remaining.Rate, remaining.Fraction, remaining.SecondsLeft));

        remaining.Add(1, new SolveProgress(1, 100, 0.1, double.PositiveInfinity, 1e-6));
        Assert.Null(remaining.SecondsLeft);
    }

    [Fact]
    public void A_million_reports_are_remembered_as_well_as_ten()
    {
        var remaining = new RemainingTime();
        for (var k = 1; k <= 1_000_000; k++)
        {
            remaining.Add(k * 1e-4, new SolveProgress(k, 2_000_000_000, 0.1, Math.Exp(-1e-5 * k), Math.Exp(-20)));
        }

        Assert.InRange(remaining.SecondsLeft!.Value, 99.5, 100.5);
        Assert.Equal(10_000, remaining.Rate, 1e-3);
    }

    private static RemainingTime Geometric(int iterations, int limit)
    {
        var remaining = new RemainingTime();
        for (var k = 1; k <= iterations; k++)
        {
            remaining.Add(k * 0.5, new SolveProgress(k, limit, 0.1, Math.Pow(10, -k), 1e-12));
        }

        return remaining;
    }
}
