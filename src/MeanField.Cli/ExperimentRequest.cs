namespace MeanField.Cli;

/// <summary>What the user asked <c>experiment</c> to do.</summary>
/// <param name="Name">The name of an experiment, or <c>all</c>.</param>
/// <param name="IsQuick">Whether the small ones are run.</param>
/// <param name="Games">Games in place of the experiment's own; none to keep them.</param>
/// <param name="Threads">Solves at once, 1 to 256.</param>
/// <param name="Folder">The folder for the results, one within for each experiment.</param>
internal sealed record ExperimentRequest(
    string Name,
    bool IsQuick,
    IReadOnlyList<string> Games,
    int Threads,
    string Folder
);
