using System.Globalization;
using MeanField.Equilibrium;
using MeanField.Tabular;

namespace MeanField.Experiments.Runs;

/// <summary>A policy and a mean field as a run stores them, and what it claims of them.</summary>
/// <param name="Place">Where the certificate stands in run.json.</param>
/// <param name="Policy">Where the policy is from.</param>
/// <param name="MeanField">Where the mean field is from.</param>
/// <param name="Stored">The certificate that is claimed.</param>
internal sealed record StoredPair(string Place, string Policy, string MeanField, Certificate Stored)
{
    // Exploitability counts at the policy's own stationary law. At another mean field a best response to it would pass as an equilibrium.
    private const double LawTolerance = 1e-7;

    /// <summary>Certifies the pair and adds a sentence for all that the claim does not have right.</summary>
    /// <param name="game">The game.</param>
    /// <param name="probabilities">π, one probability a pair.</param>
    /// <param name="meanField">μ by state.</param>
    /// <param name="temperature">η.</param>
    /// <param name="findings">Takes the sentences.</param>
    /// <returns>The certificate, and how far from it an honest one may be; <see langword="null"/> where the two are no policy and mean field.</returns>
    public (Certificate Certificate, double Allowance)? Recompute(
        TabularGame game,
        double[] probabilities,
        double[] meanField,
        double temperature,
        List<string> findings
    )
    {
        Tabular.Policy policy;
        Certificate certificate;
        try
        {
            policy = Tabular.Policy.Create(game, probabilities);
            certificate = Certifier.Certify(game, policy, meanField, temperature);
        }
        catch (ArgumentException e)
        {
            findings.Add($"{Policy}, {MeanField}: {e.Message}");
            return null;
        }

        if (!(certificate.StationarityResidual <= Certificate.StationarityTolerance))
        {
            findings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{MeanField}: found a residual of {certificate.StationarityResidual:R} under {Policy}; expected its stationary law, with at most {Certificate.StationarityTolerance:R}"
                )
            );
        }

        // Where the chain mixes slowly a small residual says little: the law itself is found again.
        var law = Certifier.StationaryLawOf(game, policy, meanField);
        var distance = law.Zip(meanField, (left, right) => Math.Abs(left - right)).Sum();
        if (!(distance <= LawTolerance))
        {
            findings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{MeanField}: found at distance {distance:R} from the stationary law of {Policy}; expected at most {LawTolerance:R}"
                )
            );
        }

        var allowance = CertificateComparison.Allowance(game, meanField, certificate);
        CertificateComparison.AddFindings($"{RunFiles.Record}, {Place}", Stored, certificate, allowance, findings);
        return (certificate, allowance);
    }
}
