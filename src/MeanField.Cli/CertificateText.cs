using System.Text;
using MeanField.Equilibrium;
using MeanField.Experiments.Reports;

namespace MeanField.Cli;

/// <summary>A certificate as lines of text; intervals are rounded outwards, so that what is printed is proved as well.</summary>
internal static class CertificateText
{
    private const int ValueColumn = 34;

    /// <summary>Appends the certificate, one fact a line.</summary>
    public static void Append(StringBuilder text, Certificate certificate)
    {
        AppendFact(text, "Exploitability", DisplayNumber.Enclosure(certificate.Exploitability));
        AppendFact(
            text,
            $"Regularised (temperature {DisplayNumber.Nearest(certificate.Temperature, 6)})",
            DisplayNumber.Enclosure(certificate.RegularizedExploitability)
        );
        AppendFact(text, "Stationarity residual", $"at most {DisplayNumber.NotLess(certificate.StationarityResidual)}");
        var classes = DisplayNumber.Count(certificate.RecurrentClasses);
        AppendFact(
            text,
            "Recurrent classes",
            certificate.RecurrentClasses == 1 ? classes : $"{classes}: the policy's long-run crowd is not unique"
        );
    }

    /// <summary>Appends one line: a name and its value.</summary>
    public static void AppendFact(StringBuilder text, string name, string value) =>
        text.Append("  ").Append(name.PadRight(ValueColumn - 2)).AppendLine(value);
}
