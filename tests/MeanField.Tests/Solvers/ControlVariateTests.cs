using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The control variate before every action was tried.</summary>
public class ControlVariateTests
{
    // All actions pay the same and lead back, so that all returns are equal and no step moves the policy, unless a control variate adds noise of its
    // own. With two roll-outs an inner iteration most actions are untried for the first ones.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_not_known_of_untried_actions_adds_no_noise(long seed)
    {
        var game = new ListedGame
        {
            Rows =
            [
                [new(1, (0, 1)), new(1, (0, 1)), new(1, (0, 1)), new(1, (0, 1))],
            ],
        };
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.5,
            Estimator = ActionValueEstimator.Mean,
            ControlVariate = true,
            Averaging = false,
            Horizon = RolloutHorizon.Fixed(20),
            Trajectories = 2,
            Particles = 1,
            InnerIterations = 20,
            OuterIterations = 1,
            SampleBudget = 1_000_000,
            Tolerance = 0,
        };
        var context = new SolveContext { Clock = new FakeClock(), Seed = seed };
        var solution = SampledMfTrpo.Solve(TabularGame.Create(game), options, context);
        Assert.Equal(1, solution.Iterations);
        Assert.All(solution.Last.Policy.Probabilities.ToArray(), p => Assert.Equal(0.25, p, 1e-12));
    }
}
