using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

/// <summary>Against the platform's own functions, which are right to less than one unit in the last place.</summary>
public class VectorMathTests
{
    private const long DocumentedUlps = 2;

    [Fact]
    public void Exponentials_are_within_two_units_in_the_last_place()
    {
        double[] arguments =
        [
            .. Enumerable.Range(0, 145_401).Select(i => -745 + (0.01 * i)),
            .. Enumerable.Range(0, 20_001).Select(i => (i - 10_000) * 1e-4),
            .. Enumerable.Range(0, 4_001).Select(i => Math.Log(2) * (0.5 + ((i - 2000) / 2.0))).Where(x => x < 709),
            .. Enumerable.Range(1, 300).Select(i => Math.Pow(10, -i)),
            .. Enumerable.Range(1, 300).Select(i => -Math.Pow(10, -i)),
        ];
        AssertClose(arguments.Where(x => x is >= -745 and <= 709).ToArray(), Math.Exp, VectorMath.Exp);
    }

    [Fact]
    public void Exponentials_below_the_normal_range_are_subnormal_and_not_flushed()
    {
        var arguments = Enumerable.Range(0, 37_000).Select(i => -708.3 - (0.001 * i)).ToArray();
        var results = new double[arguments.Length];
        VectorMath.Exp(arguments, results);
        Assert.Contains(results, double.IsSubnormal);
        AssertClose(arguments, Math.Exp, VectorMath.Exp);
    }

    [Fact]
    public void Logarithms_are_within_two_units_in_the_last_place()
    {
        double[] arguments =
        [
            .. Enumerable.Range(0, 100_001).Select(i => 0.5 + (i * 1.5e-5)),
            .. Enumerable.Range(0, 6_151).Select(i => Math.Pow(10, (i - 3_070) / 10.0)),
            .. Enumerable.Range(-1021, 2044).Select(n => Math.ScaleB(1, n)),
            .. Enumerable.Range(1, 52).Select(n => 1 + Math.ScaleB(1, -n)),
            .. Enumerable.Range(1, 52).Select(n => 1 - Math.ScaleB(1, -n)),
            .. Enumerable.Range(1, 5000).Select(n => (double)n),
            double.MaxValue,
        ];
        AssertClose(arguments, Math.Log, VectorMath.Log);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-0.0, 1)]
    [InlineData(-746, 0)]
    [InlineData(-1e6, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(-745.133, double.Epsilon)]
    public void Exponentials_of_special_numbers_are_exact(double argument, double expected)
    {
        var result = new double[1];
        VectorMath.Exp([argument], result);
        Assert.Equal(expected, result[0]);
    }

    [Fact]
    public void The_logarithm_of_one_is_zero()
    {
        var result = new double[9];
        VectorMath.Log([1, 1, 1, 1, 1, 1, 1, 1, 1], result);
        Assert.All(result, x => Assert.Equal(0, x));
    }

    [Fact]
    public void A_result_depends_neither_on_its_place_nor_on_the_length_of_the_span()
    {
        var random = new Random(1);
        var arguments = Enumerable.Range(0, 64).Select(_ => random.NextDouble() * 700).ToArray();
        AssertSameBitsEverywhere(arguments, VectorMath.Log);
        AssertSameBitsEverywhere([.. arguments.Select(x => -x)], VectorMath.Exp);
    }

    [Fact]
    public void Source_and_destination_may_be_one_span_and_nothing_beyond_it_is_written()
    {
        for (var length = 0; length <= 20; length++)
        {
            var numbers = Enumerable.Range(1, 24).Select(i => 0.25 * i).ToArray();
            var before = numbers.ToArray();
            VectorMath.Exp(numbers.AsSpan(0, length), numbers.AsSpan(0, length));
            Assert.Equal(before[length..], numbers[length..]);
            VectorMath.Log(numbers.AsSpan(0, length), numbers.AsSpan(0, length));
            Assert.All(numbers[..length], (x, i) => Assert.Equal(before[i], x, 1e-14));
        }
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused() =>
        Assert.ThrowsAny<ArgumentException>(() => VectorMath.Exp(new double[3], new double[2]));

    private static void AssertClose(
        double[] arguments,
        Func<double, double> expected,
        Action<ReadOnlySpan<double>, Span<double>> function
    )
    {
        var results = new double[arguments.Length];
        function(arguments, results);
        for (var i = 0; i < arguments.Length; i++)
        {
            var reference = expected(arguments[i]);
            var ulps = Math.Abs(Ordinal(reference) - Ordinal(results[i]));
            Assert.True(
                ulps <= DocumentedUlps,
                $"at {arguments[i]:R}: {results[i]:R}, expected {reference:R}, {ulps} ulps"
            );
        }
    }

    private static void AssertSameBitsEverywhere(
        double[] arguments,
        Action<ReadOnlySpan<double>, Span<double>> function
    )
    {
        var alone = new double[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            function(arguments.AsSpan(i, 1), alone.AsSpan(i, 1));
        }

        for (var start = 0; start < 9; start++)
        {
            for (var length = 0; length <= 40; length++)
            {
                var together = new double[length];
                function(arguments.AsSpan(start, length), together);
                Assert.Equal(alone[start..(start + length)], together);
            }
        }
    }

    // Neighbouring doubles have neighbouring ordinals, on both sides of zero.
    private static long Ordinal(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        return bits < 0 ? long.MinValue - bits : bits;
    }
}
