namespace MeanField.Cli;

/// <summary>What the user asked <c>solve</c> to do; <see langword="null"/> is what was not given.</summary>
/// <param name="Game">A catalogue name or a file.</param>
/// <param name="Solver">A catalogue name.</param>
/// <param name="GameParameters">Parameters given with <c>--game</c>.</param>
/// <param name="SolverOptions">Options given with <c>--set</c>.</param>
/// <param name="Seed">Seed of the random numbers.</param>
/// <param name="Threads">Worker threads, 1 to 256.</param>
/// <param name="Folder">The folder for the results.</param>
/// <param name="Resume">The folder of the run to go on with.</param>
/// <param name="CheckpointSeconds">Least seconds between two checkpoints; 0 for none.</param>
/// <param name="Reference">The folder of a run of the same game that the trace measures distances to.</param>
/// <param name="WritesEvents">Whether the trace also becomes an event file for TensorBoard while it grows.</param>
/// <param name="AsJson">Whether standard output gets run.json instead of the summary.</param>
internal sealed record SolveRequest(
    string? Game,
    string? Solver,
    IReadOnlyList<KeyValuePair<string, string>> GameParameters,
    IReadOnlyList<KeyValuePair<string, string>> SolverOptions,
    long? Seed,
    int? Threads,
    string? Folder,
    string? Resume,
    double CheckpointSeconds,
    string? Reference,
    bool WritesEvents,
    bool AsJson
);
