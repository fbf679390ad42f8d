using MeanField.Equilibrium;
using MeanField.Markov;

namespace MeanField.Diagnostics;

/// <summary>
/// A bound on ‖Φ̂(μ) − Φ(μ)‖₁, Φ̂(μ) as computed. Values V̂ with V* − V̂ in [a, b] (from their Bellman residual) give action values within q = γ (b − a)/2
/// + rounding of the true ones, up to a number common to a state's actions; as Σ_a |dπ_a| ≤ max |dq|/η along the way, their softmax is within q/η in the
/// 1-norm. M steps add M of that and of the rounding of a row; a stationary law is off by κ times it and its own residual, with ‖x‖₁ ≤ κ ‖c‖₁ for x = x P̂
/// + c.
/// </summary>
internal static class OperatorError
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    /// <summary>The bound for the last application of an operator; takes up its derivative. Infinite where a stationary law is not unique or its
    /// chain cannot be factored.</summary>
    /// <param name="map">Φ, applied to μ.</param>
    /// <param name="temperature">η.</param>
    /// <param name="image">Φ̂(μ).</param>
    public static double Bound(PopulationOperator map, double temperature, double[] image)
    {
        var game = map.Mdp.Game;
        var (shift, largestValue) = (map.StateValues[0], 0.0);
        var relative = Array.ConvertAll(map.StateValues, value => value - shift);
        foreach (var value in map.StateValues)
        {
            largestValue = Math.Max(largestValue, Math.Abs(value));
        }

        var largestReward = 0.0;
        var longestRow = 0;
        for (var pair = 0; pair < game.PairCount; pair++)
        {
            largestReward = Math.Max(largestReward, Math.Abs(map.Mdp.Rewards[pair]));
            longestRow = Math.Max(longestRow, game.RowOffsets[pair + 1] - game.RowOffsets[pair]);
        }

        var values = BellmanResidual.OfOptimum(map.Mdp, temperature, shift, relative).Error;
        var rounding = UnitRoundoff * (longestRow + 6) * (largestReward + largestValue);
        var actionValues = (0.5 * game.Discount * values.Width) + rounding;
        var actions = game.MaximumActionCount;
        var policy = (actionValues / temperature) + (4 * (actions + 8) * UnitRoundoff);
        var step = policy + ((longestRow + actions + MostArrivals(map.Chain) + 4) * UnitRoundoff);
        if (map.Steps is { } steps)
        {
            return steps * step;
        }

        if (!map.IsDifferentiable)
        {
            return double.PositiveInfinity;
        }

        map.TakeUp();
        var pushed = new double[image.Length];
        PopulationFlow.Push(map.Chain, image, pushed);
        return map.Sensitivity() * (step + PopulationFlow.Distance(pushed, image));
    }

    // The terms of the longest sum in μ P.
    private static int MostArrivals(InducedChain chain)
    {
        var arrivals = new int[chain.Game.StateCount];
        foreach (var column in chain.Columns)
        {
            arrivals[column]++;
        }

        return arrivals.Max();
    }
}
