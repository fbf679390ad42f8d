using MeanField.Catalogue;
using MeanField.Games;

namespace MeanField.Experiments.Formats;

/// <summary>A kind of file that holds the place of a game, and so implies which game: a floor plan, a network.</summary>
/// <param name="Extension">How its names end, in lower case with the dot.</param>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Game">The game.</param>
/// <param name="Read">Reads the file at a path as parameters of the game; throws <see cref="InputFileException"/>.</param>
internal sealed record MapFile(
    string Extension,
    string Name,
    GameDefinition Game,
    Func<string, IReadOnlyList<KeyValuePair<string, string>>> Read
)
{
    /// <summary>All kinds, in the order that messages name them.</summary>
    public static IReadOnlyList<MapFile> Kinds { get; } =
    [
        new(".map", "a Moving AI map", CrowdGrid.Definition, MovingAiMap.Read),
        new(".tntp", "a road network", CrowdGraph.Definition, TntpNetwork.Read),
        new(".csv", "a table of edges", CrowdGraph.Definition, NetworkTables.Read),
    ];

    /// <summary>The kinds that imply a game.</summary>
    public static IReadOnlyList<MapFile> KindsOf(GameDefinition game) => [.. Kinds.Where(kind => kind.Game == game)];

    /// <summary>The kind of a file by its name, or <see langword="null"/>.</summary>
    public static MapFile? Of(string path) =>
        Kinds.FirstOrDefault(kind =>
            kind.Extension.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase)
        );
}
