using System.Globalization;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Sweeps;

/// <summary>Numbers written as <c>{from: A, to: B, count: N, scale: log}</c>: N of them from A to B, at equal distances or equal ratios. The ends are as they
/// are given, the others are rounded to six significant digits (ours), so that files and tables stay readable.</summary>
internal static class NumberRange
{
    private const int MostNumbers = 10_000;
    private static readonly string[] Keys = ["from", "to", "count", "scale"];

    /// <summary>The numbers as canonical text; none where something is wrong.</summary>
    /// <param name="node">A mapping.</param>
    /// <param name="refuse">Told what is wrong: the line, what was found and what is allowed.</param>
    public static IReadOnlyList<string> Read(YamlNode node, Action<long, string, string> refuse)
    {
        var isGood = true;
        foreach (var entry in node.Entries!.Where(entry => !Keys.Contains(entry.Key)))
        {
            Refuse(entry.Line, $"a range has no {Excerpt.Quoted(entry.Key)}", Suggestion.Allowed(entry.Key, Keys));
        }

        var from = Number("from");
        var to = Number("to");
        var count = Count();
        var isLogarithmic = Find("scale")?.Value.Text == "log";
        if (Find("scale") is { } scale && scale.Value.Text is not ("linear" or "log"))
        {
            Refuse(scale.Line, $"scale is {scale.Value.Kind}", "linear or log");
        }

        if (isGood && isLogarithmic && !(from > 0 && to > 0))
        {
            Refuse(
                node.Line,
                "a range on a scale of log that is not of positive numbers",
                "from and to greater than 0"
            );
        }

        return isGood ? [.. Numbers(from, to, count, isLogarithmic)] : [];

        YamlEntry? Find(string key) => node.Entries!.FirstOrDefault(entry => entry.Key == key);

        void Refuse(long line, string found, string allowed)
        {
            refuse(line, found, allowed);
            isGood = false;
        }

        double Number(string key)
        {
            var entry = Find(key);
            if (
                double.TryParse(entry?.Value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
            )
            {
                return number;
            }

            var found = entry is null ? $"a range without '{key}'" : $"{key} is {entry.Value.Kind}";
            Refuse(entry?.Line ?? node.Line, found, $"{key}: a finite number");
            return double.NaN;
        }

        int Count()
        {
            var entry = Find("count");
            if (
                int.TryParse(entry?.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 2 and <= MostNumbers
            )
            {
                return number;
            }

            var found = entry is null ? "a range without 'count'" : $"count is {entry.Value.Kind}";
            Refuse(entry?.Line ?? node.Line, found, $"count: a whole number from 2 to {MostNumbers}");
            return 0;
        }
    }

    private static IEnumerable<string> Numbers(double from, double to, int count, bool isLogarithmic)
    {
        for (var i = 0; i < count; i++)
        {
            var share = (double)i / (count - 1);
            var number =
                i == 0 ? from
                : i == count - 1 ? to
                : Rounded(isLogarithmic ? Geometric(from, to, share) : ((1 - share) * from) + (share * to));
            yield return number.ToString("R", CultureInfo.InvariantCulture);
        }
    }

    // The quotient of the ends may be out of range where they are not.
    private static double Geometric(double from, double to, double share) =>
        Math.Exp(((1 - share) * Math.Log(from)) + (share * Math.Log(to)));

    private static double Rounded(double number) =>
        double.Parse(number.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
