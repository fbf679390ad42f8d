using System.Globalization;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>A cell of a table: with all its digits for files, and as people like to read it.</summary>
/// <param name="Exact">The text in files.</param>
/// <param name="Shown">The text on pages.</param>
internal readonly record struct StudyCell(string Exact, string Shown)
{
    /// <summary>A text.</summary>
    public static implicit operator StudyCell(string text) => new(text, text);

    /// <summary>A number, shown with three digits; nothing where there is none.</summary>
    public static implicit operator StudyCell(double number) =>
        new(
            double.IsNaN(number) ? "" : Text(number),
            double.IsNaN(number) ? ""
                : double.IsFinite(number) ? DisplayNumber.Nearest(number, 3)
                : "infinite"
        );

    /// <summary>A proved upper end, shown rounded up.</summary>
    public static StudyCell Bound(double number) => new(Text(number), SummaryText.Bound(number));

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
