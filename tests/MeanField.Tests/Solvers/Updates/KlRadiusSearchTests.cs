using MeanField.Solvers;
using MeanField.Solvers.Updates;

namespace MeanField.Tests.Solvers.Updates;

/// <summary>Steps whose divergence is known in closed form.</summary>
public class KlRadiusSearchTests
{
    // Two actions, evenly drawn, one better by D: π_t = 1/(1 + e^{−tD}), KL(π_t ‖ ½) = log 2 − H(π_t).
    [Theory]
    [InlineData(0.01, 1, 0)]
    [InlineData(0.01, 1e-4, 0)]
    [InlineData(0.01, 1e4, 0)]
    [InlineData(0.01, 1, 0.3)]
    [InlineData(0.3, 1, 1e-9)]
    [InlineData(0.3, 1, 8)]
    [InlineData(1e-6, 3, 0)]
    public void The_largest_step_within_the_radius_is_taken(double radius, double advantage, double last)
    {
        var trials = new List<(double Step, double Divergence)>();
        Take(Options(radius, temperature: 1e-9), last, trials, t => Divergence(t * advantage));
        var (step, divergence) = trials[^1];
        Assert.InRange(divergence, 0.999 * radius, radius);
        Assert.InRange(trials.Count, 1, 61);
        Assert.True(Divergence(1.001 * step * advantage) > radius);
    }

    // t is at most 1/η, where the step forgets the last policy altogether.
    [Fact]
    public void A_step_that_nothing_holds_back_is_one_over_the_temperature()
    {
        var trials = new List<(double Step, double Divergence)>();
        Take(Options(10, temperature: 0.5), 0, trials, Divergence);
        Assert.Equal(2, trials[^1].Step);
        trials.Clear();
        Take(Options(0.01, temperature: 0.5), 0, trials, _ => 0);
        Assert.Equal(2, trials[^1].Step);
    }

    // At temperature 0 a policy at rest would take any step: a million times the rule's, constant left out, is enough.
    [Fact]
    public void Without_temperature_there_is_a_limit_too()
    {
        var trials = new List<(double Step, double Divergence)>();
        var options = Options(0.01, temperature: 0) with { StepConstant = 0.5 };
        Take(options, 0, trials, _ => 0, rule: 0.25);
        Assert.Equal(1e6 * 0.25 / 0.5, trials[^1].Step);
        trials.Clear();
        Take(options, 0, trials, Divergence, rule: 0.25);
        Assert.InRange(trials[^1].Divergence, 0.00999, 0.01);
    }

    [Fact]
    public void The_last_step_is_where_the_search_begins()
    {
        var trials = new List<(double Step, double Divergence)>();
        Take(Options(0.01, temperature: 0.01), 0.125, trials, Divergence, rule: 7);
        Assert.Equal(0.125, trials[0].Step);
        trials.Clear();
        Take(Options(0.01, temperature: 0.01), 0, trials, Divergence, rule: 7);
        Assert.Equal(7, trials[0].Step);
        trials.Clear();
        Take(Options(0.01, temperature: 0.01), 1000, trials, Divergence, rule: 7);
        Assert.Equal(100, trials[0].Step);
    }

    // Numbers that are none, and a jump over the radius: the step taken last is one that stays within it.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(5)]
    public void What_goes_beyond_is_never_taken_in_the_end(double beyond)
    {
        var trials = new List<(double Step, double Divergence)>();
        Take(Options(0.01, temperature: 1), 0.9, trials, t => t <= 0.4 ? 0.001 * t : beyond);
        Assert.InRange(trials[^1].Divergence, 0, 0.01);
        Assert.Equal(0.4, trials[^1].Step, 1e-9);
        trials.Clear();
        Take(Options(0.01, temperature: 1), 0, trials, t => t > 0 ? beyond : 0);
        Assert.Equal((0, 0), trials[^1]);
    }

    private static double Divergence(double logit)
    {
        var p = 1 / (1 + Math.Exp(-Math.Abs(logit)));
        var q = Math.Exp(-Math.Abs(logit)) * p;
        return Math.Log(2) + (p * Math.Log(p)) + (q > 0 ? q * Math.Log(q) : 0);
    }

    private static void Take(
        MfTrpoOptions options,
        double last,
        List<(double Step, double Divergence)> trials,
        Func<double, double> divergence,
        double rule = 0.1
    ) =>
        KlRadiusSearch.TakeLargest(
            options,
            last,
            rule,
            t =>
            {
                trials.Add((t, divergence(t)));
                return trials[^1].Divergence;
            }
        );

    private static MfTrpoOptions Options(double radius, double temperature) =>
        new() { KlRadius = radius, Temperature = temperature };
}
