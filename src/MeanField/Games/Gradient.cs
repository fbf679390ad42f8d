namespace MeanField.Games;

/// <summary>Where a game lists the derivatives of a reward by shares of the population, in its own terms. Valid during one call.</summary>
/// <typeparam name="TState">The game's state type.</typeparam>
public readonly ref struct Gradient<TState>
    where TState : notnull
{
    private readonly GradientRow _row;
    private readonly Dictionary<TState, int> _indices;

    internal Gradient(GradientRow row, Dictionary<TState, int> indices)
    {
        _row = row;
        _indices = indices;
    }

    /// <summary>Adds the derivative by the share of the population in a state. Adding one state twice adds the derivatives.</summary>
    /// <param name="state">The state whose share is varied.</param>
    /// <param name="derivative">The derivative, a finite number.</param>
    /// <exception cref="KeyNotFoundException">The game has no such state.</exception>
    public void Add(TState state, double derivative) => _row.Add(_indices[state], derivative);
}
