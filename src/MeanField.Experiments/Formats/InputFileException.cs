using System.Globalization;

namespace MeanField.Experiments.Formats;

/// <summary>A file that cannot be used: its one-line message names the file, the line and the key where they are known, what was found
/// and what is allowed.</summary>
public sealed class InputFileException : Exception
{
    private const int MostShown = 8;

    /// <summary>Creates the exception with a complete, one-line message.</summary>
    public InputFileException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a complete, one-line message and the error that led to it.</summary>
    public InputFileException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception with no message of its own.</summary>
    public InputFileException() { }

    /// <summary>Several findings in one message: the first ones, and how many more there are.</summary>
    internal static InputFileException Of(IReadOnlyList<string> findings)
    {
        var shown = findings.Distinct(StringComparer.Ordinal).Take(MostShown).ToList();
        var more =
            findings.Count > MostShown
                ? $"; and {string.Create(CultureInfo.InvariantCulture, $"{findings.Count - MostShown}")} more"
                : "";
        return new InputFileException(string.Join("; ", shown) + more);
    }

    internal static InputFileException At(
        string file,
        string found,
        string allowed,
        long? line = null,
        string? key = null,
        Exception? cause = null
    ) => new(Sentence(file, found, allowed, line, key), cause!);

    internal static string Sentence(string file, string found, string allowed, long? line = null, string? key = null)
    {
        var atLine = line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "";
        var atKey = key is null ? "" : $", {Excerpt.Quoted(key)}";
        return $"{Excerpt.Plain(file, maximumLength: 400)}{atLine}{atKey}: {found}; allowed: {allowed}";
    }
}
