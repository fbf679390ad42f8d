namespace MeanField.Games;

/// <summary>A game written in its own terms that also says how its rewards change with the population.</summary>
/// <typeparam name="TState">A state: an immutable value with equality.</typeparam>
/// <typeparam name="TAction">An action.</typeparam>
public abstract class DifferentiableGame<TState, TAction> : MeanFieldGame<TState, TAction>, IRewardDerivative
    where TState : notnull
{
    /// <inheritdoc />
    public void AddRewardDerivatives(int state, int action, ReadOnlySpan<double> meanField, GradientRow gradient)
    {
        var here = StateAt(state);
        var population = new Population<TState>(meanField, Indices, state);
        AddRewardDerivatives(here, ActionAt(state, action), population, new Gradient<TState>(gradient, Indices));
    }

    /// <summary>Lists the non-zero derivatives of r(s, a, μ) by the shares of the population, taken as free variables.</summary>
    protected abstract void AddRewardDerivatives(
        TState state,
        TAction action,
        Population<TState> population,
        Gradient<TState> gradient
    );
}
