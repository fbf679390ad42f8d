using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>A policy and the mean field it was found with, where only a simulator is known, and what is estimated about them. Immutable.</summary>
public sealed record SimulatorIterate
{
    /// <summary>The outer iteration it comes from.</summary>
    public required int Iteration { get; init; }

    /// <summary>The policy: one probability a state-action pair, state by state, actions in order.</summary>
    public required Policy Policy { get; init; }

    /// <summary>The mean field, S probabilities in state order.</summary>
    public required IReadOnlyList<double> MeanField { get; init; }

    /// <summary>An estimate of φ at that mean field; <see langword="null"/> where it was not asked for.</summary>
    public MonteCarloEstimate? Exploitability { get; init; }

    /// <summary>An estimate of φ_η at that mean field; <see langword="null"/> where it was not asked for.</summary>
    public MonteCarloEstimate? RegularizedExploitability { get; init; }
}
