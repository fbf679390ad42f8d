using System.Text;
using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Cli;

/// <summary>The command <c>certify</c>.</summary>
internal static class CertifyCommand
{
    /// <summary>Recomputes the certificate of a stored run from its files and says whether the stored one holds.</summary>
    public static int Run(string folder, CommandConsole console)
    {
        var outcome = console.WaitFor(() => RunCertification.Check(folder));
        var width = console.Width() - 1;
        var text = new StringBuilder();
        if (outcome.Recomputed is { } recomputed)
        {
            TextLayout.Wrap(
                text,
                "",
                0,
                $"Recomputed from the game in {RunFiles.Record}, {RunFiles.Policy} and {RunFiles.MeanField}, trusting no stored number:",
                width
            );
            text.AppendLine();
            CertificateText.Append(text, recomputed);
            text.AppendLine();
        }

        foreach (var finding in outcome.Findings)
        {
            TextLayout.Wrap(text, "  Wrong: ", 9, finding, width);
        }

        TextLayout.Wrap(text, outcome.Findings.Count > 0 ? "\n" : "", 0, Verdict(outcome), width);
        console.Out.Write(text);
        return outcome.Holds ? ExitCode.Success : ExitCode.InvalidInput;
    }

    private static string Verdict(CertificationOutcome outcome)
    {
        if (!outcome.Holds)
        {
            return "DOES NOT HOLD: this folder is not what its run.json says it is.";
        }

        var status = outcome.Stored.Status;
        return status.IsSuccess()
            ? "Holds: the stored certificate is confirmed, and the run converged."
            : $"Holds: the stored certificate is confirmed. But the run did NOT converge ({status.Text()}): {outcome.Stored.Explanation}";
    }
}
