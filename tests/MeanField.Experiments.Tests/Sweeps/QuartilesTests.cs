using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Tests.Sweeps;

public class QuartilesTests
{
    // By the definition: the least number of the sample with more than that share of the sample at or before it.
    [Fact]
    public void They_are_numbers_of_the_sample_with_more_than_their_share_up_to_them()
    {
        for (var count = 1; count <= 13; count++)
        {
            var sample = Enumerable.Range(0, count).Select(i => (double)((i * 7) % count)).ToList();
            double Cut(int quarters) => sample.Where(x => 4 * sample.Count(y => y <= x) > quarters * count).Min();
            Assert.Equal(new Quartiles(Cut(1), Cut(2), Cut(3)), Quartiles.Of(sample));
        }
    }

    [Fact]
    public void What_has_no_bound_spoils_no_neighbour()
    {
        const double Infinity = double.PositiveInfinity;
        Assert.Equal(new Quartiles(1, 2, Infinity), Quartiles.Of([Infinity, 2, 0, Infinity, 1]));
        Assert.True(double.IsNaN(Quartiles.Of([]).Median));
    }
}
