namespace MeanField.Tests.Reference;

/// <summary>Pearson's test of whether counts come from a law.</summary>
internal static class ChiSquare
{
    // The usual rule: cells that expect fewer are put together.
    private const double LeastExpected = 5;

    /// <summary>The probability of counts at least as far from the law as these, where they do come from it; 0 where something was counted
    /// that the law excludes.</summary>
    /// <param name="counts">How often each outcome was seen.</param>
    /// <param name="law">The probability of each; need not sum to one exactly.</param>
    public static double PValue(ReadOnlySpan<long> counts, ReadOnlySpan<double> law)
    {
        var total = 0L;
        foreach (var count in counts)
        {
            total += count;
        }

        var (statistic, cells, restSeen, restExpected) = (0.0, 0, 0L, 0.0);
        for (var i = 0; i < counts.Length; i++)
        {
            var expected = total * law[i];
            if (law[i] == 0 && counts[i] > 0)
            {
                return 0;
            }

            if (expected >= LeastExpected)
            {
                statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
                cells++;
            }
            else
            {
                restSeen += counts[i];
                restExpected += expected;
            }
        }

        // A small rest can only make the statistic larger than it should be, by at most (seen − expected)²/5.
        if (restExpected > 0)
        {
            statistic += (restSeen - restExpected) * (restSeen - restExpected) / Math.Max(LeastExpected, restExpected);
            cells += restExpected >= LeastExpected ? 1 : 0;
        }

        return UpperTail(statistic, Math.Max(1, cells - 1));
    }

    /// <summary>The probability that a χ² variable exceeds a number: Q(k/2, x/2), summed up from k = 1 or 2 by
    /// Q(a + 1, y) = Q(a, y) + yᵃ e⁻ʸ/Γ(a + 1).</summary>
    public static double UpperTail(double statistic, int degreesOfFreedom)
    {
        var y = statistic / 2;
        if (y <= 0)
        {
            return 1;
        }

        var isOdd = degreesOfFreedom % 2 == 1;
        var a = isOdd ? 0.5 : 1;
        var tail = isOdd ? ComplementaryError(Math.Sqrt(y)) : Math.Exp(-y);
        var logTerm = (a * Math.Log(y)) - y - (isOdd ? Math.Log(Math.Sqrt(Math.PI) / 2) : 0);
        for (; a < degreesOfFreedom / 2.0; a++)
        {
            tail += Math.Exp(logTerm);
            logTerm += Math.Log(y / (a + 1));
        }

        return Math.Min(1, tail);
    }

    // erfc: Maclaurin's series of erf for small arguments, Laplace's continued fraction for others.
    private static double ComplementaryError(double z)
    {
        if (z < 2)
        {
            var (sum, term) = (z, z);
            for (var n = 1; n < 60; n++)
            {
                term *= -z * z / n;
                sum += term / ((2 * n) + 1);
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        var fraction = z;
        for (var n = 200; n > 0; n--)
        {
            fraction = z + (n / 2.0 / fraction);
        }

        return Math.Exp(-z * z) / Math.Sqrt(Math.PI) / fraction;
    }
}
