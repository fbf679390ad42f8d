namespace MeanField.Games;

/// <summary>
/// Collects the derivatives of the reward of one state-action pair by shares of the population. Owned and reused by whoever asks; a game only
/// adds to it. Not safe for use from several threads at once.
/// </summary>
public sealed class GradientRow
{
    private readonly List<KeyValuePair<int, double>> _entries = [];

    /// <summary>States and derivatives in the order they were added, duplicates included.</summary>
    public IReadOnlyList<KeyValuePair<int, double>> Entries => _entries;

    /// <summary>Adds ∂r/∂μ(<paramref name="state"/>).</summary>
    /// <param name="state">The state whose share is varied, 0 to S − 1.</param>
    /// <param name="derivative">The derivative, a finite number.</param>
    public void Add(int state, double derivative) => _entries.Add(new(state, derivative));

    /// <summary>Empties the row for the next pair.</summary>
    public void Clear() => _entries.Clear();
}
