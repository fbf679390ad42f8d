using MeanField.Solvers.Updates;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers.Updates;

public class MirrorAscentStepTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    // ⟨u, q⟩ + τ H(u) − ‖u − π‖²/(2η): no other policy does better.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_step_maximises_its_objective(int seed)
    {
        var random = new Random(seed);
        var actions = random.Next(1, 7);
        var temperature = random.Next(3) * random.NextDouble();
        var learningRate = Math.Pow(10, (4 * random.NextDouble()) - 3);
        var policy = RandomInputs.Law(actions, random, hasGaps: true);
        var values = Enumerable.Range(0, actions).Select(_ => 4 * random.NextDouble()).ToArray();
        var next = Step(learningRate, temperature, values, policy);
        var best = Objective(next);
        Assert.Equal(1, next.Sum(), 1e-14);
        Assert.All(next, u => Assert.True(u >= 0));
        for (var trial = 0; trial < 200; trial++)
        {
            var other = RandomInputs.Law(actions, random);
            var near = next.Zip(other, (u, x) => u + (1e-4 * (x - u))).ToArray();
            Assert.True(Objective(other) <= best + 1e-12);
            Assert.True(Objective(near) <= best + 1e-12);
        }

        double Objective(double[] u) =>
            u.Select(
                    (p, a) =>
                        (p * values[a])
                        - (p > 0 ? temperature * p * Math.Log(p) : 0)
                        - ((p - policy[a]) * (p - policy[a]) / (2 * learningRate))
                )
                .Sum();
    }

    // The projection to the simplex by sorting (Held, Wolfe, Crowder 1974).
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Without_temperature_it_is_the_projection_to_the_simplex(int seed)
    {
        var random = new Random(seed);
        var policy = RandomInputs.Law(random.Next(1, 9), random, hasGaps: true);
        var values = policy.Select(_ => 10 * random.NextDouble()).ToArray();
        var targets = policy.Zip(values, (p, q) => p + (0.1 * q)).ToArray();
        var sorted = targets.OrderDescending().ToArray();
        var count = Enumerable.Range(1, sorted.Length).Last(n => sorted[n - 1] - ((sorted[..n].Sum() - 1) / n) > 0);
        var shift = (sorted[..count].Sum() - 1) / count;
        var next = Step(0.1, 0, values, policy);
        Assert.All(next, (u, a) => Assert.Equal(Math.Max(0, targets[a] - shift), u, 1e-14));
    }

    // u + ητ log u differs by η (q_1 − q_2) + π_1 − π_2 between two actions: with u = (0.6, 0.4) and η = 0.15 that makes ητ = 0.1 / log 1.5.
    [Fact]
    public void A_step_by_hand()
    {
        var temperature = 0.1 / Math.Log(1.5) / 0.15;
        Assert.Equal([0.6, 0.4], Step(0.15, temperature, [-19, -21], [0.5, 0.5]), new Near(1e-14));
    }

    // Temperatures and steps at the ends of what options allow, and values far apart.
    [Theory]
    [InlineData(1e-9, 0)]
    [InlineData(1e-9, 1e9)]
    [InlineData(1e9, 1e-9)]
    [InlineData(1e9, 1e9)]
    [InlineData(1, 1e-300)]
    public void Extremes_stay_policies(double learningRate, double temperature)
    {
        var next = Step(learningRate, temperature, [-1e9, 0, 1e9, 1e9], [0.25, 0.25, 0.5, 0]);
        Assert.Equal(1, next.Sum(), 1e-12);
        Assert.All(next, u => Assert.InRange(u, 0, 1));
    }

    private static double[] Step(double learningRate, double temperature, double[] values, double[] policy)
    {
        double[] next = [.. policy];
        MirrorAscentStep.Apply([0, policy.Length], learningRate, temperature, values, next);
        return next;
    }
}
