using System.Globalization;
using System.Text;

namespace MeanField.Catalogue;

/// <summary>Text that was found where it is not allowed, as it may stand in a one-line message.</summary>
internal static class FoundText
{
    private const int LongestShown = 60;

    /// <summary>The text in quotes, shortened, with line ends and whatever cannot be printed as <c>\uXXXX</c>.</summary>
    public static string Quoted(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var character in text.Length <= LongestShown ? text : text[..(LongestShown - 3)])
        {
            var isPrintable =
                char.IsLetterOrDigit(character)
                || char.IsPunctuation(character)
                || char.IsSymbol(character)
                || character == ' ';
            shown.Append(
                isPrintable
                    ? character.ToString()
                    : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}")
            );
        }

        return shown.Append(text.Length <= LongestShown ? "'" : "...'").ToString();
    }
}
