using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class StartingPolicyTests
{
    private static readonly TabularGame Game = Grids.Square(30);

    [Fact]
    public void The_uniform_start_is_uniform() =>
        Assert.Equal(
            Policy.Uniform(Game).Probabilities.ToArray(),
            StartingPolicy.Create(Game, StartPolicy.Uniform, seed: 3)
        );

    // log π(a|s) − log π(b|s) = 5 (x_a − x_b) with x from U(−1, 1): never beyond 10, and with variance 25 · 2/3. 900 states give four such pairs each with
    // the last action; the mean square of 900 independent ones has a standard error of 16.7 · √(1.4/900), and five of them are asked for.
    [Fact]
    public void Random_logits_are_uniform_from_minus_five_to_five()
    {
        var policy = StartingPolicy.Create(Game, StartPolicy.Random, seed: 3);
        var squares = 0.0;
        for (var s = 0; s < Game.StateCount; s++)
        {
            var ratio = Math.Log(policy[5 * s] / policy[(5 * s) + 1]);
            Assert.InRange(ratio, -10, 10);
            squares += ratio * ratio / Game.StateCount;
        }

        Assert.InRange(squares, 16.67 - 3.3, 16.67 + 3.3);
        Policy.Create(Game, policy);
    }

    [Fact]
    public void Seeds_differ_and_repeat()
    {
        Assert.Equal(
            StartingPolicy.Create(Game, StartPolicy.Random, seed: 3),
            StartingPolicy.Create(Game, StartPolicy.Random, seed: 3)
        );
        Assert.NotEqual(
            StartingPolicy.Create(Game, StartPolicy.Random, seed: 3),
            StartingPolicy.Create(Game, StartPolicy.Random, seed: 4)
        );
    }
}
