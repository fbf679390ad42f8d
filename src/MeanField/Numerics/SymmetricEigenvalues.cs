namespace MeanField.Numerics;

/// <summary>Eigenvalues of small full symmetric matrices by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, section 8.5).</summary>
internal static class SymmetricEigenvalues
{
    private const int MostSweeps = 60;

    /// <summary>The largest eigenvalue and a unit eigenvector of it.</summary>
    /// <param name="matrix">n × n with n at least 1, symmetric; overwritten.</param>
    public static (double Value, double[] Vector) Largest(double[,] matrix)
    {
        var count = matrix.GetLength(0);
        var vectors = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            vectors[i, i] = 1;
        }

        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(matrix) > 1e-32 * Diagonal(matrix); sweep++)
        {
            for (var p = 0; p < count - 1; p++)
            {
                for (var q = p + 1; q < count; q++)
                {
                    Rotate(matrix, vectors, p, q);
                }
            }
        }

        var best = 0;
        for (var i = 1; i < count; i++)
        {
            best = matrix[i, i] > matrix[best, best] ? i : best;
        }

        var vector = new double[count];
        for (var i = 0; i < count; i++)
        {
            vector[i] = vectors[i, best];
        }

        return (matrix[best, best], vector);
    }

    // The rotation in the plane of p and q that makes their entry zero.
    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0)
        {
            return;
        }

        var ratio = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        var tangent = (ratio >= 0 ? 1 : -1) / (Math.Abs(ratio) + Math.Sqrt(1 + (ratio * ratio)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = tangent * cosine;
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            (matrix[i, p], matrix[i, q]) = (
                (cosine * matrix[i, p]) - (sine * matrix[i, q]),
                (sine * matrix[i, p]) + (cosine * matrix[i, q])
            );
            (vectors[i, p], vectors[i, q]) = (
                (cosine * vectors[i, p]) - (sine * vectors[i, q]),
                (sine * vectors[i, p]) + (cosine * vectors[i, q])
            );
        }

        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            (matrix[p, i], matrix[q, i]) = (
                (cosine * matrix[p, i]) - (sine * matrix[q, i]),
                (sine * matrix[p, i]) + (cosine * matrix[q, i])
            );
        }
    }

    private static double OffDiagonal(double[,] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j < i; j++)
            {
                sum += matrix[i, j] * matrix[i, j];
            }
        }

        return sum;
    }

    private static double Diagonal(double[,] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            sum += matrix[i, i] * matrix[i, i];
        }

        return sum;
    }
}
