namespace MeanField.Games;

/// <summary>
/// What a game may offer beside <see cref="IMeanFieldGame"/>: the derivatives of its rewards by the mean field. Newton's method uses them in place of
/// finite differences, which lose digits where rewards are steep. Games written in their own terms derive from
/// <see cref="DifferentiableGame{TState, TAction}"/>.
/// </summary>
public interface IRewardDerivative
{
    /// <summary>
    /// Adds every non-zero ∂r(s, a, μ)/∂μ(s') to <paramref name="gradient"/>, finite numbers, the shares taken as free variables. Naming a state
    /// twice adds the derivatives. A pure function, called from several threads at once.
    /// </summary>
    /// <param name="state">s, 0 to S − 1.</param>
    /// <param name="action">a, 0 to A(s) − 1.</param>
    /// <param name="meanField">μ, length S.</param>
    /// <param name="gradient">Where to add; empty at the call.</param>
    void AddRewardDerivatives(int state, int action, ReadOnlySpan<double> meanField, GradientRow gradient);
}
