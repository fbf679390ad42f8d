namespace MeanField.Cli;

/// <summary>What the user asked <c>sweep</c> to do.</summary>
/// <param name="File">The sweep file.</param>
/// <param name="Folder">The folder for the results, or <see langword="null"/> for the usual one.</param>
/// <param name="Threads">Cells at once.</param>
/// <param name="JobIndex">Which job of an array this is; <see langword="null"/> for all cells.</param>
/// <param name="JobCount">How many jobs the array has; <see langword="null"/> when nobody said.</param>
/// <param name="Mode">What is done with the cells.</param>
/// <param name="AsJson">Whether standard output gets JSON instead of tables.</param>
internal sealed record SweepRequest(
    string File,
    string? Folder,
    int Threads,
    int? JobIndex,
    int? JobCount,
    SweepMode Mode,
    bool AsJson
);
