namespace MeanField.Cli;

/// <summary>What the user asked <c>compare</c> to do.</summary>
/// <param name="Games">Catalogue names or files; none for the whole catalogue.</param>
/// <param name="Solvers">Catalogue names; none for the whole catalogue.</param>
/// <param name="Seeds">Seeds.</param>
/// <param name="GameParameters">Parameters given with <c>--game</c>.</param>
/// <param name="SolverOptions">Options given with <c>--set</c>.</param>
/// <param name="TimeLimit">Seconds a solve, 0 for no limit.</param>
/// <param name="Threads">Solves at once.</param>
/// <param name="Folder">The folder for the results.</param>
internal sealed record CompareRequest(
    IReadOnlyList<string> Games,
    IReadOnlyList<string> Solvers,
    IReadOnlyList<long> Seeds,
    IReadOnlyList<KeyValuePair<string, string>> GameParameters,
    IReadOnlyList<KeyValuePair<string, string>> SolverOptions,
    double TimeLimit,
    int Threads,
    string Folder
);
