namespace MeanField.Games;

/// <summary>One thing wrong with a game.</summary>
/// <param name="Place">Where: the state and, if it matters, the action, by name.</param>
/// <param name="Found">What was found, with the offending number.</param>
/// <param name="Allowed">What is allowed, with the tolerance.</param>
public sealed record GameFinding(string Place, string Found, string Allowed)
{
    /// <summary>The finding as one sentence.</summary>
    public override string ToString() => $"{Place}: {Found}; allowed: {Allowed}";
}
