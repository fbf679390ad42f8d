using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MeanField.Experiments.Reports;

/// <summary>
/// Collects markup that is both HTML and well-formed XML. The literal parts of a written string are markup; every value put
/// into it is escaped, so text from files can never become markup. Numbers are coordinates: invariant, at most two decimals;
/// numbers for people come as text from <see cref="DisplayNumber"/>. Not safe for use from several threads at once.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Writes one line of markup with escaped values.</summary>
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup) => _text.Append('\n');

    /// <summary>Writes text that is already markup.</summary>
    public void WriteMarkup(string markup) => _text.Append(markup);

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    /// <summary>Text as it may stand between tags and in quoted attributes. What XML forbids and what would change the reading
    /// direction of the page around it becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        AppendEscaped(escaped, text);
        return escaped.ToString();
    }

    private static void AppendEscaped(StringBuilder target, ReadOnlySpan<char> text)
    {
        Span<char> characters = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    target.Append("&amp;");
                    break;
                case '<':
                    target.Append("&lt;");
                    break;
                case '>':
                    target.Append("&gt;");
                    break;
                case '"':
                    target.Append("&quot;");
                    break;
                case '\'':
                    target.Append("&#39;");
                    break;
                default:
                    var shown = IsShown(rune) ? rune : Rune.ReplacementChar;
                    target.Append(characters[..shown.EncodeToUtf16(characters)]);
                    break;
            }
        }
    }

    private static bool IsShown(Rune rune) =>
        rune.Value is '\n' or '\t'
        || !(
            Rune.IsControl(rune)
            || rune.Value is 0xFFFE or 0xFFFF or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        );

    /// <summary>The interpolated string of <see cref="Write"/>; it appends straight to the writer.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        /// <summary>Called by the compiler.</summary>
        public Markup(int literalLength, int formattedCount, MarkupWriter writer)
        {
            _text = writer._text;
            _text.EnsureCapacity(_text.Length + literalLength + formattedCount);
        }

        /// <summary>Appends markup.</summary>
        public void AppendLiteral(string markup) => _text.Append(markup);

        /// <summary>Appends escaped text.</summary>
        public void AppendFormatted(string text) => AppendEscaped(_text, text);

        /// <summary>Appends a whole number.</summary>
        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>Appends a coordinate, rounded to two decimals.</summary>
        public void AppendFormatted(double coordinate) =>
            _text.Append(CultureInfo.InvariantCulture, $"{coordinate:0.##}");
    }
}
