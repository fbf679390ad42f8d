namespace MeanField.Experiments.Comparisons;

/// <summary>
/// A number that Bench-MFG publishes: the mean final exploitability over four seeds and the mean run time, as committed there on 2026-05-03 under
/// <c>src/results</c> (<see href="https://github.com/lorenzomagnino/Bench-MFG"/>).
/// </summary>
/// <remarks>Their metric truncates values at 99 steps and moves the population 50 steps in single precision, with transition probabilities rounded to
/// 1/64 or 1/100; ours is exact, certified and in double precision. Hardware is not stated there.</remarks>
/// <param name="Game">The catalogue name here.</param>
/// <param name="Method">Their name of the method.</param>
/// <param name="Exploitability">The mean final exploitability.</param>
/// <param name="Seconds">The mean run time.</param>
public sealed record PublishedResult(string Game, string Method, double Exploitability, double Seconds)
{
    private static readonly string[] Methods =
    [
        "pure FP",
        "damped FP",
        "fict. play",
        "OMD",
        "PI",
        "smooth PI",
        "Boltzmann PI",
        "MF-PSO",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublishedResult> All { get; } =
    [
        .. Row(
            "no-interaction-chain",
            [0, 0, 0.0086, 0, 0, 0, 0.332, -8e-5],
            [1.1, 1.1, 7.9, 0.6, 0.25, 0.28, 0.28, 0.89]
        ),
        .. Row("contraction", [12.0, 0, 0, 0, 12.0, 0, 12.1, -6e-6], [0.31, 0.32, 7.6, 0.27, 0.29, 0.34, 0.30, 0.49]),
        .. Row(
            "two-bars",
            [8e-6, 8e-6, 0.050, 8e-6, 8e-6, 8e-6, 8e-6, 1e-5],
            [0.42, 0.45, 8.0, 0.44, 0.43, 0.48, 0.44, 1.7]
        ),
        .. Row(
            "lasry-lions",
            [317, 189, 4.60, 3.0e-4, 560, 138, 429, 2.79],
            [0.27, 0.28, 5.8, 0.28, 0.28, 0.31, 0.30, 1.2]
        ),
        .. Row(
            "four-rooms",
            [223, 207, 0.649, 2.07e-3, 219, 205, 195, 0.757],
            [0.67, 0.69, 6.1, 0.66, 0.67, 0.71, 0.66, 38]
        ),
        .. Row(
            "rock-paper-scissors",
            [9.00, 9.00, 0.488, 0.0104, 9.00, 9.00, 4.7e-7, 9.7e-4],
            [0.33, 0.32, 7.9, 0.30, 0.30, 0.35, 0.30, 0.40]
        ),
        .. Row("sis", [27.0, 10.0, 9.94, 0, 27.0, 10.0, 14.3, 0.051], [0.57, 0.57, 7.8, 0.79, 0.57, 0.60, 0.55, 10]),
        .. Row("kinetic-congestion", [0, 0, 0.046, 0, 0, 0, 0.74, 0.0045], [1.8, 1.9, 9.3, 1.8, 1.6, 2.1, 1.8, 166]),
    ];

    /// <summary>The result with the least exploitability for a game; the quickest of those; <see langword="null"/> where nothing is published.</summary>
    public static PublishedResult? BestFor(string game) =>
        All.Where(result => result.Game == game)
            .OrderBy(result => Math.Max(0, result.Exploitability))
            .ThenBy(result => result.Seconds)
            .FirstOrDefault();

    private static IEnumerable<PublishedResult> Row(string game, double[] exploitabilities, double[] seconds) =>
        Methods.Select((method, at) => new PublishedResult(game, method, exploitabilities[at], seconds[at]));
}
