using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Equilibrium;

/// <summary>
/// The residual δ = T V̂ − V̂ of a Bellman operator, in plain scalar arithmetic whose rounding is bounded, and the interval for V − V̂ that
/// it proves: [min δ, max δ]/(1 − γ) (MacQueen 1966, Porteus 1971). Nothing that produced V̂ is trusted.
/// </summary>
/// <remarks>
/// V̂ is given as W + c with one number c for all states, because T(W + c) = T W + γ c: the arithmetic then works on the spread of the values,
/// usually a small part of their size, and rounds accordingly less.
/// </remarks>
internal static class BellmanResidual
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    /// <summary>Bounds V − V̂ for the value of a policy (η = 0 or soft), every state at once.</summary>
    /// <param name="mdp">The game at μ.</param>
    /// <param name="policy">π, one probability a pair.</param>
    /// <param name="temperature">η.</param>
    /// <param name="shift">c.</param>
    /// <param name="relativeValues">W by state.</param>
    public static ValueBound OfPolicy(
        FrozenMdp mdp,
        ReadOnlySpan<double> policy,
        double temperature,
        double shift,
        ReadOnlySpan<double> relativeValues
    )
    {
        var bound = new Accumulator(mdp, temperature, shift, relativeValues);
        var offsets = mdp.Game.PairOffsets;
        for (var s = 0; s < relativeValues.Length; s++)
        {
            // Probabilities that sum to one only nearly are taken as shares of their sum: a surplus must not count as value.
            var sum = default(CompensatedSum);
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                sum.Add(policy[pair]);
            }

            var (value, mass) = (0.0, 0.0);
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                var probability = policy[pair] / sum.Value;
                if (probability == 0)
                {
                    continue;
                }

                var (actionValue, rowSum) = LookAhead(mdp, pair, shift, relativeValues);
                value += probability * (actionValue - (temperature * Math.Log(probability)));
                mass += probability * rowSum;
            }

            bound.Add(value - relativeValues[s], mass);
        }

        return bound.Finish();
    }

    /// <summary>Bounds V − V̂ for the optimal value (hard where η = 0, else soft), every state at once.</summary>
    /// <param name="mdp">The game at μ.</param>
    /// <param name="temperature">η.</param>
    /// <param name="shift">c.</param>
    /// <param name="relativeValues">W by state.</param>
    public static ValueBound OfOptimum(
        FrozenMdp mdp,
        double temperature,
        double shift,
        ReadOnlySpan<double> relativeValues
    )
    {
        var bound = new Accumulator(mdp, temperature, shift, relativeValues);
        var offsets = mdp.Game.PairOffsets;
        Span<double> values = new double[mdp.Game.MaximumActionCount];
        for (var s = 0; s < relativeValues.Length; s++)
        {
            var largest = double.NegativeInfinity;
            var count = offsets[s + 1] - offsets[s];
            for (var a = 0; a < count; a++)
            {
                (values[a], var rowSum) = LookAhead(mdp, offsets[s] + a, shift, relativeValues);
                bound.AddMass(rowSum);
                largest = Math.Max(largest, values[a]);
            }

            var value = largest;
            if (temperature > 0)
            {
                var sum = 0.0;
                for (var a = 0; a < count; a++)
                {
                    sum += Math.Exp((values[a] - largest) / temperature);
                }

                value += temperature * Math.Log(sum);
            }

            bound.Add(value - relativeValues[s], 1);
        }

        return bound.Finish();
    }

    // r + γ P (W + c) − c, and the sum of the row.
    private static (double Value, double RowSum) LookAhead(
        FrozenMdp mdp,
        int pair,
        double shift,
        ReadOnlySpan<double> relativeValues
    )
    {
        var (next, rowSum) = (0.0, default(CompensatedSum));
        for (var e = mdp.Game.RowOffsets[pair]; e < mdp.Game.RowOffsets[pair + 1]; e++)
        {
            next += mdp.Probabilities[e] * relativeValues[mdp.Game.Successors[e]];
            rowSum.Add(mdp.Probabilities[e]);
        }

        var discount = mdp.Game.Discount;
        return (mdp.Rewards[pair] + (discount * next) - (shift * (1 - (discount * rowSum.Value))), rowSum.Value);
    }

    // Collects min and max δ, how far rows are from summing to one, and the rounding of δ.
    private ref struct Accumulator
    {
        private readonly double _discount;
        private readonly double _rounding;
        private readonly double _sumRounding;
        private double _smallest = double.PositiveInfinity;
        private double _largest = double.NegativeInfinity;
        private double _deviation;

        public Accumulator(FrozenMdp mdp, double temperature, double shift, ReadOnlySpan<double> relativeValues)
        {
            _discount = mdp.Game.Discount;
            var longestRow = 0;
            var largestReward = 0.0;
            for (var pair = 0; pair < mdp.Game.PairCount; pair++)
            {
                longestRow = Math.Max(longestRow, mdp.Game.RowOffsets[pair + 1] - mdp.Game.RowOffsets[pair]);
                largestReward = Math.Max(largestReward, Math.Abs(mdp.Rewards[pair]));
            }

            var largestValue = 0.0;
            foreach (var value in relativeValues)
            {
                largestValue = Math.Max(largestValue, Math.Abs(value));
            }

            // A sum of n products is off by at most n units of roundoff of its absolute terms (Higham 2002, section 3.1); exp, log and
            // the few single operations add fewer than twelve more. Terms: reward, γ W, the entropy, the W and (1 − γ) c that are
            // subtracted. The factors of c are differences of compensated sums, good to a few units of roundoff of one.
            var actions = mdp.Game.MaximumActionCount;
            var operations = longestRow + actions + 12;
            var magnitude =
                largestReward
                + (temperature * (1 + Math.Log(actions)))
                + (2 * largestValue)
                + ((1 - _discount) * Math.Abs(shift));
            _rounding = UnitRoundoff * ((operations * magnitude * (1 + 1e-8)) + (8 * Math.Abs(shift)));
            _sumRounding = operations * UnitRoundoff;
        }

        public void AddMass(double mass) => _deviation = Math.Max(_deviation, Math.Abs(mass - 1));

        public void Add(double residual, double mass)
        {
            AddMass(mass);
            _smallest = Math.Min(_smallest, residual);
            _largest = Math.Max(_largest, residual);
            if (double.IsNaN(residual))
            {
                (_smallest, _largest) = (double.NegativeInfinity, double.PositiveInfinity);
            }
        }

        // (I − γP)⁻¹ 1 lies between 1/(1 − γ(1 − d)) and 1/(1 − γ(1 + d)) when rows sum to one within d.
        public readonly ValueBound Finish()
        {
            var deviation = _deviation + _sumRounding;
            var least = 1 / (1 - (_discount * (1 - deviation)));
            var most =
                _discount * (1 + deviation) < 1 ? 1 / (1 - (_discount * (1 + deviation))) : double.PositiveInfinity;
            var lower = _smallest - _rounding;
            var upper = _largest + _rounding;
            return new ValueBound(
                new Interval(lower * (lower < 0 ? most : least), upper * (upper > 0 ? most : least)),
                _rounding * most
            );
        }
    }
}
