using MeanField.Markov;

namespace MeanField.Solvers;

/// <summary>How far a policy and a mean field are from an equilibrium that is known, such as a root found by <see cref="NewtonSolver"/>.</summary>
/// <param name="MeanField">‖μ − μ*‖₁, 0 to 2.</param>
/// <param name="Policy">The largest |π(a|s) − π*(a|s)|, 0 to 1. States that the equilibrium hardly visits count like all others.</param>
public readonly record struct EquilibriumDistance(double MeanField, double Policy)
{
    /// <summary>Measures an iterate, at the stationary law of its policy.</summary>
    /// <param name="equilibrium">(π*, μ*).</param>
    /// <param name="iterate">(π, μ), of the same game.</param>
    /// <exception cref="ArgumentException">The two have other numbers of states or pairs.</exception>
    public static EquilibriumDistance Measure(Iterate equilibrium, Iterate iterate) =>
        Measure(equilibrium, iterate.Policy.Probabilities, [.. iterate.MeanField]);

    /// <summary>Measures what a solver holds after a step: <see cref="IterativeSolver.Policy"/> and <see
    /// cref="IterativeSolver.MeanField"/>.</summary>
    /// <param name="equilibrium">(π*, μ*).</param>
    /// <param name="policy">π, one probability a pair.</param>
    /// <param name="meanField">μ by state.</param>
    /// <exception cref="ArgumentException">The numbers are not as many as the equilibrium has states and pairs.</exception>
    public static EquilibriumDistance Measure(
        Iterate equilibrium,
        ReadOnlySpan<double> policy,
        ReadOnlySpan<double> meanField
    )
    {
        var expected = equilibrium.Policy.Probabilities;
        if (policy.Length != expected.Length || meanField.Length != equilibrium.MeanField.Count)
        {
            throw new ArgumentException(
                $"found {policy.Length} pairs and {meanField.Length} states; allowed: {expected.Length} and {equilibrium.MeanField.Count}, as the equilibrium has"
            );
        }

        var largest = 0.0;
        for (var pair = 0; pair < policy.Length; pair++)
        {
            largest = Math.Max(largest, Math.Abs(policy[pair] - expected[pair]));
        }

        return new EquilibriumDistance(PopulationFlow.Distance(meanField, [.. equilibrium.MeanField]), largest);
    }
}
