using MeanField.Games;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Tabular;

public class TabularGameTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rows_say_what_the_game_says(int seed)
    {
        var source = new RandomGame(seed);
        var game = TabularGame.Create(source);
        var dense = DenseMdp.At(source, Grids.Uniform(source));

        Assert.Same(source, game.Source);
        Assert.Equal(source.StateCount, game.StateCount);
        Assert.Equal(source.Discount, game.Discount);
        Assert.Equal(source.Coupling, game.Coupling);
        Assert.Equal(Enumerable.Range(0, source.StateCount).Max(source.ActionCount), game.MaximumActionCount);
        Assert.Equal(game.Successors.Length, game.Probabilities.Length);
        var pair = 0;
        for (var s = 0; s < source.StateCount; s++)
        {
            Assert.Equal(pair, game.PairOffsets[s]);
            for (var a = 0; a < source.ActionCount(s); a++, pair++)
            {
                var row = game.RowOffsets[pair]..game.RowOffsets[pair + 1];
                var successors = game.Successors[row].ToArray();
                Assert.Equal(successors.Distinct().Order(), successors);
                var stored = new double[source.StateCount];
                for (var i = 0; i < successors.Length; i++)
                {
                    stored[successors[i]] = game.Probabilities[row][i];
                }

                Assert.All(stored, (x, next) => Assert.Equal((double)dense.Transitions[s][a][next], x, 1e-15));
            }
        }

        Assert.Equal(pair, game.PairOffsets[source.StateCount]);
        Assert.Equal(pair, game.PairCount);
        Assert.Equal(game.Successors.Length, game.RowOffsets[pair]);
    }

    [Fact]
    public void Successors_named_twice_are_added_and_impossible_ones_are_not_stored()
    {
        var game = TabularGame.Create(ListedGame.OfChain([(1, 0.25), (0, 0.5), (1, 0.25)], [(0, 0), (1, 1)]));
        Assert.Equal([0, 1, 1], game.Successors);
        Assert.Equal([0.5, 0.5, 1], game.Probabilities);
    }

    // Another mean field may make possible what is impossible at the uniform one.
    [Fact]
    public void Impossible_successors_are_stored_where_transitions_couple()
    {
        var chain = ListedGame.OfChain([(1, 0), (0, 1)], [(1, 1)]);
        var coupled = new ListedGame { Rows = chain.Rows, Coupling = MeanFieldCoupling.RewardsAndTransitions };
        Assert.Equal([0, 1, 1], TabularGame.Create(coupled).Successors);
    }

    [Fact]
    public void One_state_with_one_action_is_a_game()
    {
        var game = TabularGame.Create(ListedGame.OfChain([(0, 1)]));
        Assert.Equal((1, 1), (game.StateCount, game.PairCount));
    }
}
