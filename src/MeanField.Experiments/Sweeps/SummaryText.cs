using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Solvers;

namespace MeanField.Experiments.Sweeps;

/// <summary>How tables of many runs say things.</summary>
internal static class SummaryText
{
    /// <summary>A proved upper end, rounded up to two digits.</summary>
    public static string Bound(double value) =>
        double.IsFinite(value)
            ? DisplayNumber.NotLess(value, 2).Replace("\u00A0×\u00A0", "·", StringComparison.Ordinal)
            : "no bound";

    /// <summary>A number to three digits.</summary>
    public static string Plain(double value) =>
        DisplayNumber.Nearest(value, 3).Replace("\u00A0×\u00A0", "·", StringComparison.Ordinal);

    /// <summary>How runs ended, each ending once with its count where there are several.</summary>
    public static string Endings(IReadOnlyList<RunRecord> records) =>
        string.Join(
            ", ",
            records
                .GroupBy(record => record.Status)
                .OrderBy(group => group.Key)
                .Select(group =>
                    group.Count() == records.Count ? group.Key.Text() : $"{group.Count()} {group.Key.Text()}"
                )
        );

    /// <summary>How a cell ended, or why there is no run of it, in a word.</summary>
    public static string Status(SweepOutcome outcome) =>
        outcome.Record is { } run ? run.Status.Text()
        : outcome.State == SweepState.Failed ? "failed"
        : "missing";

    /// <summary>How many cells there are, and how many of them ended how: one sentence.</summary>
    public static string Counts(IReadOnlyList<SweepOutcome> outcomes)
    {
        var counts = outcomes
            .GroupBy(Status, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{DisplayNumber.Count(group.Count())} {group.Key}");
        var cells = outcomes.Count == 1 ? "1 cell" : $"{DisplayNumber.Count(outcomes.Count)} cells";
        return $"{cells}: {string.Join(", ", counts)}.";
    }

    /// <summary>A text as it may stand in a cell of a Markdown table.</summary>
    public static string MarkdownCell(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
