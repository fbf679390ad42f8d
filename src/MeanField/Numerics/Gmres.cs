using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MeanField.Numerics;

/// <summary>
/// GMRES (Saad and Schultz, SIAM J. Sci. Stat. Comput. 7, 1986) without restarts: solves A x = b from products with A alone, in at most as many
/// of them as A has distinct eigenvalues. With modified Gram-Schmidt, as here, it is backward stable (Paige, Rozložník and Strakoš, SIAM J. Matrix
/// Anal. Appl. 28, 2006).
/// </summary>
/// <remarks>Keeps its basis between solves. Owned by one run; not safe for several threads.</remarks>
internal sealed class Gmres(int size)
{
    private const int Lanes = 8;

    // 160 MB of basis at most.
    private const int MostNumbers = 20_000_000;

    private readonly List<double[]> _basis = [];
    private readonly List<double[]> _columns = [];
    private readonly double[] _product = new double[size];
    private double[] _cosines = [];
    private double[] _sines = [];
    private double[] _reduced = [];

    /// <summary>The largest number of products one solve may take.</summary>
    public int Limit { get; } = Math.Min(size, Math.Max(30, MostNumbers / size));

    /// <summary>Products that the last solve took.</summary>
    public int Iterations { get; private set; }

    /// <summary>‖b − A x‖₂ / ‖b‖₂ that the last solve left, as the recurrence has it.</summary>
    public double RelativeResidual { get; private set; }

    /// <summary>Solves A x = b, starting from x = 0.</summary>
    /// <param name="multiply">Writes A times its first argument to its second; must leave the first alone.</param>
    /// <param name="right">b, length n.</param>
    /// <param name="tolerance">The relative residual wanted.</param>
    /// <param name="solution">x, length n; overwritten.</param>
    /// <param name="stop">Looked at before each product; the solve ends early where it says so.</param>
    public void Solve(
        Action<double[], double[]> multiply,
        ReadOnlySpan<double> right,
        double tolerance,
        Span<double> solution,
        Func<bool> stop
    )
    {
        solution.Clear();
        Iterations = 0;
        RelativeResidual = 1;
        var norm = Math.Sqrt(Dot(right, right));
        if (!(norm > 0 && double.IsFinite(norm)))
        {
            RelativeResidual = norm == 0 ? 0 : double.PositiveInfinity;
            return;
        }

        Reserve(0);
        Scale(1 / norm, right, _basis[0]);
        _reduced[0] = norm;
        while (Iterations < Limit && RelativeResidual > tolerance && !stop())
        {
            Extend(multiply, Iterations);
            Iterations++;
            RelativeResidual = Math.Abs(_reduced[Iterations]) / norm;
        }

        Combine(solution);
    }

    // One more column of the Hessenberg matrix, rotated to upper triangular form.
    private void Extend(Action<double[], double[]> multiply, int k)
    {
        Reserve(k + 1);
        multiply(_basis[k], _product);
        var column = _columns[k];
        for (var i = 0; i <= k; i++)
        {
            column[i] = Dot(_basis[i], _product);
            Subtract(column[i], _basis[i], _product);
        }

        var length = Math.Sqrt(Dot(_product, _product));
        Scale(length > 0 ? 1 / length : 0, _product, _basis[k + 1]);
        for (var i = 0; i < k; i++)
        {
            (column[i], column[i + 1]) = (
                (_cosines[i] * column[i]) + (_sines[i] * column[i + 1]),
                (_cosines[i] * column[i + 1]) - (_sines[i] * column[i])
            );
        }

        var hypotenuse = Math.Sqrt((column[k] * column[k]) + (length * length));
        (_cosines[k], _sines[k]) = hypotenuse > 0 ? (column[k] / hypotenuse, length / hypotenuse) : (1, 0);
        column[k] = hypotenuse;
        _reduced[k + 1] = -_sines[k] * _reduced[k];
        _reduced[k] *= _cosines[k];
    }

    private void Combine(Span<double> solution)
    {
        for (var i = Iterations - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < Iterations; j++)
            {
                _reduced[i] -= _columns[j][i] * _reduced[j];
            }

            // A zero on the diagonal is a direction that A does not see: nothing is to be gained along it.
            _reduced[i] = _columns[i][i] > 0 ? _reduced[i] / _columns[i][i] : 0;
            Subtract(-_reduced[i], _basis[i], solution);
        }
    }

    private void Reserve(int vector)
    {
        if (_basis.Count <= vector)
        {
            _basis.Add(new double[size]);
            _columns.Add(new double[vector + 1]);
        }

        if (_reduced.Length <= vector)
        {
            var length = Math.Min(Limit + 1, 2 * (vector + 8));
            Array.Resize(ref _reduced, length);
            Array.Resize(ref _cosines, length);
            Array.Resize(ref _sines, length);
        }
    }

    private static void Scale(double factor, ReadOnlySpan<double> source, Span<double> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = factor * source[i];
        }
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ref var x = ref MemoryMarshal.GetReference(left);
        ref var y = ref MemoryMarshal.GetReference(right[..left.Length]);
        var sums = Vector512<double>.Zero;
        var i = 0;
        for (; i <= left.Length - Lanes; i += Lanes)
        {
            sums = Vector512.FusedMultiplyAdd(
                Vector512.LoadUnsafe(ref x, (nuint)i),
                Vector512.LoadUnsafe(ref y, (nuint)i),
                sums
            );
        }

        var sum = Vector512.Sum(sums);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    // destination −= factor · source.
    private static void Subtract(double factor, ReadOnlySpan<double> source, Span<double> destination)
    {
        ref var x = ref MemoryMarshal.GetReference(source);
        ref var y = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var negative = Vector512.Create(-factor);
        var i = 0;
        for (; i <= source.Length - Lanes; i += Lanes)
        {
            Vector512
                .FusedMultiplyAdd(
                    negative,
                    Vector512.LoadUnsafe(ref x, (nuint)i),
                    Vector512.LoadUnsafe(ref y, (nuint)i)
                )
                .StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            destination[i] -= factor * source[i];
        }
    }
}
