namespace MeanField.Diagnostics;

/// <summary>Two mean fields and what the population operator makes of them. Immutable.</summary>
public sealed record WitnessPair
{
    /// <summary>μ by state, a probability.</summary>
    public required IReadOnlyList<double> First { get; init; }

    /// <summary>μ' by state, a probability.</summary>
    public required IReadOnlyList<double> Second { get; init; }

    /// <summary>⟨μ − μ', Φ(μ) − Φ(μ')⟩ / ‖μ − μ'‖₂², as computed.</summary>
    public required double Ratio { get; init; }

    /// <summary>How far the ratio may be from the true one: best responses by their Bellman residuals, laws by the passages of their chain, rounding
    /// throughout. Infinite where nothing bounds it.</summary>
    public required double Margin { get; init; }

    /// <summary>Where the two were found, in words.</summary>
    public required string Place { get; init; }
}
