namespace MeanField.Numerics;

/// <summary>
/// The outer edge of the field of values of a linear map A on the vectors with sum zero, from products with A alone: with V an orthonormal basis of
/// a Krylov space (Arnoldi, Quart. Appl. Math. 9, 1951), the largest eigenvalue of the symmetric part of Vᵀ A V is that of the symmetric part of A
/// or less, and is xᵀ A x at x = V y. Likewise the largest singular value of (A − I) V. Both are exact where V spans all vectors with sum zero.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class FieldOfValues(int size)
{
    // Below this share of its length a vector is rounding.
    private const double Negligible = 1e-10;

    private readonly List<double[]> _basis = [];
    private readonly List<double[]> _images = [];

    /// <summary>The largest xᵀ A x found with ‖x‖₂ = 1, Σ x = 0; −∞ where there are no such x.</summary>
    public double LargestValue { get; private set; } = double.NegativeInfinity;

    /// <summary>The x of <see cref="LargestValue"/>.</summary>
    public double[] Direction { get; } = new double[size];

    /// <summary>The largest ‖A x − x‖₂ found.</summary>
    public double LargestStretch { get; private set; }

    /// <summary>Vectors in the basis.</summary>
    public int Dimension => _basis.Count;

    /// <summary>Whether the basis spans all vectors with sum zero.</summary>
    public bool IsComplete => _basis.Count >= size - 1;

    /// <summary>Explores a map.</summary>
    /// <param name="multiply">Writes A times its first argument to its second; must leave the first alone.</param>
    /// <param name="start">The first vector of the Krylov space, length n; what it has besides sum zero is left out.</param>
    /// <param name="limit">Products at most, at least 1.</param>
    public void Explore(Action<double[], double[]> multiply, ReadOnlySpan<double> start, int limit)
    {
        _basis.Clear();
        _images.Clear();
        (LargestValue, LargestStretch) = (double.NegativeInfinity, 0);
        var next = start.ToArray();
        var coordinate = 0;
        while (_basis.Count < Math.Min(limit, size - 1) && Continue(next, ref coordinate))
        {
            var image = new double[size];
            _basis.Add(next);
            multiply(next, image);
            _images.Add(image);
            next = [.. image];
        }

        if (_basis.Count > 0)
        {
            Project();
        }
    }

    // An invariant space is left by way of the coordinates.
    private bool Continue(double[] next, ref int coordinate)
    {
        while (!Orthogonalize(next))
        {
            if (coordinate == size)
            {
                return false;
            }

            next.AsSpan().Clear();
            next[coordinate++] = 1;
        }

        return true;
    }

    private void Project()
    {
        var count = _basis.Count;
        var (symmetric, gram) = (new double[count, count], new double[count, count]);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                symmetric[i, j] = 0.5 * (Dot(_basis[i], _images[j]) + Dot(_basis[j], _images[i]));
                gram[i, j] =
                    Dot(_images[i], _images[j])
                    - Dot(_basis[i], _images[j])
                    - Dot(_basis[j], _images[i])
                    + (i == j ? 1 : 0);
            }
        }

        (LargestValue, var weights) = SymmetricEigenvalues.Largest(symmetric);
        Direction.AsSpan().Clear();
        for (var i = 0; i < count; i++)
        {
            Add(weights[i], _basis[i], Direction);
        }

        LargestStretch = Math.Sqrt(Math.Max(0, SymmetricEigenvalues.Largest(gram).Value));
    }

    // Twice is enough (Parlett, The Symmetric Eigenvalue Problem, section 6.9).
    private bool Orthogonalize(double[] vector)
    {
        var before = Math.Sqrt(Dot(vector, vector));
        for (var pass = 0; pass < 2; pass++)
        {
            var mean = vector.Sum() / size;
            foreach (ref var entry in vector.AsSpan())
            {
                entry -= mean;
            }

            foreach (var direction in _basis)
            {
                Add(-Dot(direction, vector), direction, vector);
            }
        }

        var length = Math.Sqrt(Dot(vector, vector));
        if (!(length > Negligible * before))
        {
            return false;
        }

        foreach (ref var entry in vector.AsSpan())
        {
            entry /= length;
        }

        return true;
    }

    private static double Dot(double[] left, double[] right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Add(double factor, double[] source, double[] destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            destination[i] += factor * source[i];
        }
    }
}
