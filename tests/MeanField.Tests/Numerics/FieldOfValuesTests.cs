using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

public class FieldOfValuesTests
{
    private const double Slack = 1e-9;

    [Fact]
    public void The_largest_eigenvalue_is_attained_and_none_is_larger()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var count = 1 + (seed % 9);
            var matrix = Symmetric(count, seed);
            var (value, vector) = SymmetricEigenvalues.Largest((double[,])matrix.Clone());
            Assert.Equal(1, vector.Sum(x => x * x), 1e-12);
            for (var i = 0; i < count; i++)
            {
                var product = Enumerable.Range(0, count).Sum(j => matrix[i, j] * vector[j]);
                Assert.Equal(value * vector[i], product, 1e-11);
            }

            Assert.True(IsPositive(count, (i, j) => (i == j ? value + Slack : 0) - matrix[i, j]));
        }
    }

    /// <summary>By the definition of a maximum: λ I − S is positive on the vectors with sum zero, and the direction attains λ.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    public void A_whole_basis_finds_the_edge_of_the_field_of_values(int size)
    {
        var matrix = Square(size, size);
        var field = new FieldOfValues(size);
        field.Explore((x, y) => Multiply(matrix, x, y), Start(size), limit: 100);
        Assert.True(field.IsComplete);
        Assert.Equal(size - 1, field.Dimension);
        Assert.Equal(0, field.Direction.Sum(), 1e-12);
        Assert.Equal(1, field.Direction.Sum(x => x * x), 1e-12);
        Assert.Equal(field.LargestValue, Form(matrix, field.Direction), 1e-11);
        Assert.True(
            IsPositiveOnSumZero(size, (i, j) => (i == j ? field.LargestValue + Slack : 0) - Part(matrix, i, j))
        );

        var stretch = (field.LargestStretch * field.LargestStretch) + Slack;
        Assert.True(IsPositiveOnSumZero(size, (i, j) => (i == j ? stretch : 0) - Gram(matrix, i, j)));
        Assert.False(IsPositiveOnSumZero(size, (i, j) => (i == j ? 0.999 * stretch : 0) - Gram(matrix, i, j)));
    }

    [Fact]
    public void A_part_of_the_basis_never_claims_too_much()
    {
        const int Size = 30;
        var matrix = Square(Size, 3);
        var field = new FieldOfValues(Size);
        var before = double.NegativeInfinity;
        for (var limit = 1; limit < Size; limit += 7)
        {
            field.Explore((x, y) => Multiply(matrix, x, y), Start(Size), limit);
            Assert.Equal(field.LargestValue, Form(matrix, field.Direction), 1e-10);
            Assert.True(field.LargestValue >= before - 1e-10);
            before = field.LargestValue;
        }
    }

    /// <summary>The Krylov space of the identity is one vector: the coordinates make up for it.</summary>
    [Fact]
    public void An_invariant_space_is_left()
    {
        var field = new FieldOfValues(6);
        field.Explore((x, y) => x.CopyTo(y, 0), Start(6), limit: 100);
        Assert.True(field.IsComplete);
        Assert.Equal(1, field.LargestValue, 1e-12);
        Assert.Equal(0, field.LargestStretch, 1e-7);
    }

    [Fact]
    public void One_state_has_no_changes()
    {
        var field = new FieldOfValues(1);
        field.Explore((x, y) => x.CopyTo(y, 0), [1], limit: 100);
        Assert.Equal(double.NegativeInfinity, field.LargestValue);
    }

    private static double[] Start(int size) => [.. Enumerable.Range(0, size).Select(i => Math.Cos(i * i))];

    private static double[,] Symmetric(int count, int seed)
    {
        var square = Square(count, seed);
        var matrix = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                matrix[i, j] = Part(square, i, j);
            }
        }

        return matrix;
    }

    private static double[,] Square(int count, int seed)
    {
        var random = new Random(seed);
        var matrix = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                matrix[i, j] = (2 * random.NextDouble()) - 1;
            }
        }

        return matrix;
    }

    private static void Multiply(double[,] matrix, double[] x, double[] y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = Enumerable.Range(0, x.Length).Sum(j => matrix[i, j] * x[j]);
        }
    }

    private static double Part(double[,] matrix, int i, int j) => 0.5 * (matrix[i, j] + matrix[j, i]);

    // (A − I)ᵀ (A − I).
    private static double Gram(double[,] matrix, int i, int j) =>
        Enumerable
            .Range(0, matrix.GetLength(0))
            .Sum(k => (matrix[k, i] - (k == i ? 1 : 0)) * (matrix[k, j] - (k == j ? 1 : 0)));

    private static double Form(double[,] matrix, double[] x)
    {
        var product = new double[x.Length];
        Multiply(matrix, x, product);
        return x.Zip(product, (a, b) => a * b).Sum();
    }

    // On the basis eᵢ − eₙ.
    private static bool IsPositiveOnSumZero(int size, Func<int, int, double> entry) =>
        IsPositive(
            size - 1,
            (i, j) => entry(i, j) - entry(i, size - 1) - entry(size - 1, j) + entry(size - 1, size - 1)
        );

    // Cholesky's pivots.
    private static bool IsPositive(int count, Func<int, int, double> entry)
    {
        var factor = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = entry(i, j) - Enumerable.Range(0, j).Sum(k => factor[i, k] * factor[j, k]);
                if (i == j && rest <= 0)
                {
                    return false;
                }

                factor[i, j] = i == j ? Math.Sqrt(rest) : rest / factor[j, j];
            }
        }

        return true;
    }
}
