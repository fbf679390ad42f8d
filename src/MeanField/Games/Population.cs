namespace MeanField.Games;

/// <summary>A mean field seen in a game's own terms: the share of the population in each state. A view, valid during one call.</summary>
/// <typeparam name="TState">The game's state type.</typeparam>
public readonly ref struct Population<TState>
    where TState : notnull
{
    private readonly ReadOnlySpan<double> _meanField;
    private readonly Dictionary<TState, int> _indices;

    internal Population(ReadOnlySpan<double> meanField, Dictionary<TState, int> indices, int here)
    {
        _meanField = meanField;
        _indices = indices;
        Here = meanField[here];
    }

    /// <summary>The share of the population in the state that is being asked about, 0 to 1.</summary>
    public double Here { get; }

    /// <summary>The share of the population in a state, 0 to 1.</summary>
    /// <exception cref="KeyNotFoundException">The game has no such state.</exception>
    public double this[TState state] => _meanField[_indices[state]];
}
