namespace MeanField.Solvers.Updates;

/// <summary>
/// The step of policy mirror ascent with entropy as regulariser and the Euclidean distance as Bregman divergence (Yardim, Cayci, Geist, He, ICML
/// 2023): the u that maximises Σ_a u(a) q(s, a) − τ Σ_a u(a) log u(a) − ‖u − π(·|s)‖₂² / (2η) on the simplex.
/// </summary>
/// <remarks>
/// By the first-order conditions u + ητ log u = π + η q − ν in every action, with one ν for the sum to be one. The left side grows in u, so ν is the root of
/// a decreasing convex function, found by Newton steps that never overshoot.
/// </remarks>
internal static class MirrorAscentStep
{
    private const int MaximumIterations = 200;

    /// <summary>Takes the step in every state.</summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="learningRate">η, greater than 0.</param>
    /// <param name="temperature">τ, zero or more; at 0 the step is the projection of π + η q to the simplex.</param>
    /// <param name="actionValues">q, length P.</param>
    /// <param name="probabilities">Length P: π on entry, the maximiser on return.</param>
    public static void Apply(
        ReadOnlySpan<int> pairOffsets,
        double learningRate,
        double temperature,
        ReadOnlySpan<double> actionValues,
        Span<double> probabilities
    )
    {
        for (var s = 0; s < pairOffsets.Length - 1; s++)
        {
            var (start, count) = (pairOffsets[s], pairOffsets[s + 1] - pairOffsets[s]);
            Maximise(learningRate, temperature, actionValues.Slice(start, count), probabilities.Slice(start, count));
        }
    }

    private static void Maximise(double learningRate, double temperature, ReadOnlySpan<double> values, Span<double> u)
    {
        var largestValue = values[0];
        foreach (var value in values)
        {
            largestValue = Math.Max(largestValue, value);
        }

        Span<double> targets = u.Length <= 64 ? stackalloc double[u.Length] : new double[u.Length];
        var largest = double.NegativeInfinity;
        for (var a = 0; a < u.Length; a++)
        {
            targets[a] = u[a] + (learningRate * (values[a] - largestValue));
            largest = Math.Max(largest, targets[a]);
        }

        // At this ν one action alone has u = 1, so the sum is at least one and ν only grows.
        var multiplier = largest - 1;
        for (var n = 0; n < MaximumIterations; n++)
        {
            var (sum, slope) = (0.0, 0.0);
            for (var a = 0; a < u.Length; a++)
            {
                (u[a], var growth) = Inverse(targets[a] - multiplier, learningRate * temperature);
                sum += u[a];
                slope += growth;
            }

            var next = multiplier + ((sum - 1) / slope);
            if (!(next > multiplier))
            {
                break;
            }

            multiplier = next;
        }

        var total = 0.0;
        foreach (var share in u)
        {
            total += share;
        }

        for (var a = 0; a < u.Length; a++)
        {
            u[a] /= total;
        }
    }

    // The u at most 1 with u + c log u = z, and du/dz = u/(u + c); max(z, 0) where c = 0. Newton steps in log u come down from log u = 0.
    private static (double Value, double Growth) Inverse(double z, double c)
    {
        if (c == 0)
        {
            return z > 0 ? (z, 1) : (0, 0);
        }

        var logarithm = 0.0;
        for (var n = 0; n < MaximumIterations; n++)
        {
            var u = Math.Exp(logarithm);
            var next = logarithm - ((u + (c * logarithm) - z) / (u + c));
            if (!(next < logarithm))
            {
                break;
            }

            logarithm = next;
        }

        var value = Math.Exp(logarithm);
        return (value, value / (value + c));
    }
}
