using MeanField.Solvers.Updates;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers.Updates;

public class TabularLearningTests
{
    [Fact]
    public void A_value_moves_by_its_rate_towards_reward_and_what_comes_after()
    {
        var value = 4.0;
        TabularLearning.MoveValue(ref value, 0.25, 1, 0.5, 6);
        Assert.Equal(4 + (0.25 * (1 + 3 - 4)), value);
        TabularLearning.MoveValue(ref value, 0.5, 10, 0.5, -2);
        Assert.Equal(4 + (0.5 * (10 - 1 - 4)), value);
        TabularLearning.MoveValue(ref value, 1, 7, 0.9, 0);
        Assert.Equal(7, value);
    }

    [Fact]
    public void A_population_moves_by_its_rate_towards_a_state()
    {
        double[] law = [0.5, 0.25, 0.25];
        TabularLearning.MovePopulation(law, 1, 0.5);
        Assert.Equal([0.25, 0.625, 0.125], law);
        TabularLearning.MovePopulation(law, 0, 1);
        Assert.Equal([1, 0, 0], law);
    }

    [Theory]
    [InlineData(1, new[] { 0.0, 0 }, new[] { 0.5, 0.5 })]
    [InlineData(2, new[] { 2.0, 0, 2 }, new[] { 0.4223187982515182, 0.1553624034969636, 0.4223187982515182 })]
    [InlineData(0, new[] { 2.0, 0, 2 }, new[] { 0.5, 0, 0.5 })]
    [InlineData(2e-9, new[] { 2.0, 0, 1 }, new[] { 1.0, 0, 0 })]
    [InlineData(1e-300, new[] { -1e9, 1e9, 0 }, new[] { 0.0, 1, 0 })]
    public void Softmax_and_greedy_rows(double temperature, double[] values, double[] expected)
    {
        var row = new double[values.Length];
        TabularLearning.SoftmaxRow(values, temperature, row);
        Assert.Equal(expected, row, new Near(1e-15));
    }
}
