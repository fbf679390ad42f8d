using System.Globalization;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Sweeps;

/// <summary>Seeds as text: whole numbers and ranges such as <c>0..9</c>, with commas between.</summary>
public static class SeedList
{
    /// <summary>Seeds at most.</summary>
    public const int Most = 100_000;

    /// <summary>Reads seeds, each once.</summary>
    /// <returns>The seeds, or <see langword="null"/> where a part of the text is no seed and no range, which is then in <paramref name="part"/>.</returns>
    public static IReadOnlyList<long>? TryRead(string text, out string part)
    {
        var seeds = new List<long>();
        foreach (var current in text.Split(','))
        {
            part = current.Trim();
            var ends = part.Split("..");
            var isRange =
                ends.Length is 1 or 2
                & long.TryParse(ends[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first)
                & long.TryParse(ends[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last);
            if (!isRange || last < first || (Int128)last - first >= Most || seeds.Count >= Most)
            {
                return null;
            }

            for (var seed = first; ; seed++)
            {
                seeds.Add(seed);
                if (seed == last)
                {
                    break;
                }
            }
        }

        part = "";
        return [.. seeds.Distinct()];
    }

    /// <summary>Reads the value of <c>seeds</c> in a sweep file, where one number says how many.</summary>
    internal static IReadOnlyList<long> Read(YamlEntry entry, Action<long, string?, string, string> refuse)
    {
        const string Allowed = "how many (10), a list ([3, 5]) or a range (5..9)";
        var text = entry.Value.Text;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= Most
        )
        {
            return [.. Enumerable.Range(0, count).Select(seed => (long)seed)];
        }

        var isRange = text?.Contains("..", StringComparison.Ordinal) == true || text?.Contains(',') == true;
        var all = entry.Value.Items?.All(item => item.Text is not null) == true && entry.Values.Count > 0;
        var joined =
            isRange ? text!
            : all ? string.Join(',', entry.Values)
            : null;
        if (joined is not null && TryRead(joined, out _) is { } seeds)
        {
            return seeds;
        }

        refuse(entry.Line, entry.Key, $"found {entry.Value.Kind}", $"{Allowed}, at most {Most}");
        return [0];
    }
}
