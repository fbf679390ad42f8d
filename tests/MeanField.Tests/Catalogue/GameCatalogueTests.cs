using MeanField.Catalogue;

namespace MeanField.Tests.Catalogue;

/// <summary>What every game in the catalogue keeps to. A new entry is tested by being listed.</summary>
public class GameCatalogueTests
{
    public static TheoryData<string, string> GamesAndRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var entry in GameCatalogue.All)
            {
                foreach (var rule in GameContract.Rules.Keys)
                {
                    data.Add(entry.Name, rule);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Names_find_their_entries_and_are_unique()
    {
        Assert.All(GameCatalogue.All, entry => Assert.Same(entry, GameCatalogue.Find(entry.Name)));
        Assert.Distinct(GameCatalogue.All.Select(entry => entry.Name), StringComparer.Ordinal);
        Assert.Null(GameCatalogue.Find("no-such-game"));
    }

    [Theory]
    [MemberData(nameof(GamesAndRules))]
    public void Every_game_keeps_every_rule(string game, string rule) =>
        GameContract.Rules[rule](GameCatalogue.Find(game)!);
}
