namespace MeanField.Experiments.Formats;

/// <summary>Cells of comma-separated tables.</summary>
internal static class CsvText
{
    /// <summary>A text as one cell, in quotes where it needs them (RFC 4180).</summary>
    public static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
