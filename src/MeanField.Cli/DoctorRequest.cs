namespace MeanField.Cli;

/// <summary>What the user asked <c>doctor</c> to do.</summary>
/// <param name="Game">A catalogue name or a file.</param>
/// <param name="GameParameters">Parameters given with <c>--game</c>.</param>
/// <param name="Options">Options given with <c>--set</c>.</param>
/// <param name="Seed">Seed of the random mean fields.</param>
/// <param name="Threads">Worker threads, 1 to 256.</param>
/// <param name="Folder">The folder for the files, or <see langword="null"/> for none.</param>
/// <param name="AsJson">Whether standard output gets doctor.json instead of the report.</param>
internal sealed record DoctorRequest(
    string Game,
    IReadOnlyList<KeyValuePair<string, string>> GameParameters,
    IReadOnlyList<KeyValuePair<string, string>> Options,
    long Seed,
    int Threads,
    string? Folder,
    bool AsJson
);
