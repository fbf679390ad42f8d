namespace MeanField.Experiments.Formats;

/// <summary>Finds the name that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>The allowed names in words, with a "did you mean" in front when one is within two edits of what was found.</summary>
    public static string Allowed(string found, IEnumerable<string> names)
    {
        var all = names.ToList();
        var nearest = all.Select(name => (Name: name, Edits: Edits(found, name))).MinBy(pair => pair.Edits);
        var isNear = nearest.Name is not null && nearest.Edits <= 2 && nearest.Edits < nearest.Name.Length;
        return string.Join(", ", all) + (isNear ? $" (did you mean '{nearest.Name}'?)" : "");
    }

    // Levenshtein distance by the two-row recurrence. Long texts are never near a name, and are not worth the time.
    private static int Edits(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 2)
        {
            return int.MaxValue;
        }

        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var current = new int[to.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var isSame = char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]);
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (isSame ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
