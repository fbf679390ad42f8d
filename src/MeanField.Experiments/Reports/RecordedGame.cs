using MeanField.Catalogue;
using MeanField.Experiments.Runs;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Experiments.Reports;

/// <summary>The game of a stored run, created again from its record so that its states have names and places.</summary>
internal static class RecordedGame
{
    /// <summary>The catalogue entry of a recorded game, or <see langword="null"/> when this version knows none.</summary>
    public static GameDefinition? Definition(GameRecord record) => GameCatalogue.Find(record.Name);

    /// <summary>The game, or <see langword="null"/> when this version cannot create it or creates one of other states or actions:
    /// a report of an old run stays readable without.</summary>
    public static IMeanFieldGame? Create(StoredRun run)
    {
        var record = run.Record.Game;
        if (Definition(record) is not { } definition)
        {
            return null;
        }

        try
        {
            var game = definition.Create(
                ParameterValues.Create($"game {record.Name}", definition.Parameters, record.Parameters)
            );
            return HasShape(game, run) ? game : null;
        }
        catch (Exception exception) when (exception is ParameterException or InvalidGameException)
        {
            return null;
        }
    }

    private static bool HasShape(IMeanFieldGame game, StoredRun run)
    {
        if (game.StateCount != run.MeanField.Length)
        {
            return false;
        }

        var pairs = 0;
        for (var state = 0; state < game.StateCount; state++)
        {
            pairs += game.ActionCount(state);
        }

        return pairs == run.Policy.Length;
    }
}
