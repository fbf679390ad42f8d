using System.Globalization;
using System.Text;

namespace MeanField.Experiments.Reports;

/// <summary>How series of charts are told apart: the colours of Okabe and Ito, then the same with other dashes and marks.</summary>
internal static class SeriesStyle
{
    /// <summary>How many styles differ.</summary>
    public const int Count = 21;

    private static readonly string[] Colors =
    [
        "#0072b2",
        "#d55e00",
        "#009e73",
        "#cc79a7",
        "#e69f00",
        "#56b4e9",
        "#7a6a00",
    ];
    private static readonly string[] Dashes = ["none", "7 4", "2 3"];

    /// <summary>The rules for styles 0 to <paramref name="count"/> − 1; later ones repeat.</summary>
    public static string Css(int count)
    {
        var css = new StringBuilder(
            ".wide-table { overflow-x: auto; }\n.cells table { font-size: 0.88rem; }\n.cells th, .cells td { white-space: nowrap; }\n"
        );
        for (var i = 0; i < Math.Min(count, Count); i++)
        {
            var color = Colors[i % Colors.Length];
            css.Append(
                CultureInfo.InvariantCulture,
                $".line-{i} {{ fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke: {color}; stroke-dasharray: {Dashes[i / Colors.Length]}; }}\n.mark-{i} {{ fill: {color}; }}\n.bar-{i} {{ fill: none; stroke-width: 1.4; stroke: {color}; }}\n"
            );
        }

        return css.ToString();
    }
}
