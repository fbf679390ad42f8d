using System.Globalization;

namespace MeanField.Experiments.Runs;

/// <summary>What makes two runs the same. Threads, version and machine do not: they do not change the answer.</summary>
internal static class RunIdentity
{
    /// <summary>Options that say when a solve ends. A run may be continued with others.</summary>
    public static IReadOnlyList<string> Limits { get; } =
    ["outer-iterations", "sample-budget", "tolerance", "stall-after", "time-limit"];

    /// <summary>Everything that decides the answer.</summary>
    public static string Of(string gameHash, SolverRecord solver, long seed) =>
        Text(gameHash, solver.Name, solver.Options, seed);

    /// <summary>Everything that decides the way there: the limits are left out.</summary>
    public static string OfWay(string gameHash, SolverRecord solver, long seed) =>
        Text(
            gameHash,
            solver.Name,
            solver.Options.Where(option => !Limits.Contains(option.Key, StringComparer.Ordinal)),
            seed
        );

    private static string Text(
        string gameHash,
        string solver,
        IEnumerable<KeyValuePair<string, string>> options,
        long seed
    ) => string.Create(CultureInfo.InvariantCulture, $"{gameHash} {GameSpec.HashOf(solver, options)} {seed}");
}
