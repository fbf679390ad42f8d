using MeanField.Markov;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class ChainStructureTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Recurrent_classes_are_those_of_the_transitive_closure(int seed)
    {
        using var check = new RandomCase(seed);
        AssertSame(DenseChain.RecurrentClass(check.DenseChain), ChainStructure.Find(check.Chain));
    }

    // One possible successor a state: many classes, long tails and cycles.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Functional_graphs_have_the_classes_of_their_cycles(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 60);
        var source = ListedGame.OfChain([
            .. Enumerable.Range(0, count).Select(_ => new[] { (random.Next(count), 1.0) }),
        ]);
        var law = Grids.Uniform(source);
        using var team = new MeanField.Numerics.ThreadTeam(1);
        var game = TabularGame.Create(source);
        var (chain, policy) = (new InducedChain(game), Policy.Uniform(game).Probabilities.ToArray());
        chain.Update(FrozenMdp.Create(game, law), policy, team);
        var dense = DenseMdp.At(source, law);
        AssertSame(DenseChain.RecurrentClass(dense.Chain(dense.ByState(policy))), ChainStructure.Find(chain));
    }

    [Fact]
    public void A_cycle_of_a_hundred_thousand_states_needs_no_deep_stack()
    {
        const int Count = 100_000;
        var source = ListedGame.OfChain([.. Enumerable.Range(0, Count).Select(s => new[] { ((s + 1) % Count, 1.0) })]);
        var game = TabularGame.Create(source);
        using var team = new MeanField.Numerics.ThreadTeam(1);
        var chain = new InducedChain(game);
        chain.Update(FrozenMdp.Create(game, Grids.Uniform(source)), Policy.Uniform(game).Probabilities.ToArray(), team);
        Assert.Equal(1, ChainStructure.Find(chain).RecurrentClasses);
    }

    private static void AssertSame(int[] expected, ChainStructure structure)
    {
        Assert.Equal(expected.Where(c => c >= 0).Distinct().Count(), structure.RecurrentClasses);
        Assert.All(
            structure.RecurrentClass,
            (c, s) =>
            {
                Assert.InRange(c, -1, structure.RecurrentClasses - 1);
                Assert.Equal(expected[s] >= 0, c >= 0);
                Assert.Equal(
                    Enumerable.Range(0, expected.Length).Where(other => expected[other] == expected[s]),
                    Enumerable.Range(0, expected.Length).Where(other => structure.RecurrentClass[other] == c)
                );
            }
        );
    }
}
