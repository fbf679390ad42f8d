using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

public class AndersonMemoryTests
{
    // For x -> residual b - A x of n dimensions, n differences span everything: the combination cancels the residual, which makes the shifted iterate
    // the solution (Walker and Ni, SIAM J. Numer. Anal. 49, 2011: on linear problems Anderson mixing is GMRES).
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_linear_problem_is_solved_after_as_many_steps_as_dimensions(int dimension)
    {
        var random = new Random(dimension);
        var matrix = new double[dimension, dimension];
        var solution = new double[dimension];
        for (var i = 0; i < dimension; i++)
        {
            solution[i] = random.NextDouble();
            for (var j = 0; j < dimension; j++)
            {
                matrix[i, j] = random.NextDouble() + (i == j ? 2 : 0);
            }
        }

        var memory = new AndersonMemory(dimension, dimension);
        var iterate = new double[dimension];
        for (var n = 0; n <= dimension; n++)
        {
            iterate = Array.ConvertAll(iterate, _ => random.NextDouble());
            memory.Add(iterate, Residual(matrix, solution, iterate));
        }

        var (shift, residual) = (new double[dimension], new double[dimension]);
        memory.Combine([.. Enumerable.Range(0, dimension).Select(i => 1.0 + i)], shift, residual);
        Assert.All(residual, left => Assert.Equal(0, left, 1e-10));
        Assert.All(Enumerable.Range(0, dimension), i => Assert.Equal(solution[i], iterate[i] + shift[i], 1e-10));
    }

    [Fact]
    public void The_oldest_entry_goes_first_and_a_restart_keeps_the_newest()
    {
        var memory = new AndersonMemory(1, 2);
        Assert.Equal(0, memory.Differences);
        foreach (var x in new[] { 100.0, 3, 2, 1 })
        {
            memory.Add([x], [-x]);
        }

        Assert.Equal(2, memory.Differences);
        memory.Restart();
        Assert.Equal(0, memory.Differences);
        memory.Add([0.5], [-0.5]);
        var (shift, residual) = (new double[1], new double[1]);
        memory.Combine([1], shift, residual);
        Assert.Equal(-0.5, shift[0], 1e-15);
    }

    // The same difference twice tells nothing new, and dividing by what is left of it would be noise.
    [Fact]
    public void Differences_that_depend_on_each_other_are_left_out()
    {
        var memory = new AndersonMemory(2, 3);
        memory.Add([0, 0], [4, 0]);
        memory.Add([1, 0], [3, 0]);
        memory.Add([2, 0], [2, 0]);
        var (shift, residual) = (new double[2], new double[2]);
        memory.Combine([1, 1], shift, residual);
        Assert.Equal([2, 0], shift);
        Assert.Equal([0, 0], residual);
    }

    private static double[] Residual(double[,] matrix, double[] solution, double[] iterate)
    {
        var residual = new double[iterate.Length];
        for (var i = 0; i < residual.Length; i++)
        {
            for (var j = 0; j < residual.Length; j++)
            {
                residual[i] += matrix[i, j] * (solution[j] - iterate[j]);
            }
        }

        return residual;
    }
}
