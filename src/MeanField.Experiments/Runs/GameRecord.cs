using MeanField.Catalogue;
using MeanField.Tabular;

namespace MeanField.Experiments.Runs;

/// <summary>The game of a run: enough to create it again.</summary>
/// <param name="Name">The catalogue name.</param>
/// <param name="Parameters">Every parameter, defaults included, as canonical text in catalogue order.</param>
/// <param name="States">S.</param>
/// <param name="Pairs">P, the number of feasible state-action pairs.</param>
/// <param name="DroppedCells">Free cells that are no states because no target can be reached from them.</param>
/// <param name="Hash">SHA-256 in lower-case hexadecimal of the name and the parameters.</param>
public sealed record GameRecord(
    string Name,
    IReadOnlyList<KeyValuePair<string, string>> Parameters,
    int States,
    int Pairs,
    int DroppedCells,
    string Hash
)
{
    /// <summary>Records a game.</summary>
    /// <param name="spec">What was asked for.</param>
    /// <param name="game">The game created from it.</param>
    public static GameRecord Create(GameSpec spec, TabularGame game)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(game);
        return new GameRecord(
            spec.Definition.Name,
            [.. spec.Values.InOrder()],
            game.StateCount,
            game.PairCount,
            (game.Source as CrowdGrid)?.DroppedCells ?? 0,
            spec.Hash
        );
    }
}
