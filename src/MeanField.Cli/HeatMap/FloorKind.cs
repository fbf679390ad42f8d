namespace MeanField.Cli.HeatMap;

/// <summary>What a cell of a heat map is.</summary>
internal enum FloorKind
{
    /// <summary>A wall.</summary>
    Wall,

    /// <summary>Free, but no state of the game because no target can be reached from there.</summary>
    Unreachable,

    /// <summary>A state of the game.</summary>
    Free,

    /// <summary>A point of interest.</summary>
    Target,
}
