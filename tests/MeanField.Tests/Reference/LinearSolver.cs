namespace MeanField.Tests.Reference;

/// <summary>Gaussian elimination with partial pivoting on a full matrix.</summary>
internal static class LinearSolver
{
    /// <summary>x with matrix · x = right.</summary>
    public static decimal[] Solve(decimal[,] matrix, decimal[] right)
    {
        var count = right.Length;
        var a = (decimal[,])matrix.Clone();
        var x = (decimal[])right.Clone();
        for (var k = 0; k < count; k++)
        {
            var pivot = k;
            for (var row = k + 1; row < count; row++)
            {
                pivot = Math.Abs(a[row, k]) > Math.Abs(a[pivot, k]) ? row : pivot;
            }

            for (var column = 0; column < count; column++)
            {
                (a[k, column], a[pivot, column]) = (a[pivot, column], a[k, column]);
            }

            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (var row = k + 1; row < count; row++)
            {
                var factor = a[row, k] / a[k, k];
                if (factor == 0)
                {
                    continue;
                }

                for (var column = k; column < count; column++)
                {
                    a[row, column] -= factor * a[k, column];
                }

                x[row] -= factor * x[k];
            }
        }

        for (var k = count - 1; k >= 0; k--)
        {
            for (var column = k + 1; column < count; column++)
            {
                x[k] -= a[k, column] * x[column];
            }

            x[k] /= a[k, k];
        }

        return x;
    }
}
