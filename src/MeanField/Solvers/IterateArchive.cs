using MeanField.Equilibrium;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>Puts iterates into archives and takes them out.</summary>
internal static class IterateArchive
{
    /// <summary>An iterate of a game, or none.</summary>
    /// <returns>The iterate read; when writing the one given.</returns>
    public static Iterate? Exchange(StateArchive archive, string name, TabularGame game, Iterate? iterate)
    {
        if (!archive.Value(name, iterate is not null))
        {
            return null;
        }

        var policy = iterate?.Policy.Probabilities.ToArray() ?? new double[game.PairCount];
        var meanField = iterate?.MeanField.ToArray() ?? new double[game.StateCount];
        var number = archive.Value("iteration", iterate?.Iteration ?? 0);
        archive.Numbers("policy", policy.AsSpan());
        archive.Numbers("meanField", meanField.AsSpan());
        var certificate = iterate?.Certificate;
        var read = new Certificate
        {
            Exploitability = archive.Value("exploitability", certificate?.Exploitability ?? default),
            RegularizedExploitability = archive.Value(
                "regularizedExploitability",
                certificate?.RegularizedExploitability ?? default
            ),
            Temperature = archive.Value("temperature", certificate?.Temperature ?? 0),
            StationarityResidual = archive.Value("stationarityResidual", certificate?.StationarityResidual ?? 0),
            RecurrentClasses = archive.Value("recurrentClasses", certificate?.RecurrentClasses ?? 0),
            EntropyBiasBound = archive.Value("entropyBiasBound", certificate?.EntropyBiasBound ?? 0),
            RoundingSlack = archive.Value("roundingSlack", certificate?.RoundingSlack ?? 0),
        };
        return iterate ?? new Iterate(number, Policy.OfPairs(policy), meanField, read);
    }
}
