using System.Text;

namespace MeanField.Cli;

/// <summary>Breaks text into lines at spaces.</summary>
internal static class TextLayout
{
    /// <summary>Appends text, broken so that no line is wider than <paramref name="width"/> unless a single word is.</summary>
    /// <param name="builder">Where to append.</param>
    /// <param name="lead">What comes before the first word; it counts towards the width.</param>
    /// <param name="indent">Spaces before each later line.</param>
    /// <param name="text">Words separated by spaces.</param>
    /// <param name="width">The widest line.</param>
    public static void Wrap(StringBuilder builder, string lead, int indent, string text, int width)
    {
        builder.Append(lead);
        var column = lead.Length;
        var isFirst = true;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isFirst && column + 1 + word.Length > width)
            {
                builder.AppendLine().Append(' ', indent);
                column = indent;
                isFirst = true;
            }

            if (!isFirst)
            {
                builder.Append(' ');
                column++;
            }

            builder.Append(word);
            column += word.Length;
            isFirst = false;
        }

        builder.AppendLine();
    }
}
