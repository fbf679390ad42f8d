namespace MeanField.Games;

/// <summary>
/// A stationary mean-field game with finitely many states and actions, addressed by index: the one definition from which the
/// sparse kernel, the certificate and the sampler are all derived. People write games in their own terms by deriving from
/// <see cref="MeanFieldGame{TState, TAction}"/>; implement this directly only when states are naturally integers.
/// </summary>
/// <remarks>
/// Letters: S states, A(s) actions feasible in state s, μ the mean field (S probabilities). Actions of a state are numbered from
/// zero within that state. Every member must be a pure function: the same arguments always give the same answer, from any thread.
/// </remarks>
public interface IMeanFieldGame
{
    /// <summary>S, at least one.</summary>
    int StateCount { get; }

    /// <summary>γ, greater than 0 and less than 1.</summary>
    double Discount { get; }

    /// <summary>What depends on the mean field.</summary>
    MeanFieldCoupling Coupling { get; }

    /// <summary>The number of actions feasible in a state, at least one.</summary>
    int ActionCount(int state);

    /// <summary>r(s, a, μ): the finite reward for taking an action in a state while the population is distributed as the mean field.</summary>
    /// <param name="state">0 to S − 1.</param>
    /// <param name="action">0 to A(s) − 1.</param>
    /// <param name="meanField">μ, length S.</param>
    double Reward(int state, int action, ReadOnlySpan<double> meanField);

    /// <summary>
    /// P(· | s, a, μ): adds every successor with its probability to <paramref name="row"/>. The probabilities must sum to one. Naming a
    /// successor twice adds the probabilities. The set of named successors must not depend on μ; name one with probability 0 where
    /// it is unreachable at this μ.
    /// </summary>
    void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row);

    /// <summary>A state's name for people, such as <c>(3, 4)</c>.</summary>
    string StateName(int state);

    /// <summary>An action's name for people, such as <c>up</c>.</summary>
    string ActionName(int state, int action);
}
