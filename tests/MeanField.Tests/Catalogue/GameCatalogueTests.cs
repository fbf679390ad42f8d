using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

/// <summary>What every game in the catalogue keeps to. A new entry is tested by being listed.</summary>
public class GameCatalogueTests
{
    private const int MeanFields = 4;

    public static TheoryData<string> Names => [.. GameCatalogue.All.Select(entry => entry.Name)];

    [Fact]
    public void Names_find_their_entries_and_are_unique()
    {
        Assert.All(GameCatalogue.All, entry => Assert.Same(entry, GameCatalogue.Find(entry.Name)));
        Assert.Distinct(GameCatalogue.All.Select(entry => entry.Name), StringComparer.Ordinal);
        Assert.Null(GameCatalogue.Find("no-such-game"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_is_described(string name)
    {
        var entry = GameCatalogue.Find(name)!;
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", entry.Name);
        Assert.EndsWith(".", entry.Summary);
        Assert.NotEmpty(entry.Source);
        Assert.Distinct(entry.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        Assert.All(
            entry.Parameters,
            parameter =>
            {
                Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", parameter.Name);
                Assert.EndsWith(".", parameter.Summary);
                Assert.DoesNotContain('\n', parameter.Summary);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_game_tabulates_and_stays_a_game_at_any_mean_field(string name)
    {
        var game = TabularGame.Create(Default(name));
        foreach (var meanField in SomeMeanFields(game.Source))
        {
            var mdp = FrozenMdp.Create(game, meanField);
            Assert.All(mdp.Rewards.ToArray(), reward => Assert.True(double.IsFinite(reward)));
            for (var pair = 0; pair < game.PairCount; pair++)
            {
                var row = mdp.Probabilities[game.RowOffsets[pair]..game.RowOffsets[pair + 1]].ToArray();
                Assert.All(row, probability => Assert.InRange(probability, 0, 1 + 1e-9));
                Assert.Equal(1, row.Sum(), 1e-9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_game_answers_the_same_question_the_same_way(string name)
    {
        var (game, twin) = (Default(name), Default(name));
        foreach (var meanField in SomeMeanFields(game))
        {
            var first = Answers(game, meanField);
            Assert.NotEmpty(Answers(game, Grids.Uniform(game)));
            Assert.Equal(first, Answers(game, meanField));
            Assert.Equal(first, Answers(twin, meanField));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_depends_on_the_mean_field_is_what_is_declared(string name)
    {
        var game = Default(name);
        var (rewardsChange, transitionsChange) = (false, false);
        var uniform = Grids.Uniform(game);
        foreach (var meanField in SomeMeanFields(game))
        {
            for (var s = 0; s < game.StateCount; s++)
            {
                for (var a = 0; a < game.ActionCount(s); a++)
                {
                    rewardsChange |= !game.Reward(s, a, uniform).Equals(game.Reward(s, a, meanField));
                    transitionsChange |= !Row(game, s, a, uniform).SequenceEqual(Row(game, s, a, meanField));
                }
            }
        }

        Assert.Equal(game.Coupling >= MeanFieldCoupling.Rewards, rewardsChange || transitionsChange);
        Assert.Equal(game.Coupling == MeanFieldCoupling.RewardsAndTransitions, transitionsChange);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void States_and_the_actions_of_each_state_have_names_of_their_own(string name)
    {
        var game = Default(name);
        var states = Enumerable.Range(0, game.StateCount).ToArray();
        Assert.Distinct(states.Select(game.StateName), StringComparer.Ordinal);
        Assert.All(states, s => Assert.NotEmpty(game.StateName(s).Trim()));
        foreach (var s in states)
        {
            var names = Enumerable.Range(0, game.ActionCount(s)).Select(a => game.ActionName(s, a)).ToArray();
            Assert.Distinct(names, StringComparer.Ordinal);
            Assert.All(names, action => Assert.NotEmpty(action.Trim()));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_outside_the_range_of_any_parameter_is_refused(string name)
    {
        var entry = GameCatalogue.Find(name)!;
        foreach (var parameter in entry.Parameters.Where(p => p.Kind != ParameterKind.Text))
        {
            var given = KeyValuePair.Create(parameter.Name, "not a value");
            Assert.Contains(
                parameter.Name,
                Assert.Throws<ParameterException>(() => ParameterValues.Create(name, entry.Parameters, [given])).Message
            );
        }
    }

    private static IMeanFieldGame Default(string name)
    {
        var entry = GameCatalogue.Find(name)!;
        return entry.Create(ParameterValues.Create(name, entry.Parameters, []));
    }

    // Random ones and a corner, where everybody is in one state.
    private static IEnumerable<double[]> SomeMeanFields(IMeanFieldGame game)
    {
        for (var seed = 0; seed < MeanFields; seed++)
        {
            yield return RandomInputs.Law(game.StateCount, new Random(seed), hasGaps: true);
        }

        var corner = new double[game.StateCount];
        corner[^1] = 1;
        yield return corner;
    }

    private static double[] Answers(IMeanFieldGame game, double[] meanField) =>
        [
            .. Enumerable
                .Range(0, game.StateCount)
                .SelectMany(s =>
                    Enumerable
                        .Range(0, game.ActionCount(s))
                        .SelectMany(a => (double[])[game.Reward(s, a, meanField), .. Row(game, s, a, meanField)])
                ),
        ];

    private static double[] Row(IMeanFieldGame game, int state, int action, double[] meanField)
    {
        var row = new TransitionRow();
        game.AddTransitions(state, action, meanField, row);
        return [.. row.Entries.SelectMany(entry => (double[])[entry.Key, entry.Value])];
    }
}
