using System.Runtime.Intrinsics.X86;
using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

/// <summary>
/// Against the known answers of the Random123 distribution (github.com/DEShawResearch/random123, tests/kat_vectors, lines philox4x32 10), and the
/// vector code against the scalar one. <see cref="PhiloxHardwareTests"/> runs this class again on fewer instructions.
/// </summary>
public class PhiloxTests
{
    // The false-alarm probability of each statistical check here if keys were drawn, on either side; they are fixed.
    private const double FalseAlarm = 1e-6;
    private const ulong Key = 0x299F31D0A4093822;

    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Blocks_are_the_published_ones(string counter, string key, string expected)
    {
        var (c, k, e) = (Words(counter), Words(key), Words(expected));
        Assert.Equal((e[0], e[1]), Philox.Block(k[0], c[0], c[1]));
    }

    // The first word is the 32 leading digits, the upper bits of the second the 20 others.
    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(0x00000000_80000000UL, 0.5)]
    [InlineData(0x00000000_00000001UL, 1 / 4294967296.0)]
    [InlineData(0x80000000_00000000UL, 1 / 8589934592.0)]
    [InlineData(0x00001000_00000000UL, 1 / 4503599627370496.0)]
    [InlineData(0x00000FFF_00000000UL, 0)]
    [InlineData(ulong.MaxValue, 1 - (1 / 4503599627370496.0))]
    public void Numbers_are_multiples_of_the_last_of_52_bits_below_one(ulong words, double expected) =>
        Assert.Equal(expected, Philox.Uniform(words));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(256)]
    [InlineData(1003)]
    public void A_batch_holds_the_numbers_of_the_blocks(int count)
    {
        AssertSwitchedOffInstructionsAreOff();
        foreach (var (key, step) in new[] { (0UL, 0), (ulong.MaxValue, int.MaxValue), (Key, 1), (1UL << 32, 77) })
        {
            var trajectories = Trajectories(count, key);
            var (first, second) = (new double[count + 1], new double[count + 1]);
            (first[count], second[count]) = (-1, -1);
            Philox.Fill(key, step, trajectories, first, second);
            for (var i = 0; i < count; i++)
            {
                var (block0, block1) = Philox.Block(key, (ulong)step << 32, trajectories[i]);
                Assert.Equal((Philox.Uniform(block0), Philox.Uniform(block1)), (first[i], second[i]));
            }

            Assert.Equal((-1, -1), (first[count], second[count]));
        }
    }

    // Philox4x32-10 with counter words 0, step, and the trajectory's two: the published answer for a counter of zeros, in every lane.
    [Fact]
    public void A_batch_holds_the_published_numbers()
    {
        var (first, second) = (new double[11], new double[11]);
        Philox.Fill(0, 0, new ulong[11], first, second);

        Assert.All(first, u => Assert.Equal(0x6627E8D5_E169C / (double)(1L << 52), u));
        Assert.All(second, u => Assert.Equal(0xBC57AC4C_9B00D / (double)(1L << 52), u));
    }

    [Fact]
    public void Spans_that_are_too_short_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Fill(0, 0, new ulong[9], new double[8], new double[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Philox.Fill(0, 0, new ulong[9], new double[9], new double[8]));
    }

    [Fact]
    public void Keys_depend_on_every_part_and_on_its_place()
    {
        var keys = new HashSet<ulong>();
        long[] seeds = [0, 1, -1, long.MinValue, 1L << 32];
        foreach (var seed in seeds)
        {
            foreach (var (outer, inner, purpose) in new[] { (0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 0, 0) })
            {
                keys.Add(Philox.DeriveKey(seed, outer, inner, purpose));
            }
        }

        Assert.Equal(5 * seeds.Length, keys.Count);
        Assert.Equal(0xE169C58D_6627E8D5, Philox.DeriveKey(0, 0, 0, 0));
    }

    [Fact]
    public void Numbers_are_spread_evenly()
    {
        var (first, second) = Many(step: 1);
        foreach (var numbers in new[] { first, second })
        {
            Assert.All(numbers, u => Assert.InRange(u, 0, 1 - Math.ScaleB(1, -52)));
            AssertUniform(numbers.Select(u => (int)(u * 256)), 256);
            AssertUniform(numbers.Select(u => (int)(u * (1L << 26) % 256)), 256);
            AssertUniform(numbers.Select(u => (int)((long)(u * (1L << 52)) % 256)), 256);
        }
    }

    // Pairs of numbers next to each other in some direction: uniform on the square. A bad generator shows lines there.
    [Fact]
    public void Neighbours_have_nothing_to_do_with_each_other()
    {
        var (first, second) = Many(step: 1);
        var (later, _) = Many(step: 2);
        AssertUnrelated(first, second);
        AssertUnrelated(first, later);
        AssertUnrelated(first[..^1], first[1..]);
        AssertUnrelated(second[..^1], first[1..]);
    }

    private static void AssertUnrelated(double[] left, double[] right)
    {
        AssertUniform(left.Zip(right, (u, v) => ((int)(u * 16) * 16) + (int)(v * 16)), 256);

        // Σ 12 (u − ½)(v − ½)/√n is standard normal.
        var correlation = left.Zip(right, (u, v) => 12 * (u - 0.5) * (v - 0.5)).Sum() / Math.Sqrt(left.Length);
        Assert.InRange(ChiSquare.UpperTail(correlation * correlation, 1), FalseAlarm, 1);
    }

    private static void AssertUniform(IEnumerable<int> cells, int count)
    {
        var counts = new long[count];
        foreach (var cell in cells)
        {
            counts[cell]++;
        }

        var law = Enumerable.Repeat(1.0 / count, count).ToArray();
        Assert.InRange(ChiSquare.PValue(counts, law), FalseAlarm, 1 - FalseAlarm);
    }

    private static (double[] First, double[] Second) Many(int step)
    {
        var (first, second) = (new double[1 << 16], new double[1 << 16]);
        Philox.Fill(Key, step, [.. Enumerable.Range(0, first.Length).Select(i => (ulong)i)], first, second);
        return (first, second);
    }

    private static ulong[] Trajectories(int count, ulong key)
    {
        var trajectories = new ulong[count];
        for (var i = 0; i < count; i++)
        {
            trajectories[i] = i % 3 == 0 ? (ulong)i : Philox.Block(~key, (ulong)i, 0).First;
        }

        return trajectories;
    }

    // A run with fewer instructions proves nothing if the runtime did not listen.
    private static void AssertSwitchedOffInstructionsAreOff()
    {
        var switchedOff = Environment.GetEnvironmentVariable(PhiloxHardwareTests.SwitchedOff);
        Assert.False(switchedOff is not null && Avx512F.IsSupported);
        Assert.False(switchedOff is "AVX2" && Avx2.IsSupported);
    }

    // Pairs of 32-bit words as 64-bit numbers, the first in the low half.
    private static ulong[] Words(string text) =>
        [
            .. text.Split(' ')
                .Select(word => Convert.ToUInt32(word, 16))
                .Chunk(2)
                .Select(pair => pair[0] | ((ulong)pair[1] << 32)),
        ];
}
