using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MeanField.Numerics;

/// <summary>
/// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011: four
/// 32-bit words that are a function of a 128-bit counter and a 64-bit key, with no state between calls.
/// </summary>
/// <remarks>
/// How counters are used here: word 0 numbers the draws within a step, word 1 the steps of a trajectory, words 2 and 3 are the trajectory's
/// number. The key is <see cref="DeriveKey"/> of the seed and the iteration.
/// </remarks>
internal static class Philox
{
    private const int Lanes = 8;
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint KeyStep0 = 0x9E3779B9;
    private const uint KeyStep1 = 0xBB67AE85;

    // The upper 12 bits of a double in [1, 2): with 52 random bits below them, less 1, it is uniform on the multiples of 2⁻⁵² in [0, 1).
    private const ulong One = 0x3FF0000000000000;

    /// <summary>The four words of a counter, word 0 in the low half of the first number.</summary>
    /// <param name="key">The key, its first word in the low half.</param>
    /// <param name="low">Counter words 0 (low half) and 1.</param>
    /// <param name="high">Counter words 2 (low half) and 3.</param>
    public static (ulong First, ulong Second) Block(ulong key, ulong low, ulong high)
    {
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        var (c0, c1, c2, c3) = ((uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = (
                (uint)(product1 >> 32) ^ c1 ^ k0,
                (uint)product1,
                (uint)(product0 >> 32) ^ c3 ^ k1,
                (uint)product0
            );
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
    }

    /// <summary>The key of the random numbers of one iteration: a block whose counter is the iteration.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="outer">The outer iteration.</param>
    /// <param name="inner">The inner iteration.</param>
    /// <param name="purpose">What the numbers are for.</param>
    public static ulong DeriveKey(long seed, int outer, int inner, int purpose) =>
        Block((ulong)seed, (uint)outer | ((ulong)(uint)inner << 32), (uint)purpose).First;

    /// <summary>A number in [0, 1) from 64 random bits of a block: 52 bits, equal to what <see cref="Fill"/> gives.</summary>
    public static double Uniform(ulong words) =>
        BitConverter.UInt64BitsToDouble(One | ((words & 0xFFFFFFFF) << 20) | (words >> 44)) - 1;

    /// <summary>Two numbers in [0, 1) for each of several trajectories at one step: those of draw 0.</summary>
    /// <param name="key">The key.</param>
    /// <param name="step">The step, the same for all.</param>
    /// <param name="trajectories">The trajectories' numbers.</param>
    /// <param name="first">At least as long; the numbers of words 0 and 1.</param>
    /// <param name="second">At least as long; the numbers of words 2 and 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        ulong key,
        int step,
        ReadOnlySpan<ulong> trajectories,
        Span<double> first,
        Span<double> second
    )
    {
        ref var ids = ref MemoryMarshal.GetReference(trajectories);
        ref var to0 = ref MemoryMarshal.GetReference(first[..trajectories.Length]);
        ref var to1 = ref MemoryMarshal.GetReference(second[..trajectories.Length]);
        var i = 0;
        for (; i <= trajectories.Length - Lanes; i += Lanes)
        {
            var (u0, u1) = Uniforms(key, (uint)step, Vector512.LoadUnsafe(ref ids, (nuint)i));
            u0.StoreUnsafe(ref to0, (nuint)i);
            u1.StoreUnsafe(ref to1, (nuint)i);
        }

        for (; i < trajectories.Length; i++)
        {
            var (block0, block1) = Block(key, (ulong)(uint)step << 32, trajectories[i]);
            first[i] = Uniform(block0);
            second[i] = Uniform(block1);
        }
    }

    // Each lane holds a 32-bit word in the low half of 64 bits. The upper halves fill with rubbish that the multiplication does not read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> First, Vector512<double> Second) Uniforms(
        ulong key,
        uint step,
        Vector512<ulong> trajectories
    )
    {
        var c0 = Vector512<ulong>.Zero;
        var c1 = Vector512.Create((ulong)step);
        var c2 = trajectories;
        var c3 = Vector512.ShiftRightLogical(trajectories, 32);
        var (k0, k1) = ((uint)key, (uint)(key >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = Multiply(c0, Multiplier0);
            var product1 = Multiply(c2, Multiplier1);
            c0 = Vector512.ShiftRightLogical(product1, 32) ^ c1 ^ Vector512.Create((ulong)k0);
            c2 = Vector512.ShiftRightLogical(product0, 32) ^ c3 ^ Vector512.Create((ulong)k1);
            c1 = product1;
            c3 = product0;
            k0 += KeyStep0;
            k1 += KeyStep1;
        }

        return (Uniform(c0, c1), Uniform(c2, c3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Uniform(Vector512<ulong> low, Vector512<ulong> high)
    {
        // Bits 20 to 51 from the low word, 0 to 19 from the upper bits of the high one.
        var word = Vector512.Create(0xFFFFFFFFUL);
        var bits =
            Vector512.ShiftLeft(low & word, 20) | Vector512.ShiftRightLogical(high & word, 12) | Vector512.Create(One);
        return bits.AsDouble() - Vector512<double>.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Multiply(Vector512<ulong> word, uint multiplier)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Multiply(word.AsUInt32(), Vector512.Create((ulong)multiplier).AsUInt32());
        }

        if (Avx2.IsSupported)
        {
            var by = Vector256.Create((ulong)multiplier).AsUInt32();
            return Vector512.Create(
                Avx2.Multiply(word.GetLower().AsUInt32(), by),
                Avx2.Multiply(word.GetUpper().AsUInt32(), by)
            );
        }

        return (word & Vector512.Create(0xFFFFFFFFUL)) * Vector512.Create((ulong)multiplier);
    }
}
