using System.Globalization;
using System.Text;

namespace MeanField.Experiments.Formats;

/// <summary>Text from a file as it may stand in a one-line message: shortened, with everything unprintable spelled out.</summary>
internal static class Excerpt
{
    private const int MaximumLength = 60;

    public static string Quoted(string text) => $"'{Plain(text)}'";

    public static string Quoted(ReadOnlySpan<byte> bytes) =>
        Quoted(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MaximumLength + 1)]));

    public static string Plain(string text, int maximumLength = MaximumLength)
    {
        var isLong = text.Length > maximumLength;
        var shown = new StringBuilder();
        foreach (var rune in text.AsSpan(0, isLong ? maximumLength - 3 : text.Length).EnumerateRunes())
        {
            var isPrintable =
                Rune.GetUnicodeCategory(rune)
                is not (
                    UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
                    or UnicodeCategory.Surrogate
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.OtherNotAssigned
                );
            shown.Append(
                isPrintable ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}")
            );
        }

        return isLong ? shown.Append("...").ToString() : shown.ToString();
    }
}
