namespace MeanField.Experiments.Sweeps;

/// <summary>How the cells of a sweep are solved. None of it changes an answer.</summary>
public sealed record SweepSettings
{
    /// <summary>Cells at once, at least 1. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Worker threads of each, 1 to 256. Default 1.</summary>
    public int CellThreads { get; init; } = 1;

    /// <summary>The least time between two checkpoints of a cell, which it goes on from when it was killed. Default 30 seconds.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told of each cell as it is done, and how many then are; in any order but one at a time. Must return quickly.</summary>
    public Action<SweepOutcome, int>? Report { get; init; }

    /// <summary>Told again and again while all remaining cells, so many of them, are under way in other processes.</summary>
    public Action<int>? Waiting { get; init; }
}
