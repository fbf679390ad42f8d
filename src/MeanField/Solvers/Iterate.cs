using MeanField.Equilibrium;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>A policy with its stationary law and what is proved about them. Immutable.</summary>
/// <param name="Iteration">The outer iteration it comes from.</param>
/// <param name="Policy">The policy.</param>
/// <param name="MeanField">The stationary law of the policy, S probabilities in state order.</param>
/// <param name="Certificate">The certificate of the pair.</param>
public sealed record Iterate(int Iteration, Policy Policy, IReadOnlyList<double> MeanField, Certificate Certificate);
