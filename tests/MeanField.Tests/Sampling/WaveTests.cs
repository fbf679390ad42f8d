using MeanField.Games;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tests.Reference;
using MeanField.Tests.Solvers;

namespace MeanField.Tests.Sampling;

/// <summary>How the trajectories and the particles of an iteration are shared out among waves. Steps are noted for the model, not for the mean.</summary>
public class WaveTests
{
    // Roll-outs of 2¹⁹ steps: the sixteenth makes a wave of 2²³.
    private const int Steps = 1 << 19;

    [Theory]
    [InlineData(ActionValueEstimator.Model, 16, 1)]
    [InlineData(ActionValueEstimator.Mean, 17)]
    public void A_wave_whose_steps_are_noted_ends_when_there_are_many(
        ActionValueEstimator estimator,
        params int[] expected
    )
    {
        var waves = new List<int>();
        using var test = Case(new() { Estimator = estimator, Horizon = RolloutHorizon.Fixed(Steps) }, long.MaxValue);
        Assert.Null(test.Session.Improve(0, 0, 17, waves.Add));
        Assert.Equal(expected, waves);
        Assert.Equal(17L * (Steps + 1), test.Session.Account.Rollout);
    }

    [Theory]
    [InlineData(ActionValueEstimator.Model)]
    [InlineData(ActionValueEstimator.Mean)]
    public void What_the_budget_does_not_pay_for_ends_the_iteration_after_what_it_pays_for(
        ActionValueEstimator estimator
    )
    {
        var waves = new List<int>();
        using var test = Case(new() { Estimator = estimator, Horizon = RolloutHorizon.Fixed(9) }, budget: 105);
        Assert.Equal(SolveStatus.SampleLimit, test.Session.Improve(0, 0, 50, waves.Add));
        Assert.Equal(10L * Assert.Single(waves), test.Session.Account.Rollout);
        Assert.InRange(test.Session.Account.Total, 80, 105);
    }

    [Fact]
    public void What_is_seen_of_particles_is_taken_in_wave_by_wave()
    {
        var options = new SampledMfTrpoOptions { Particles = TrajectorySampler.WaveSize + 3, TransitionSteps = 1 };
        using var test = Case(options, long.MaxValue);
        var (waves, moved) = (0, new double[3]);
        Assert.Null(test.Session.MoveParticles(0, moved, () => waves++));
        Assert.Equal(2, waves);
        Assert.Equal(1, moved.Sum(), 1e-12);
    }

    private static SampledCase Case(SampledMfTrpoOptions options, long budget)
    {
        var game = new RandomGame(3, states: 3, RandomShape.Connected, MeanFieldCoupling.Rewards, discount: 0.5);
        var test = new SampledCase(game, options with { SampleBudget = budget });
        var policy = RandomInputs.Policy(game, new Random(1));
        test.Session.Policy.Update(policy, policy, temperature: 0);
        return test;
    }
}
