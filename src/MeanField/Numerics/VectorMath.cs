using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MeanField.Numerics;

/// <summary>
/// Exponential and logarithm of whole spans. Every element goes through the same 8-lane arithmetic with fused multiply-adds wherever
/// it stands, so a result depends neither on its position nor on how a range was cut into chunks.
/// </summary>
internal static class VectorMath
{
    private const int Lanes = 8;

    // 1.5 · 2⁵²: adding it rounds to the nearest integer, which is then in the low bits of the sum.
    private const double RoundingShift = 6755399441055744.0;

    // ln 2 in two parts; the first has 21 trailing zero bits, so that a multiple by an exponent is exact (fdlibm).
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>destination[i] = exp(source[i]). At most 2 units in the last place off; below −745 gives 0, NaN gives NaN.</summary>
    /// <param name="source">Any numbers up to 709.</param>
    /// <param name="destination">The same length; may be the same span.</param>
    public static void Exp(ReadOnlySpan<double> source, Span<double> destination) =>
        Map<ExpOperator>(source, destination);

    /// <summary>destination[i] = ln(source[i]). At most 2 units in the last place off, for positive normal numbers.</summary>
    /// <param name="source">Positive normal numbers.</param>
    /// <param name="destination">The same length; may be the same span.</param>
    public static void Log(ReadOnlySpan<double> source, Span<double> destination) =>
        Map<LogOperator>(source, destination);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<TOperator>(ReadOnlySpan<double> source, Span<double> destination)
        where TOperator : struct, IVectorOperator
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var i = 0;
        for (; i <= source.Length - Lanes; i += Lanes)
        {
            TOperator.Apply(Vector512.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        if (i < source.Length)
        {
            Span<double> rest = stackalloc double[Lanes];
            rest.Fill(1);
            source[i..].CopyTo(rest);
            TOperator.Apply(Vector512.Create<double>(rest)).CopyTo(rest);
            rest[..(source.Length - i)].CopyTo(destination[i..]);
        }
    }

    private interface IVectorOperator
    {
        static abstract Vector512<double> Apply(Vector512<double> x);
    }

    private readonly struct ExpOperator : IVectorOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Apply(Vector512<double> x)
        {
            // exp(−746) rounds to 0; the clamp keeps the exponent arithmetic in range and lets NaN through.
            var clamped = Vector512.ConditionalSelect(
                Vector512.LessThan(x, Vector512.Create(-746.0)),
                Vector512.Create(-746.0),
                x
            );
            var shifted = Vector512.FusedMultiplyAdd(
                clamped,
                Vector512.Create(1.4426950408889634),
                Vector512.Create(RoundingShift)
            );
            var exponent = shifted - Vector512.Create(RoundingShift);
            var r = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(-Ln2High), clamped);
            r = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(-Ln2Low), r);

            // Taylor to degree 13 on |r| ≤ ln 2 / 2: truncation below 5e-18.
            var p = Vector512.Create(1.0 / 6227020800.0);
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 479001600.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 39916800.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 3628800.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 362880.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 40320.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 5040.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 720.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 120.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 24.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 6.0));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5));
            p = Vector512.FusedMultiplyAdd(p, r, Vector512<double>.One);
            p = Vector512.FusedMultiplyAdd(p, r, Vector512<double>.One);

            // Two factors 2^(n/2), because 2^n alone would leave the normal range where the result is subnormal.
            var n = shifted.AsInt64() - Vector512.Create(RoundingShift).AsInt64();
            var half = Vector512.ShiftRightArithmetic(n, 1);
            return p * PowerOfTwo(half) * PowerOfTwo(n - half);
        }

        private static Vector512<double> PowerOfTwo(Vector512<long> n) =>
            Vector512.ShiftLeft(n + Vector512.Create(1023L), 52).AsDouble();
    }

    private readonly struct LogOperator : IVectorOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Apply(Vector512<double> x)
        {
            // x = m · 2^n with m in [√½, √2): taking the bits of √½ off first makes the exponent field of the difference n.
            var bits = x.AsInt64() - Vector512.Create(0x3FE6A09E667F3BCDL);
            var n = Vector512.ShiftRightArithmetic(bits, 52);
            var m = (x.AsInt64() - Vector512.ShiftLeft(n, 52)).AsDouble();
            var exponent = Vector512.ConvertToDouble(n);

            // fdlibm: with f = m − 1 and s = f / (2 + f), log m = f − f²/2 + s (f²/2 + R(s²)).
            var f = m - Vector512<double>.One;
            var s = f / (f + Vector512.Create(2.0));
            var z = s * s;
            var p = Vector512.Create(1.479819860511658591e-01);
            p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.531383769920937332e-01));
            p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1.818357216161805012e-01));
            p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.222219843214978396e-01));
            p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2.857142874366239149e-01));
            p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(3.999999999940941908e-01));
            p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(6.666666666666735130e-01));
            p *= z;
            var halfSquare = Vector512.Create(0.5) * f * f;
            var tail = Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2Low), s * (halfSquare + p));
            return Vector512.FusedMultiplyAdd(exponent, Vector512.Create(Ln2High), f - (halfSquare - tail));
        }
    }
}
