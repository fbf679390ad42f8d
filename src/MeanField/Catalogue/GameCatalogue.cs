using MeanField.Games;

namespace MeanField.Catalogue;

/// <summary>Every game that can be named on the command line and in files.</summary>
public static class GameCatalogue
{
    /// <summary>All entries, in listing order.</summary>
    public static IReadOnlyList<GameDefinition> All { get; } =
    [
        CrowdGrid.Definition,
        CrowdGraph.Definition,
        NoInteractionChain.Definition,
        ContractionGame.Definition,
        TwoBars.Definition,
        LasryLionsChain.Definition,
        FourRooms.Definition,
        RockPaperScissors.Definition,
        SisEpidemic.Definition,
        KineticCongestion.Definition,
        MfGarnet.Definition,
        RingRoad.Definition,
    ];

    /// <summary>The entry with a name, or <see langword="null"/>.</summary>
    public static GameDefinition? Find(string name) => All.FirstOrDefault(entry => entry.Name == name);
}
