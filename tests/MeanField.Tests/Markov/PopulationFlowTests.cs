using MeanField.Markov;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class PopulationFlowTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_push_is_the_product_with_the_dense_chain(int seed)
    {
        using var check = new RandomCase(seed);
        var pushed = Enumerable.Repeat(double.NaN, check.States).ToArray();
        PopulationFlow.Push(check.Chain, check.Law, pushed);
        var expected = DenseChain.Push(check.DenseChain, DecimalMath.From(check.Law));
        Assert.All(pushed, (share, s) => Assert.Equal((double)expected[s], share, 1e-14));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused()
    {
        using var check = new RandomCase(4);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            PopulationFlow.Push(check.Chain, check.Law, new double[check.States - 1])
        );
    }

    [Fact]
    public void The_distance_is_the_sum_of_absolute_differences() =>
        Assert.Equal(1.25, PopulationFlow.Distance([0.5, 0.5, 0], [0, 0.75, 0.5]));
}
