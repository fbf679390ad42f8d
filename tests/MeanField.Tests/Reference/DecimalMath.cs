using System.Globalization;

namespace MeanField.Tests.Reference;

/// <summary>The functions that the references need in 28 decimal digits: twelve more than what they judge.</summary>
internal static class DecimalMath
{
    /// <summary>A double with all its digits (the cast keeps fifteen); below 1e-28 it becomes 0.</summary>
    public static decimal From(double value) =>
        decimal.Parse(
            value.ToString("E28", CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture
        );

    public static decimal[] From(ReadOnlySpan<double> values)
    {
        var result = new decimal[values.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = From(values[i]);
        }

        return result;
    }

    /// <summary>eˣ for x up to 66, by Taylor's series at x/2ⁿ and n squarings.</summary>
    public static decimal Exp(decimal x)
    {
        if (x < -66)
        {
            return 0;
        }

        var squarings = 0;
        for (; Math.Abs(x) > 0.1m; x /= 2)
        {
            squarings++;
        }

        var (sum, term) = (1m, 1m);
        for (var n = 1; n <= 20; n++)
        {
            term *= x / n;
            sum += term;
        }

        for (; squarings > 0; squarings--)
        {
            sum *= sum;
        }

        return sum;
    }

    /// <summary>ln x for x &gt; 0, by Halley's iteration on eʸ = x.</summary>
    public static decimal Log(decimal x)
    {
        var y = (decimal)Math.Log((double)x);
        for (var n = 0; n < 3; n++)
        {
            var e = Exp(y);
            y += 2 * (x - e) / (x + e);
        }

        return y;
    }
}
