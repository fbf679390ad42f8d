using MeanField.Numerics;

namespace MeanField.Equilibrium;

/// <summary>
/// What is proved about a policy and a mean field: intervals that contain the exploitability at that mean field, computed from
/// Bellman residuals alone (mathematics: V lies within [min δ, max δ]/(1 − γ) of any V̂ with residual δ = T V̂ − V̂, MacQueen 1966,
/// Porteus 1971), with every rounding error of the computation itself bounded and included. Immutable.
/// </summary>
public sealed record Certificate
{
    /// <summary>The largest <see cref="StationarityResidual"/> at which a mean field counts as the stationary law of the policy.</summary>
    public const double StationarityTolerance = 1e-8;

    /// <summary>Contains φ = Σ_s μ(s) (V*(s) − V^π(s)) with the population frozen at μ. Unnormalised: its scale is 1/(1 − γ).</summary>
    public required Interval Exploitability { get; init; }

    /// <summary>Contains φ_η, the same with soft values at <see cref="Temperature"/>.</summary>
    public required Interval RegularizedExploitability { get; init; }

    /// <summary>η of <see cref="RegularizedExploitability"/>, zero or more.</summary>
    public required double Temperature { get; init; }

    /// <summary>‖μ − μ P^π_μ‖₁ as computed; rounding alone leaves about 1e-15.</summary>
    public required double StationarityResidual { get; init; }

    /// <summary>The number of recurrent classes of P^π_μ. When it is not one the stationary law is not unique.</summary>
    public required int RecurrentClasses { get; init; }

    /// <summary>η log(max A(s)) / (1 − γ): at an exact regularised equilibrium φ lies between 0 and this.</summary>
    public required double EntropyBiasBound { get; init; }

    /// <summary>The part of the width of the intervals that allows for rounding, in the unit of exploitability.</summary>
    public required double RoundingSlack { get; init; }
}
