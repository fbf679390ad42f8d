using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>States that few roll-outs of an inner iteration start in.</summary>
public class RareStatesTests
{
    private const double Temperature = 0.5;

    // At state 1 one action pays 1 and the other nothing; both lead away at once. Of five roll-outs one starts there on average, so that its policy is
    // log odds 1/η only if every step it takes is on an unbiased estimate. Averaged over 3000 inner iterations the log odds have a standard error
    // below 0.1: false alarm probability below 1e-6 if seeds were drawn; they are fixed.
    [Theory]
    [InlineData(ActionValueEstimator.Importance)]
    [InlineData(ActionValueEstimator.Mean)]
    public void Few_roll_outs_in_a_state_do_not_draw_it_to_the_uniform_policy(ActionValueEstimator estimator)
    {
        var game = new ListedGame
        {
            Rows =
            [
                [new(0, (0, 0.5), (1, 0.5))],
                [new(1, (0, 1)), new(0, (0, 1))],
            ],
        };
        var options = new SampledMfTrpoOptions
        {
            Temperature = Temperature,
            Estimator = estimator,
            ControlVariate = false,
            Averaging = true,
            Horizon = RolloutHorizon.Fixed(0),
            Restart = RestartKind.Given,
            RestartWeights = new Dictionary<int, double> { [0] = 4, [1] = 1 },
            Trajectories = 5,
            Particles = 1,
            InnerIterations = 1000,
            OuterIterations = 3,
            SampleBudget = 1_000_000,
            Tolerance = 0,
        };
        var context = new SolveContext { Clock = new FakeClock(), Seed = 1 };
        var solution = SampledMfTrpo.Solve(TabularGame.Create(game), options, context);
        var policy = solution.Last.Policy.Probabilities;
        Assert.Equal(3, solution.Iterations);
        Assert.Equal(1 / Temperature, Math.Log(policy[1] / policy[2]), 0.5);
    }
}
