using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>
/// The regularised equilibrium as the root of F(V, μ) = (V − η log Σ_a exp(Q_μ(V)/η), μ − μ P^π(V)_μ) with Σ μ = 1 in place of the last row, by plain
/// Newton steps in 28 digits on the full Jacobian. Derivatives of the game by μ are central differences, which only decide how fast it converges.
/// </summary>
internal static class DenseEquilibrium
{
    private const double Difference = 1e-6;

    /// <summary>max( ‖F₁‖_∞, ‖F₂‖₁ ).</summary>
    public static decimal Residual(IMeanFieldGame game, decimal temperature, decimal[] values, double[] meanField)
    {
        var (first, second) = Equations(DenseMdp.At(game, meanField), temperature, values);
        return Math.Max(first.Max(Math.Abs), second.Sum(Math.Abs));
    }

    /// <summary>The root that Newton's method reaches from soft-optimal values at a mean field.</summary>
    public static (decimal[] Values, double[] MeanField) Find(IMeanFieldGame game, decimal temperature, double[] start)
    {
        var meanField = (double[])start.Clone();
        var values = DenseMdp.At(game, start).OptimalValues(temperature);
        for (var step = 0; step < 30; step++)
        {
            var mdp = DenseMdp.At(game, meanField);
            var (first, second) = Equations(mdp, temperature, values);
            if (Math.Max(first.Max(Math.Abs), second.Sum(Math.Abs)) < 1e-15m)
            {
                return (values, meanField);
            }

            var states = values.Length;
            decimal[] right = [.. first, .. second];
            right[^1] = mdp.MeanField.Sum() - 1;
            var change = LinearSolver.Solve(Jacobian(game, mdp, temperature, values), right);
            for (var s = 0; s < states; s++)
            {
                values[s] -= change[s];
                meanField[s] = (double)(mdp.MeanField[s] - change[states + s]);
            }
        }

        throw new InvalidOperationException("the reference found no root");
    }

    private static (decimal[] First, decimal[] Second) Equations(DenseMdp mdp, decimal temperature, decimal[] values)
    {
        var (policy, improved) = mdp.Improve(values, temperature);
        var pushed = DenseChain.Push(mdp.Chain(policy), mdp.MeanField);
        return (
            [.. values.Zip(improved, (v, t) => v - t)],
            [.. mdp.MeanField.Zip(pushed, (share, moved) => share - moved)]
        );
    }

    private static decimal[,] Jacobian(IMeanFieldGame game, DenseMdp mdp, decimal temperature, decimal[] values)
    {
        var states = values.Length;
        var policy = mdp.Improve(values, temperature).Policy;
        var jacobian = new decimal[2 * states, 2 * states];
        for (var column = 0; column < states; column++)
        {
            // By V(column): dQ(s, a) = γ P(column | s, a).
            var byValue = mdp.Transitions.Select(s => s.Select(a => mdp.Discount * a[column]).ToArray()).ToArray();
            Fill(jacobian, column, mdp, policy, temperature, byValue, kernel: null);
            jacobian[column, column] += 1;

            // By μ(column): the game's own change, in action values and in the kernel.
            var (above, below) = (Shifted(game, mdp, column, Difference), Shifted(game, mdp, column, -Difference));
            var byShare = above
                .ActionValues(values)
                .Zip(below.ActionValues(values), (up, down) => up.Zip(down, Slope).ToArray())
                .ToArray();
            var kernel = above
                .Transitions.Zip(
                    below.Transitions,
                    (up, down) => up.Zip(down, (u, d) => u.Zip(d, Slope).ToArray()).ToArray()
                )
                .ToArray();
            Fill(jacobian, states + column, mdp, policy, temperature, byShare, kernel);
            jacobian[states + column, states + column] += 1;
            var row = mdp.Chain(policy);
            for (var next = 0; next < states; next++)
            {
                jacobian[states + next, states + column] -= row[column, next];
            }
        }

        for (var column = 0; column < 2 * states; column++)
        {
            jacobian[(2 * states) - 1, column] = column < states ? 0 : 1;
        }

        return jacobian;
    }

    // One column, for a change dQ of the action values and dP of the kernel: −Σ_a π dQ above, −μ (dπ P + π dP) below.
    private static void Fill(
        decimal[,] jacobian,
        int column,
        DenseMdp mdp,
        decimal[][] policy,
        decimal temperature,
        decimal[][] actionValues,
        decimal[][][]? kernel
    )
    {
        var states = policy.Length;
        for (var s = 0; s < states; s++)
        {
            var mean = policy[s].Zip(actionValues[s], (p, q) => p * q).Sum();
            jacobian[s, column] -= mean;
            for (var a = 0; a < policy[s].Length; a++)
            {
                var change = policy[s][a] * (actionValues[s][a] - mean) / temperature;
                for (var next = 0; next < states; next++)
                {
                    var moved = change * mdp.Transitions[s][a][next];
                    moved += kernel is null ? 0 : policy[s][a] * kernel[s][a][next];
                    jacobian[states + next, column] -= mdp.MeanField[s] * moved;
                }
            }
        }
    }

    private static DenseMdp Shifted(IMeanFieldGame game, DenseMdp mdp, int state, double by)
    {
        var meanField = mdp.MeanField.Select(share => (double)share).ToArray();
        meanField[state] += by;
        return DenseMdp.At(game, meanField);
    }

    private static decimal Slope(decimal up, decimal down) => (up - down) / (2 * DecimalMath.From(Difference));
}
