using MeanField.Equilibrium;
using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Reports;

/// <summary>What is proved about the policy and the mean field of a run, row by row and in plain language.</summary>
internal static class CertificateTable
{
    /// <summary>Writes the section.</summary>
    public static void Write(MarkupWriter page, RunRecord record)
    {
        page.Write($"<section class=\"card\" id=\"certificate\"><h2>Certificate</h2>");
        WriteWarning(page, record.Certificate.RecurrentClasses);
        page.Write(
            $"<table><caption>Proved from the game, the policy and the mean field alone, rounding errors included; printed ends are rounded outwards</caption>"
        );
        page.Write($"<thead><tr><th scope=\"col\">What is proved</th><th scope=\"col\">Value</th></tr></thead><tbody>");
        foreach (var (nameMarkup, value, meaning) in Rows(record.Certificate))
        {
            WriteRow(page, nameMarkup, value);
            page.Write($"<tr class=\"meaning\"><td colspan=\"2\">{meaning}</td></tr>");
        }

        page.Write($"</tbody></table>");
        if (record.LastCertificate != record.Certificate)
        {
            WriteShort(
                page,
                $"The last iterate, k = {DisplayNumber.Count(record.Iterations)}. The certificate above is that of the best one, k = {DisplayNumber.Count(record.BestIteration)}, whose policy and mean field this page shows",
                record.LastCertificate
            );
        }

        if (record.Mixture is { } mixture)
        {
            WriteMixture(page, mixture);
        }

        page.Write(
            $"<p>To check the certificate again from the files of this run alone, with FOLDER the folder that holds this page:</p>"
        );
        page.Write($"<pre><code>meanfield certify FOLDER</code></pre>");
        page.Write(
            $"<p class=\"note\">The certified curves above were proved while the run went on; the command checks the stored iterates only. Everything else on this page is not proved: the population change, the arrows and the shares are numbers as computed, and times are measurements. Where the stationarity residual is not 0, the mean field is an estimate of the policy's long-run crowd.</p></section>"
        );
    }

    private static (string NameMarkup, string Value, string Meaning)[] Rows(Certificate certificate) =>
        [
            (
                "Exploitability φ",
                DisplayNumber.Enclosure(certificate.Exploitability),
                "The average total discounted reward that one person gains by switching to the best policy while everybody else keeps to this one. The true value lies in this interval; 0 is an equilibrium."
            ),
            (
                $"Regularised exploitability φ<sub>η</sub> at temperature η = {DisplayNumber.Nearest(certificate.Temperature, 6)}",
                DisplayNumber.Enclosure(certificate.RegularizedExploitability),
                "The same for the game in which random behaviour is rewarded by η times its entropy. This is what the solver drives to 0; a run has converged when the upper end is at most the tolerance."
            ),
            (
                "Stationarity residual ‖μ − μP‖<sub>1</sub>",
                $"≤ {DisplayNumber.NotLess(certificate.StationarityResidual)}",
                "How far the mean field moves in one step of the policy, 0 to 2. Both exploitabilities are proved for this mean field; at 0 it is exactly the crowd that the policy keeps up."
            ),
            (
                "Recurrent classes",
                DisplayNumber.Count(certificate.RecurrentClasses),
                "The sets of states that the policy, once in, never leaves. With exactly one the long-run crowd is unique."
            ),
            (
                "Entropy-bias bound η log(max A) / (1 − γ)",
                $"≤ {DisplayNumber.NotLess(certificate.EntropyBiasBound)}",
                "What the entropy reward can cost at most: at an exact regularised equilibrium the exploitability φ lies between 0 and this."
            ),
            (
                "Rounding slack",
                $"≤ {DisplayNumber.NotLess(certificate.RoundingSlack)}",
                "The part of the intervals that allows for the rounding errors of the certificate's own arithmetic."
            ),
        ];

    private static void WriteWarning(MarkupWriter page, int recurrentClasses)
    {
        if (recurrentClasses != 1)
        {
            page.Write(
                $"<p class=\"warning\"><strong>Warning.</strong> The policy has {DisplayNumber.Count(recurrentClasses)} recurrent classes, so the long-run crowd depends on where it starts. The intervals hold for the stored mean field only; another long-run crowd of the same policy may be more exploitable.</p>"
            );
        }
    }

    private static void WriteMixture(MarkupWriter page, MixtureRecord mixture)
    {
        page.Write(
            $"<table><caption>The mixture of the {DisplayNumber.Count(mixture.Members)} policies of the last outer iteration: each player draws one of them and keeps it for life. The paper's sample bounds are about this mixture. Exploitability is at the mean field the policies were found at</caption>"
        );
        page.Write($"<thead><tr><th scope=\"col\">What is proved</th><th scope=\"col\">Value</th></tr></thead><tbody>");
        WriteRow(page, "Exploitability φ", DisplayNumber.Enclosure(mixture.Exploitability));
        WriteRow(
            page,
            "Regularised exploitability φ<sub>η</sub>",
            DisplayNumber.Enclosure(mixture.RegularizedExploitability)
        );
        WriteRow(page, "Value there, as computed", DisplayNumber.Nearest(mixture.Value, 6));
        WriteRow(page, "Regularised value, as computed", DisplayNumber.Nearest(mixture.RegularizedValue, 6));
        page.Write($"</tbody></table>");
        WriteShort(
            page,
            "The mixture's Markov policy, which weights each member's choices by how often it visits a state, at its own stationary law",
            mixture.MarkovCertificate
        );
    }

    private static void WriteShort(MarkupWriter page, string caption, Certificate certificate)
    {
        page.Write($"<table><caption>{caption}</caption>");
        page.Write($"<thead><tr><th scope=\"col\">What is proved</th><th scope=\"col\">Value</th></tr></thead><tbody>");
        foreach (var (nameMarkup, value, _) in Rows(certificate).Take(4))
        {
            WriteRow(page, nameMarkup, value);
        }

        page.Write($"</tbody></table>");
    }

    private static void WriteRow(MarkupWriter page, string nameMarkup, string value)
    {
        page.WriteMarkup($"<tr><th scope=\"row\">{nameMarkup}</th>");
        page.Write($"<td>{value}</td></tr>");
    }
}
