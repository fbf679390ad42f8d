using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Tabular;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

/// <summary>The games of Bench-MFG in the catalogue are those that were written down a second time, from the same source by another hand.</summary>
public class BenchMfgGamesTests
{
    // Their moves are up (to the next row), right, down, left and stay.
    private static readonly int[] FourRoomsMoves =
    [
        (int)GridMove.Down,
        (int)GridMove.Right,
        (int)GridMove.Up,
        (int)GridMove.Left,
        (int)GridMove.Stay,
    ];

    [Fact]
    public void The_games_are_those_of_the_second_version()
    {
        AssertSame(BenchMfgGames.NoInteraction, Create(NoInteractionChain.Definition));
        AssertSame(BenchMfgGames.TwoBars, Create(TwoBars.Definition));
        AssertSame(BenchMfgGames.LasryLions, Create(LasryLionsChain.Definition));
        AssertSame(BenchMfgGames.Contraction, Create(ContractionGame.Definition));
        AssertSame(BenchMfgGames.RockPaperScissors, Create(RockPaperScissors.Definition));
        AssertSame(BenchMfgGames.Sis, Create(SisEpidemic.Definition));
        AssertSame(BenchMfgGames.FourRooms, Create(FourRooms.Definition, ("wall-jumping", "true")), FourRoomsMoves);
    }

    private static void AssertSame(TabularGame reference, IMeanFieldGame game, int[]? actions = null)
    {
        Assert.Equal((reference.StateCount, reference.Discount), (game.StateCount, game.Discount));
        foreach (var seed in new[] { 1, 2 })
        {
            var meanField = RandomInputs.Law(game.StateCount, new Random(seed), hasGaps: true);
            for (var s = 0; s < game.StateCount; s++)
            {
                Assert.Equal(reference.Source.ActionCount(s), game.ActionCount(s));
                for (var a = 0; a < game.ActionCount(s); a++)
                {
                    var action = actions?[a] ?? a;
                    Assert.Equal(reference.Source.Reward(s, a, meanField), game.Reward(s, action, meanField), 1e-13);
                    var row = Row(reference.Source, s, a, meanField);
                    Assert.Equal(row, Row(game, s, action, meanField), Within(1e-15));
                }
            }
        }
    }
}
