using MeanField.Solvers.Updates;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers.Updates;

/// <summary>The updates of the exact rivals, state by state.</summary>
public class RivalStepTests
{
    // Two states, of two and three actions.
    private static readonly int[] Offsets = [0, 2, 5];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Fact]
    public void The_greedy_policy_takes_the_first_best_action()
    {
        double[] policy = [7, 7, 7, 7, 7];
        GreedyStep.Apply(Offsets, [1, 2, 3, -1, 3], policy);
        Assert.Equal([0, 1, 1, 0, 0], policy);
    }

    [Fact]
    public void Mirror_descent_adds_advantages()
    {
        double[] dual = [1, 2, 3, 4, 5];
        MirrorDescentStep.Apply(Offsets, 0.5, [10, 20, 30, 40, 50], [4, 8], dual);
        Assert.Equal([1 + 3, 2 + 8, 3 + 11, 4 + 16, 5 + 21], dual);
    }

    // The step is the maximiser of (η/(1 − λη)) (⟨p, Q⟩ − λ KL(p ‖ σ)) − KL(p ‖ π).
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_step_to_a_proximal_point_maximises_its_objective(int seed)
    {
        var random = new Random(seed);
        var (weight, rate) = (random.NextDouble(), random.NextDouble());
        var (policy, reference) = (RandomInputs.Law(4, random), RandomInputs.Law(4, random));
        var values = Enumerable.Range(0, 4).Select(_ => 3 * random.NextDouble()).ToArray();
        var logits = Array.ConvertAll(policy, Math.Log);
        ProximalPointStep.Apply(
            [0, 4],
            rate,
            weight,
            Array.ConvertAll(reference, Math.Log),
            values,
            [random.NextDouble()],
            logits
        );
        var weights = Array.ConvertAll(logits, x => Math.Exp(x - logits.Max()));
        var next = Array.ConvertAll(weights, w => w / weights.Sum());
        for (var trial = 0; trial < 100; trial++)
        {
            var other = RandomInputs.Law(4, random);
            Assert.True(Objective(other) < Objective(next));
            Assert.True(Objective([.. next.Zip(other, (p, x) => p + (1e-3 * (x - p)))]) < Objective(next) + 1e-12);
        }

        double Objective(double[] p) =>
            (rate / (1 - (weight * rate)) * (p.Zip(values, (x, q) => x * q).Sum() - (weight * Kl(p, reference))))
            - Kl(p, policy);

        static double Kl(double[] p, double[] q) => p.Zip(q, (x, y) => x * Math.Log(x / y)).Sum();
    }

    // A policy counts in a state as much as its population was there, and where none was the one added last counts alone.
    [Fact]
    public void Policies_are_averaged_by_their_populations()
    {
        var (sums, average) = (new double[5], new double[5]);
        OccupancyAverage.Add(Offsets, [1, 0], [1, 0, 0, 1, 0], sums, average);
        Assert.Equal([1, 0, 0, 1, 0], average);
        OccupancyAverage.Add(Offsets, [0.25, 0.75], [0, 1, 0, 0, 1], sums, average);
        Assert.Equal([0.8, 0.2, 0, 0, 1], average);
        OccupancyAverage.Add(Offsets, [0.75, 0.25], [0, 1, 1, 0, 0], sums, average);
        Assert.Equal([0.5, 0.5, 0.25, 0, 0.75], average);
    }
}
