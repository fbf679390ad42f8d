namespace MeanField.Games;

/// <summary>
/// Collects the successors of one state-action pair. Owned and reused by whoever builds a kernel; a game only adds to it.
/// Not safe for use from several threads at once.
/// </summary>
public sealed class TransitionRow
{
    private readonly List<KeyValuePair<int, double>> _entries = [];

    /// <summary>The successors and probabilities in the order they were added, duplicates included.</summary>
    public IReadOnlyList<KeyValuePair<int, double>> Entries => _entries;

    /// <summary>Adds a successor. Nothing is checked here: all findings about a game are reported together when it is tabulated.</summary>
    /// <param name="successor">The next state, 0 to S − 1.</param>
    /// <param name="probability">Its probability, 0 to 1.</param>
    public void Add(int successor, double probability) => _entries.Add(new(successor, probability));

    /// <summary>Empties the row for the next pair.</summary>
    public void Clear() => _entries.Clear();
}
