namespace MeanField.Games;

/// <summary>A game that is not a mean-field game: all findings together.</summary>
public sealed class InvalidGameException : Exception
{
    private const int FindingsShown = 10;

    /// <summary>Creates the exception from everything that was found, at least one finding.</summary>
    public InvalidGameException(IReadOnlyList<GameFinding> findings)
        : base(Describe(findings)) => Findings = findings;

    /// <summary>Creates the exception with no findings.</summary>
    public InvalidGameException() { }

    /// <summary>Creates the exception with a message only.</summary>
    public InvalidGameException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a message and its cause.</summary>
    public InvalidGameException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Everything that is wrong. The message shows the first ten and counts the rest.</summary>
    public IReadOnlyList<GameFinding> Findings { get; } = [];

    private static string Describe(IReadOnlyList<GameFinding> findings)
    {
        var shown = string.Join("; ", findings.Take(FindingsShown));
        return findings.Count <= FindingsShown ? shown : $"{shown}; and {findings.Count - FindingsShown} more";
    }
}
