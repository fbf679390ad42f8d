using MeanField.Games;
using MeanField.Markov;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class InducedChainTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Entries_are_the_average_of_the_rows_of_the_actions(int seed)
    {
        using var check = new RandomCase(seed);
        AssertSameAlsoAfterAMove(check);
    }

    // Up to 20 actions of full rows: the layout for vectors.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Many_actions_are_averaged_together(int seed)
    {
        var coupling = (MeanFieldCoupling)(seed % 2);
        using var check = new RandomCase(seed, RandomShape.Full, coupling, mostActions: 6 + (seed % 15));
        AssertSameAlsoAfterAMove(check);
    }

    [Fact]
    public void A_sibling_has_the_pattern_and_numbers_of_its_own()
    {
        using var check = new RandomCase(3);
        var before = check.Chain.Values.ToArray();
        var sibling = check.Chain.Sibling();
        sibling.Update(check.Mdp, RandomInputs.Policy(check.Source, check.Random), check.Team);
        Assert.Same(check.Chain.Columns, sibling.Columns);
        Assert.Same(check.Chain.Plan, sibling.Plan);
        Assert.Equal(before, check.Chain.Values);
        Assert.NotEqual(before, sibling.Values);
    }

    private static void AssertSameAlsoAfterAMove(RandomCase check)
    {
        AssertSame(check.DenseChain, check.Chain);

        // Another policy at another mean field: nothing of the first is left.
        var (policy, law) = (
            RandomInputs.Policy(check.Source, check.Random),
            RandomInputs.Law(check.States, check.Random)
        );
        check.Mdp.MoveTo(law, check.Team);
        check.Chain.Update(check.Mdp, policy, check.Team);
        var dense = DenseMdp.At(check.Source, law);
        AssertSame(dense.Chain(dense.ByState(policy)), check.Chain);
    }

    private static void AssertSame(decimal[,] expected, InducedChain chain)
    {
        for (var s = 0; s < expected.GetLength(0); s++)
        {
            var row = chain.Offsets[s]..chain.Offsets[s + 1];
            Assert.Equal(chain.Columns[row].Distinct().Order(), chain.Columns[row]);
            var stored = new double[expected.GetLength(0)];
            for (var e = chain.Offsets[s]; e < chain.Offsets[s + 1]; e++)
            {
                stored[chain.Columns[e]] = chain.Values[e];
            }

            Assert.All(stored, (x, next) => Assert.Equal((double)expected[s, next], x, 2e-15));
        }
    }
}
