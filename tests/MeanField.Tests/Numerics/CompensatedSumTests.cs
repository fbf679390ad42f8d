using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

public class CompensatedSumTests
{
    [Fact]
    public void Terms_that_cancel_leave_the_small_one()
    {
        var sum = default(CompensatedSum);
        foreach (var term in new[] { 1.0, 1e100, 1.0, -1e100 })
        {
            sum.Add(term);
        }

        Assert.Equal(2, sum.Value);
    }

    [Fact]
    public void A_hundred_thousand_terms_round_once()
    {
        var (sum, exact) = (default(CompensatedSum), 0m);
        var random = new Random(3);
        var term = 0.0;
        for (var i = 0; i < 100_000; i++)
        {
            term = i % 10 == 0 ? random.NextDouble() - 0.5 : term;
            sum.Add(term);
            exact += i % 10 == 0 ? 10 * DecimalMath.From(term) : 0;
        }

        Assert.Equal((double)exact, sum.Value);
    }
}
