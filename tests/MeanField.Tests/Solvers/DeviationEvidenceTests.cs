using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class DeviationEvidenceTests
{
    [Fact]
    public void Nothing_is_left_for_the_model_to_learn_from_what_judged_its_deviations()
    {
        var game = new RandomGame(3, states: 4, RandomShape.Connected, discount: 0.8);
        var box = new TabularSimulator(TabularGame.Create(game));
        var options = new SampledMfTrpoOptions { Trajectories = 200 };
        using var test = new SampledCase(game, options, box: box);
        test.Iteration.Advance();
        var iterate = new SimulatorIterate
        {
            Iteration = 1,
            Policy = Policy.Create(test.Game, test.Iteration.Policy),
            MeanField = test.Iteration.MeanField,
        };
        Assert.NotNull(new DeviationEstimator(test.Iteration, test.Team, 50).Judge(iterate).Exploitability);

        var left = new EmpiricalGame(box, test.Session.Simulator.PairOffsets);
        test.Session.Sampler.Collect(left);
        Assert.Equal(0, left.Pattern);
    }
}
