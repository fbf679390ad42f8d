using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

public class RandomNumbersTests
{
    // The false-alarm probability of each statistical check here if seeds were drawn; they are fixed.
    private const double FalseAlarm = 1e-6;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(uint.MaxValue)]
    public void Numbers_are_those_of_consecutive_blocks(uint firstDraw)
    {
        var random = new RandomNumbers(77, step: 5, trajectory: 1UL << 40, firstDraw);
        for (var draw = firstDraw; draw != firstDraw + 3; draw = unchecked(draw + 1))
        {
            var (first, second) = Philox.Block(77, draw | (5UL << 32), 1UL << 40);
            Assert.Equal(Philox.Uniform(first), random.NextDouble());
            Assert.Equal(Philox.Uniform(second), random.NextDouble());
        }
    }

    [Fact]
    public void A_seed_and_a_stream_make_a_generator()
    {
        var random = new RandomNumbers(-3, 9);
        Assert.Equal(Philox.Uniform(Philox.Block(Philox.DeriveKey(-3, 0, 0, 0), 0, 9).First), random.NextDouble());
        Assert.Equal(Numbers(-3, 9), Numbers(-3, 9));
        Assert.NotEqual(Numbers(-3, 9), Numbers(-3, 10));
        Assert.NotEqual(Numbers(-3, 9), Numbers(-2, 9));
        Assert.NotEqual(Numbers(-3, 9), Numbers(-3, -9));
    }

    [Fact]
    public void A_copy_goes_on_from_where_it_was_made()
    {
        var random = new RandomNumbers(1, 1);
        random.NextDouble();
        var copy = random;
        Assert.Equal(Next(ref random), Next(ref copy));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Whole_numbers_are_uniform(int count)
    {
        var random = new RandomNumbers(4, count);
        var counts = new long[count];
        for (var n = 0; n < 50_000; n++)
        {
            counts[random.NextBelow(count)]++;
        }

        var law = Enumerable.Repeat(1.0 / count, count).ToArray();
        Assert.InRange(ChiSquare.PValue(counts, law), FalseAlarm, 1);
    }

    [Fact]
    public void Whole_numbers_stay_below_the_largest_count()
    {
        var random = new RandomNumbers(4, 0);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => random.NextBelow(int.MaxValue)).ToArray();
        Assert.All(drawn, n => Assert.InRange(n, 0, int.MaxValue - 1));
        Assert.Contains(drawn, n => n > int.MaxValue - (1 << 20));

        // The largest number there is: rounding must not lift the product to the count, whatever the count.
        var largest = Philox.Uniform(ulong.MaxValue);
        int[] counts = [1, 2, 3, 1023, 1024, 1025, (1 << 30) - 1, 1 << 30, (1 << 30) + 1, int.MaxValue];
        Assert.All(counts, count => Assert.Equal(count - 1, (int)(largest * count)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_count_below_one_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomNumbers(1, 1).NextBelow(count));

    private static double[] Numbers(long seed, long stream)
    {
        var random = new RandomNumbers(seed, stream);
        return Next(ref random);
    }

    private static double[] Next(ref RandomNumbers random)
    {
        var numbers = new double[5];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = random.NextDouble();
        }

        return numbers;
    }
}
