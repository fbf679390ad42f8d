using MeanField.Solvers.Updates;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers.Updates;

public class TrustRegionStepTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 30)];

    // The step is the maximiser of Σ π (Q − η log π_l) − KL(π ‖ π_l)/t: no other policy does better.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_step_maximises_the_linearised_objective_within_its_trust_region(int seed)
    {
        var random = new Random(seed);
        var actions = random.Next(2, 6);
        var temperature = random.Next(2) * random.NextDouble();
        var stepSize = (temperature > 0 ? 1 / temperature : 3) * random.NextDouble();
        var policy = RandomInputs.Law(actions, random);
        var values = Enumerable.Range(0, actions).Select(_ => 4 * random.NextDouble()).ToArray();
        var logits = new double[actions];
        TrustRegionStep.Apply(
            [0, actions],
            0,
            1,
            temperature,
            stepSize,
            Array.ConvertAll(policy, Math.Log),
            values,
            [random.NextDouble()],
            logits
        );
        var weights = Array.ConvertAll(logits, x => Math.Exp(x - logits.Max()));
        var best = Objective(Array.ConvertAll(weights, w => w / weights.Sum()));
        for (var trial = 0; trial < 200; trial++)
        {
            var other = RandomInputs.Law(actions, random);
            var near = weights.Select((w, a) => ((1e-3 * other[a]) + (w / weights.Sum())) / 1.001).ToArray();
            Assert.True(Objective(other) < best);
            Assert.True(Objective(near) < best + 1e-12);
        }

        double Objective(double[] next) =>
            next.Select(
                    (p, a) =>
                        p == 0
                            ? 0
                            : p
                                * (
                                    values[a]
                                    - (temperature * Math.Log(policy[a]))
                                    - (Math.Log(p / policy[a]) / stepSize)
                                )
                )
                .Sum();
    }

    [Fact]
    public void Only_the_states_asked_for_are_written()
    {
        double[] logits = [7, 7, 7, 7];
        TrustRegionStep.Apply([0, 1, 3, 4], 1, 2, 0.5, 1, [-1, -2, -3, -4], [10, 20, 30, 40], [1, 2, 3], logits);
        Assert.Equal([7, (0.5 * -2) + 18, (0.5 * -3) + 28, 7], logits);
    }

    [Theory]
    [InlineData(0, 0.5, 1 / (0.5 * 2))]
    [InlineData(1, 0.5, 1 / (0.5 * 3))]
    [InlineData(8, 0.05, 1 / (0.05 * 10))]
    public void The_papers_step_size_is_one_over_temperature_times_iteration_plus_two(
        int iteration,
        double temperature,
        double stepSize
    ) => Assert.Equal(stepSize, TrustRegionStep.PaperStepSize(iteration, temperature, 0.3, 0.9, 5), 1e-12);

    // t = c (1 − γ)/(R √(k + 1)).
    [Theory]
    [InlineData(0, 1, 0.9, 5, 0.1 / 5)]
    [InlineData(3, 1, 0.9, 5, 0.1 / (5 * 2))]
    [InlineData(8, 0.5, 0.75, 2, 0.5 * 0.25 / (2 * 3))]
    public void Without_temperature_it_falls_with_the_root_of_the_iteration(
        int iteration,
        double constant,
        double discount,
        double span,
        double stepSize
    ) => Assert.Equal(stepSize, TrustRegionStep.PaperStepSize(iteration, 0, constant, discount, span), 1e-15);

    [Fact]
    public void The_constant_step_size_is_a_share_of_one_over_temperature()
    {
        Assert.Equal(4, TrustRegionStep.ConstantStepSize(0.25, 1, 0.9, 3));
        Assert.Equal(2, TrustRegionStep.ConstantStepSize(0.25, 0.5, 0.9, 3));
        Assert.Equal(0.5 * 0.25 / 3, TrustRegionStep.ConstantStepSize(0, 0.5, 0.75, 3), 1e-15);
        Assert.True(double.IsFinite(TrustRegionStep.ConstantStepSize(0, 0.5, 0.75, 0)));
    }
}
