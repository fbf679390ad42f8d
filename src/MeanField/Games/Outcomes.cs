namespace MeanField.Games;

/// <summary>Where a game lists the possible next states of a state-action pair, in its own terms. Valid during one call.</summary>
/// <typeparam name="TState">The game's state type.</typeparam>
public readonly ref struct Outcomes<TState>
    where TState : notnull
{
    private readonly TransitionRow _row;
    private readonly Dictionary<TState, int> _indices;

    internal Outcomes(TransitionRow row, Dictionary<TState, int> indices)
    {
        _row = row;
        _indices = indices;
    }

    /// <summary>Adds a next state with its probability. Adding one state twice adds the probabilities.</summary>
    /// <param name="next">The next state. One that the game does not list is reported as a finding when the game is tabulated.</param>
    /// <param name="probability">0 to 1; the probabilities of all outcomes must sum to one.</param>
    public void Add(TState next, double probability) => _row.Add(_indices.GetValueOrDefault(next, -1), probability);
}
