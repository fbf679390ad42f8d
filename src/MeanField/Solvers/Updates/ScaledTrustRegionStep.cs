namespace MeanField.Solvers.Updates;

/// <summary>
/// The trust-region step with a step size of its own for each pair (ours): t(s, a) = 1/(η + L π(a|s)), L how strongly action values answer to what the
/// crowd does. Where π(a|s) is nearly 0 the crowd does not feel the action and t is the full 1/η; where it is large, t is as small as L demands.
/// </summary>
internal static class ScaledTrustRegionStep
{
    /// <summary>The most that the logarithm of a probability may rise in a step.</summary>
    private const double LargestRise = 2;

    // Below e^-40 it does not matter how small a probability is: a rise starts from there.
    private const double RelevantLogarithm = -40;
    private const double RelevantProbability = 1e-6;

    /// <summary>Changes of log π: t(s, a) times the advantage.</summary>
    /// <param name="temperature">η, greater than 0.</param>
    /// <param name="interaction">L, at least 0.</param>
    /// <param name="probabilities">π, length P.</param>
    /// <param name="advantages">Q(s, a) − V(s) − η log π(a|s), length P.</param>
    /// <param name="change">Length P; overwritten.</param>
    public static void Propose(
        double temperature,
        double interaction,
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<double> advantages,
        Span<double> change
    )
    {
        for (var pair = 0; pair < change.Length; pair++)
        {
            change[pair] = advantages[pair] / (temperature + (interaction * probabilities[pair]));
        }
    }

    /// <summary>Adds changes to log π, shrunk where they leave the region in which they can be trusted.</summary>
    /// <param name="logPolicy">log π, length P.</param>
    /// <param name="probabilities">π, length P.</param>
    /// <param name="change">The changes, length P.</param>
    /// <param name="logits">Length P; overwritten. May be the span of the changes.</param>
    public static void Apply(
        ReadOnlySpan<double> logPolicy,
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<double> change,
        Span<double> logits
    )
    {
        var largest = LargestRise;
        for (var pair = 0; pair < change.Length; pair++)
        {
            largest = probabilities[pair] > RelevantProbability ? Math.Max(largest, Math.Abs(change[pair])) : largest;
        }

        var shrink = LargestRise / largest;
        for (var pair = 0; pair < change.Length; pair++)
        {
            logits[pair] =
                probabilities[pair] > RelevantProbability
                    ? logPolicy[pair] + (shrink * change[pair])
                    : Math.Min(
                        logPolicy[pair] + change[pair],
                        Math.Max(logPolicy[pair], RelevantLogarithm) + LargestRise
                    );
        }
    }
}
