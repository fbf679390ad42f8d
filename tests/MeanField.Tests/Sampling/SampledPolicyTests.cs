using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

public class SampledPolicyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Actions_are_drawn_by_the_policy_and_pay_the_entropy(int threads)
    {
        using var team = new ThreadTeam(threads);
        var random = new Random(5);
        int[] offsets = new int[3001];
        for (var s = 0; s < offsets.Length - 1; s++)
        {
            offsets[s + 1] = offsets[s] + 1 + ((s + 3) % 7);
        }

        var policy = new SampledPolicy(offsets, team);
        foreach (var temperature in new[] { 0, 0.3 })
        {
            double[] probabilities =
            [
                .. Enumerable
                    .Range(0, offsets.Length - 1)
                    .SelectMany(s => RandomInputs.Law(offsets[s + 1] - offsets[s], random)),
            ];
            policy.Update(probabilities, Array.ConvertAll(probabilities, Math.Log), temperature);
            for (var s = 0; s < offsets.Length - 1; s++)
            {
                var row = offsets[s]..offsets[s + 1];
                var drawn = AliasLaw.Of(policy.Thresholds.AsSpan(row), policy.Aliases.AsSpan(row));
                Assert.All(drawn, (probability, a) => Assert.Equal(probabilities[row][a], probability, 1e-12));
            }

            Assert.All(
                policy.Bonus,
                (bonus, pair) => Assert.Equal(-temperature * Math.Log(probabilities[pair]), bonus, 1e-15)
            );
        }
    }

    [Fact]
    public void An_action_without_probability_is_never_drawn()
    {
        using var team = new ThreadTeam(1);
        var policy = new SampledPolicy([0, 3, 4], team);
        policy.Update([0.25, 0, 0.75, 1], [0, 0, 0, 0], 1);
        Assert.Equal(0, AliasLaw.Of(policy.Thresholds.AsSpan(0, 3), policy.Aliases.AsSpan(0, 3))[1]);
    }
}
