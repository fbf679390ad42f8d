namespace MeanField.Experiments.Sweeps;

/// <summary>What games are called in tables.</summary>
internal static class GameNames
{
    /// <summary>A catalogue name stays; a file is called by its name without folder and extension, unless that would be the name of another one.</summary>
    /// <param name="games">Names and files as they were given, distinct.</param>
    /// <param name="at">Which one.</param>
    public static string Of(IReadOnlyList<string> games, int at)
    {
        var name = Path.GetFileNameWithoutExtension(games[at]);
        return games.Count(game => Path.GetFileNameWithoutExtension(game) == name) == 1 ? name : games[at];
    }
}
