using MeanField.Games;
using MeanField.Markov;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class ActionValuesTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Look_ahead_is_reward_plus_discounted_value_for_the_states_asked_and_no_other(int seed)
    {
        using var check = new RandomCase(seed);
        AssertLookAhead(check, blocks: null);
        AssertLookAhead(check, check.Chain.Blocks);
    }

    // Up to 20 actions: blocks of one to three vectors, and states with far fewer actions than their blocks have room for.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Many_actions_are_looked_at_together(int seed)
    {
        var coupling = (MeanFieldCoupling)(seed % 2);
        using var check = new RandomCase(seed, RandomShape.Full, coupling, mostActions: 6 + (seed % 15));
        AssertLookAhead(check, blocks: null);
        AssertLookAhead(check, check.Chain.Blocks);
    }

    [Fact]
    public void Kernels_are_laid_out_for_vectors_where_that_pays()
    {
        Assert.NotNull(new InducedChain(Grids.Square(5)).Blocks);
        Assert.NotNull(new InducedChain(Grids.Square(5, ("moves", 8))).Blocks);
        using var apart = new RandomCase(0, RandomShape.Connected, MeanFieldCoupling.Rewards);
        Assert.Null(apart.Chain.Blocks);
        using var coupled = new RandomCase(
            0,
            RandomShape.Full,
            MeanFieldCoupling.RewardsAndTransitions,
            mostActions: 20
        );
        Assert.Null(coupled.Chain.Blocks);
    }

    private static void AssertLookAhead(RandomCase check, ActionBlocks? blocks)
    {
        var values = RandomInputs.Law(check.States, check.Random).Select(x => (100 * x) - 3).ToArray();
        var expected = check.Dense.ActionValues(DecimalMath.From(values)).SelectMany(row => row).ToArray();
        for (var (start, end) = (0, check.States); start < end; (start, end) = (start + 1, end - 2))
        {
            var result = Enumerable.Repeat(double.NaN, check.Game.PairCount).ToArray();
            ActionValues.Compute(check.Mdp, blocks, values, result, start, end);
            for (var pair = 0; pair < result.Length; pair++)
            {
                var isAsked = pair >= check.Game.PairOffsets[start] && pair < check.Game.PairOffsets[end];
                Assert.Equal(isAsked ? (double)expected[pair] : double.NaN, result[pair], 1e-13);
            }
        }
    }
}
