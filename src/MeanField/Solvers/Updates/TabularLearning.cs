namespace MeanField.Solvers.Updates;

/// <summary>What a learner takes from one step of a trajectory.</summary>
internal static class TabularLearning
{
    /// <summary>Q ← Q + ρ (r + γ next − Q), for the pair that was taken.</summary>
    /// <param name="actionValue">Q of the pair.</param>
    /// <param name="rate">ρ, in (0, 1].</param>
    /// <param name="reward">r.</param>
    /// <param name="discount">γ.</param>
    /// <param name="next">The value of what comes after: max Q of the next state for Q-learning, Q of the next pair for SARSA.</param>
    public static void MoveValue(ref double actionValue, double rate, double reward, double discount, double next) =>
        actionValue += rate * (reward + (discount * next) - actionValue);

    /// <summary>μ ← (1 − ρ) μ + ρ δ, with δ all mass in the state that was reached.</summary>
    /// <param name="meanField">μ, length S.</param>
    /// <param name="state">The state.</param>
    /// <param name="rate">ρ, in (0, 1].</param>
    public static void MovePopulation(Span<double> meanField, int state, double rate)
    {
        foreach (ref var share in meanField)
        {
            share *= 1 - rate;
        }

        meanField[state] += rate;
    }

    /// <summary>π(·|s) = softmax(Q(s, ·)/τ), or at τ = 0 uniform over the best actions.</summary>
    /// <param name="actionValues">Q(s, ·).</param>
    /// <param name="temperature">τ, zero or more.</param>
    /// <param name="probabilities">The same length, overwritten.</param>
    public static void SoftmaxRow(ReadOnlySpan<double> actionValues, double temperature, Span<double> probabilities)
    {
        var largest = actionValues[0];
        foreach (var value in actionValues)
        {
            largest = Math.Max(largest, value);
        }

        var sum = 0.0;
        for (var a = 0; a < actionValues.Length; a++)
        {
            var below = actionValues[a] - largest;
            probabilities[a] =
                below == 0 ? 1
                : temperature > 0 ? Math.Exp(below / temperature)
                : 0;
            sum += probabilities[a];
        }

        foreach (ref var probability in probabilities)
        {
            probability /= sum;
        }
    }
}
