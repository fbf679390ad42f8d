using System.Globalization;
using MeanField.Equilibrium;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Experiments.Runs;

/// <summary>Compares a stored certificate with one recomputed from the same game, policy and mean field.</summary>
internal static class CertificateComparison
{
    private const double ProbabilityNoise = 1e-12;
    private const double RelativeNoise = 1e-12;

    /// <summary>
    /// How far apart the ends of two honest intervals can be, in the unit of exploitability. Both contain the true value, so their ends
    /// differ by no more than their widths and rounding; the width of the stored one is not trusted but bounded by what the certifier
    /// itself aims at, residuals of 1e-14 of the largest value V, each opening V̂ by 1/(1 − γ) of that.
    /// </summary>
    public static double Allowance(TabularGame game, ReadOnlySpan<double> meanField, Certificate recomputed)
    {
        var rewardScale = recomputed.Temperature * Math.Log(game.MaximumActionCount);
        foreach (var reward in FrozenMdp.Create(game, meanField).Rewards)
        {
            rewardScale = Math.Max(rewardScale, Math.Abs(reward));
        }

        var horizon = 1 / (1 - game.Discount);
        var widest = Math.Max(recomputed.Exploitability.Width, recomputed.RegularizedExploitability.Width);
        return widest + recomputed.RoundingSlack + (1e-13 * rewardScale * horizon * horizon);
    }

    /// <summary>Adds a sentence for everything in the stored certificate that the recomputed one does not bear out.</summary>
    /// <param name="place">Where the stored certificate stands.</param>
    /// <param name="stored">What is claimed.</param>
    /// <param name="recomputed">What is so.</param>
    /// <param name="allowance">See <see cref="Allowance"/>.</param>
    /// <param name="findings">Takes the sentences.</param>
    public static void AddFindings(
        string place,
        Certificate stored,
        Certificate recomputed,
        double allowance,
        List<string> findings
    )
    {
        AddFindings($"{place}.exploitability", stored.Exploitability, recomputed.Exploitability, allowance, findings);
        AddFindings(
            $"{place}.regularizedExploitability",
            stored.RegularizedExploitability,
            recomputed.RegularizedExploitability,
            allowance,
            findings
        );
        Compare(
            $"{place}.stationarityResidual",
            stored.StationarityResidual,
            recomputed.StationarityResidual,
            ProbabilityNoise,
            findings
        );
        Compare(
            $"{place}.entropyBiasBound",
            stored.EntropyBiasBound,
            recomputed.EntropyBiasBound,
            RelativeNoise * recomputed.EntropyBiasBound,
            findings
        );
        if (stored.RecurrentClasses != recomputed.RecurrentClasses)
        {
            findings.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{place}.recurrentClasses: found {stored.RecurrentClasses}; expected {recomputed.RecurrentClasses}"
                )
            );
        }

        // The slack depends on the values only through their size, so that it hardly moves; a factor of two is no honest difference.
        if (
            !(
                stored.RoundingSlack <= 2 * recomputed.RoundingSlack
                && stored.RoundingSlack >= recomputed.RoundingSlack / 2
            )
        )
        {
            findings.Add(
                $"{place}.roundingSlack: found {Text(stored.RoundingSlack)}; expected {Text(recomputed.RoundingSlack)} within a factor of 2"
            );
        }
    }

    private static void AddFindings(
        string place,
        Interval stored,
        Interval recomputed,
        double allowance,
        List<string> findings
    )
    {
        if (stored.Lower > recomputed.Upper || stored.Upper < recomputed.Lower)
        {
            findings.Add(
                $"{place}: found {Text(stored)}; expected an interval that meets the recomputed {Text(recomputed)}"
            );
            return;
        }

        Compare($"{place}.lower", stored.Lower, recomputed.Lower, allowance, findings);
        Compare($"{place}.upper", stored.Upper, recomputed.Upper, allowance, findings);
    }

    private static void Compare(string place, double stored, double recomputed, double allowance, List<string> findings)
    {
        // Two infinities are the same, though their difference is not a number.
        if (stored != recomputed && !(Math.Abs(stored - recomputed) <= allowance))
        {
            findings.Add($"{place}: found {Text(stored)}; expected {Text(recomputed)} within {Text(allowance)}");
        }
    }

    private static string Text(Interval interval) => $"[{Text(interval.Lower)}, {Text(interval.Upper)}]";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
