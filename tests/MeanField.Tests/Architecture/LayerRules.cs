using System.Text.RegularExpressions;

namespace MeanField.Tests.Architecture;

/// <summary>Which folder of src/MeanField may use which; pure text rules, so that they can be tested on made-up sources.</summary>
internal static partial class LayerRules
{
    /// <summary>The layers, lowest first: a folder may use itself and those before it.</summary>
    public static readonly string[] Order =
    [
        "Numerics",
        "Parameters",
        "Games",
        "Tabular",
        "Markov",
        "Equilibrium",
        "Sampling",
        "Diagnostics",
        "Solvers",
    ];

    /// <summary>Beside the layers: one file per game, and nothing but what is needed to write a game.</summary>
    public const string Catalogue = "Catalogue";

    private static readonly string[] CatalogueMayUse = ["Numerics", "Parameters", "Games"];

    /// <summary>Every folder src/MeanField may have.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. Order, Catalogue];

    /// <summary>Whether sources in <paramref name="folder"/> may use namespace MeanField.<paramref name="used"/>.</summary>
    /// <remarks>The empty folder is src/MeanField itself: it lies below every layer and may use none.</remarks>
    public static bool MayUse(string folder, string used)
    {
        if (folder == used)
        {
            return true;
        }

        if (folder == Catalogue)
        {
            return CatalogueMayUse.Contains(used, StringComparer.Ordinal);
        }

        int user = Array.IndexOf(Order, folder);
        int target = Array.IndexOf(Order, used);
        return user >= 0 && target >= 0 && target < user;
    }

    /// <summary>The layers a source names in code; comments, and so crefs in documentation, do not count.</summary>
    /// <param name="code">The text of one source file.</param>
    /// <param name="typesOf">
    /// The type names a folder declares: <c>Solvers.X</c> reaches MeanField.Solvers from any MeanField namespace without a
    /// using line, but counts only if X is such a type, since a property may be called Parameters.
    /// </param>
    public static IReadOnlyList<string> Mentions(string code, Func<string, IReadOnlySet<string>> typesOf)
    {
        string text = Comment().Replace(code, " ");
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match match in Qualified().Matches(text))
        {
            found.Add(match.Groups["layer"].Value);
        }

        foreach (Match match in Relative().Matches(text))
        {
            string layer = match.Groups["layer"].Value;
            if (Folders.Contains(layer, StringComparer.Ordinal) && typesOf(layer).Contains(match.Groups["name"].Value))
            {
                found.Add(layer);
            }
        }

        found.IntersectWith(Folders);
        return [.. found];
    }

    /// <summary>Whether a source puts a MeanField namespace in reach of every other file of its project.</summary>
    public static bool HasGlobalUsing(string code) => GlobalUsing().IsMatch(Comment().Replace(code, " "));

    /// <summary>The file-scoped or block namespace a source declares, or null.</summary>
    public static string? DeclaredNamespace(string code)
    {
        Match match = NamespaceLine().Match(code);
        return match.Success ? match.Groups["name"].Value : null;
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"(?<![\w.])(global\s*::\s*)?MeanField\s*\.\s*(?<layer>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Qualified();

    [GeneratedRegex(
        @"(?<![\w.])(?<layer>[A-Z]\w*)\s*\.\s*(?<name>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Relative();

    [GeneratedRegex(
        @"^\s*global\s+using\s[^;]*\bMeanField\b",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(
        @"^\s*namespace\s+(?<name>[\w.]+)",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex NamespaceLine();
}
