using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class InnerIteratesTests
{
    private static readonly double[] Half = [0.5, 0.5];

    // Both sides solve their own linear systems in decimals: x = μ + γ x P for each member and for the Markov policy.
    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    [InlineData(23)]
    [InlineData(34)]
    public void The_Markov_policy_visits_every_pair_as_often_as_the_mixture_does(int seed)
    {
        var game = new RandomGame(seed, states: 7, discount: 0.9);
        var random = new Random(seed);
        var dense = DenseMdp.At(game, RandomInputs.Law(7, random));
        var policies = Enumerable.Range(0, 5).Select(_ => RandomInputs.Policy(game, random, hasGaps: true)).ToArray();
        var offsets = Offsets(game);
        var iterates = new InnerIterates(offsets[^1], 5);
        iterates.Begin(Array.ConvertAll(dense.MeanField, share => (double)share));
        var visits = new List<decimal[]>();
        foreach (var policy in policies)
        {
            visits.Add(
                Reference.DenseChain.Visits(dense.Chain(dense.ByState(policy)), dense.Discount, dense.MeanField)
            );
            iterates.Add(policy, Array.ConvertAll(visits[^1], x => (double)x));
        }

        iterates.Complete();
        var markov = iterates.MarkovPolicy(offsets, iterates.Occupancies);
        var own = Reference.DenseChain.Visits(dense.Chain(dense.ByState(markov)), dense.Discount, dense.MeanField);
        for (var s = 0; s < 7; s++)
        {
            Assert.Equal((double)visits.Average(x => x[s]), (double)own[s], 1e-12);
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                var mean = policies.Zip(visits, (policy, x) => policy[pair] * (double)x[s]).Average();
                Assert.Equal(mean, markov[pair] * (double)own[s], 1e-12);
            }
        }
    }

    [Fact]
    public void States_that_no_member_visits_take_the_plain_mean()
    {
        var iterates = new InnerIterates(4, 2);
        iterates.Begin(Half);
        iterates.Add([0.25, 0.75, 1, 0], [3, 0]);
        iterates.Add([0.5, 0.5, 0.5, 0.5], [1, 0]);
        iterates.Complete();
        Assert.Equal([0.3125, 0.6875, 0.75, 0.25], iterates.MarkovPolicy([0, 2, 4], iterates.Occupancies));
    }

    [Fact]
    public void A_loop_counts_once_it_is_whole()
    {
        var iterates = new InnerIterates(2, 2);
        Assert.Empty(iterates.Policies);
        iterates.Begin([1]);
        iterates.Add([1, 0], [1]);
        iterates.Add([0, 1], [2]);
        Assert.Empty(iterates.Policies);
        iterates.Complete();
        iterates.Begin([0.5]);
        iterates.Add([0.5, 0.5], [3]);
        Assert.Equal(
            [
                [1, 0],
                [0, 1],
            ],
            iterates.Policies
        );
        Assert.Equal(
            [
                [1],
                [2],
            ],
            iterates.Occupancies
        );
        Assert.Equal([1], iterates.MeanField);
        iterates.Begin([0.25]);
        iterates.Add([0.25, 0.75], [4]);
        iterates.Complete();
        Assert.Equal(
            [
                [0.25, 0.75],
            ],
            iterates.Policies
        );
        Assert.Equal(
            [
                [4],
            ],
            iterates.Occupancies
        );
        Assert.Equal([0.25], iterates.MeanField);
    }

    [Fact]
    public void What_is_added_is_copied()
    {
        var (policy, occupancy, law) = (new[] { 1.0, 0 }, new[] { 1.0 }, new[] { 1.0 });
        var iterates = new InnerIterates(2, 1);
        iterates.Begin(law);
        iterates.Add(policy, occupancy);
        iterates.Complete();
        (policy[0], occupancy[0], law[0]) = (7, 7, 7);
        Assert.Equal([1, 0], iterates.Policies[0]);
        Assert.Equal([1], iterates.Occupancies[0]);
        Assert.Equal([1], iterates.MeanField);
    }

    // Two loops of 2²⁶ numbers in all are half a gigabyte.
    [Theory]
    [InlineData(1 << 20, 32, 1)]
    [InlineData(1 << 20, 33, 0)]
    [InlineData(int.MaxValue, int.MaxValue, 0)]
    public void Only_what_fits_is_kept(int pairs, int innerIterations, int kept)
    {
        var iterates = new InnerIterates(pairs, innerIterations);
        iterates.Begin(Half);
        iterates.Add([1, 1], [1, 1]);
        iterates.Complete();
        Assert.Equal(kept, iterates.Policies.Count);
    }

    private static int[] Offsets(RandomGame game)
    {
        var offsets = new int[game.StateCount + 1];
        for (var s = 0; s < game.StateCount; s++)
        {
            offsets[s + 1] = offsets[s] + game.ActionCount(s);
        }

        return offsets;
    }
}
