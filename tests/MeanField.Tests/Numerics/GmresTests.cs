using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

public class GmresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    public void A_system_is_solved_to_the_tolerance(int size)
    {
        var (matrix, right) = RandomSystem(size);
        var gmres = new Gmres(size);
        var solution = new double[size];
        gmres.Solve(Product(matrix), right, 1e-13, solution, Never);
        Assert.InRange(gmres.Iterations, 1, size);
        var exact = LinearSolver.Solve(Decimals(matrix), DecimalMath.From(right));
        Assert.All(exact.Zip(solution), pair => Assert.Equal((double)pair.First, pair.Second, 1e-9));

        // Solved again with other numbers, nothing of the first solve is left.
        var doubled = Array.ConvertAll(right, x => 2 * x);
        gmres.Solve(Product(matrix), doubled, 1e-13, solution, Never);
        Assert.All(exact.Zip(solution), pair => Assert.Equal(2 * (double)pair.First, pair.Second, 2e-9));
    }

    /// <summary>I plus a matrix of rank r has r + 1 distinct eigenvalues at most, and GMRES ends after as many products.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Products_are_as_many_as_there_are_distinct_eigenvalues(int rank)
    {
        const int Size = 40;
        var random = new Random(rank);
        var vectors = Enumerable.Range(0, 2 * rank).Select(_ => RandomVector(Size, random)).ToArray();
        var matrix = new double[Size, Size];
        for (var i = 0; i < Size; i++)
        {
            for (var j = 0; j < Size; j++)
            {
                matrix[i, j] = i == j ? 1 : 0;
                for (var k = 0; k < rank; k++)
                {
                    matrix[i, j] += 10 * vectors[2 * k][i] * vectors[(2 * k) + 1][j];
                }
            }
        }

        var gmres = new Gmres(Size);
        gmres.Solve(Product(matrix), RandomVector(Size, random), 1e-12, new double[Size], Never);
        Assert.InRange(gmres.Iterations, 1, rank + 1);
        Assert.InRange(gmres.RelativeResidual, 0, 1e-12);
    }

    [Fact]
    public void Nothing_on_the_right_is_solved_by_nothing()
    {
        double[] solution = [1, 2];
        var gmres = new Gmres(2);
        gmres.Solve(
            Product(
                new double[,]
                {
                    { 2, 0 },
                    { 0, 3 },
                }
            ),
            [0, 0],
            1e-12,
            solution,
            Never
        );
        Assert.Equal([0, 0], solution);
        Assert.Equal(0, gmres.Iterations);
    }

    /// <summary>A right side that A can reach although A is singular: x is found up to what A does not see.</summary>
    [Fact]
    public void A_singular_system_with_a_solution_is_solved()
    {
        double[,] matrix =
        {
            { 1, -1, 0 },
            { 0, 1, -1 },
            { -1, 0, 1 },
        };
        var solution = new double[3];
        new Gmres(3).Solve(Product(matrix), [3, -1, -2], 1e-13, solution, Never);
        Assert.Equal(3, solution[0] - solution[1], 1e-12);
        Assert.Equal(-1, solution[1] - solution[2], 1e-12);
    }

    [Fact]
    public void A_solve_can_be_stopped_between_products()
    {
        var (matrix, right) = RandomSystem(20);
        var gmres = new Gmres(20);
        var left = 3;
        gmres.Solve(Product(matrix), right, 1e-13, new double[20], () => left-- == 0);
        Assert.Equal(3, gmres.Iterations);
        Assert.True(gmres.RelativeResidual > 1e-13);
    }

    [Fact]
    public void The_basis_of_a_large_system_is_limited()
    {
        Assert.Equal(500, new Gmres(500).Limit);
        Assert.Equal(200, new Gmres(100_000).Limit);
        Assert.Equal(30, new Gmres(10_000_000).Limit);
    }

    private static bool Never() => false;

    private static (double[,] Matrix, double[] Right) RandomSystem(int size)
    {
        var random = new Random(size);
        var matrix = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[i, j] = (2 * random.NextDouble()) - 1 + (i == j ? 3 : 0);
            }
        }

        return (matrix, RandomVector(size, random));
    }

    private static double[] RandomVector(int size, Random random) =>
        [.. Enumerable.Range(0, size).Select(_ => (2 * random.NextDouble()) - 1)];

    private static Action<double[], double[]> Product(double[,] matrix) =>
        (x, product) =>
        {
            for (var i = 0; i < x.Length; i++)
            {
                product[i] = 0;
                for (var j = 0; j < x.Length; j++)
                {
                    product[i] += matrix[i, j] * x[j];
                }
            }
        };

    private static decimal[,] Decimals(double[,] matrix)
    {
        var result = new decimal[matrix.GetLength(0), matrix.GetLength(1)];
        for (var i = 0; i < result.GetLength(0); i++)
        {
            for (var j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] = DecimalMath.From(matrix[i, j]);
            }
        }

        return result;
    }
}
