using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

public class LineThinningTests
{
    [Fact]
    public void A_thinned_line_keeps_the_ends_and_extremes_of_every_column_in_order()
    {
        var random = new Random(3);
        var points = Enumerable
            .Range(0, 100_000)
            .Select(i => (X: i * 400 / 100_000.0, Y: random.NextDouble()))
            .ToArray();
        var thinned = LineThinning.Thin(points);
        Assert.InRange(thinned.Count, 400, 1600);
        Assert.Equal(points[0], thinned[0]);
        Assert.Equal(points[^1], thinned[^1]);
        Assert.Equal(thinned.OrderBy(point => point.X), thinned);
        foreach (var column in points.GroupBy(point => (int)point.X))
        {
            var kept = thinned.Where(point => (int)point.X == column.Key).ToArray();
            Assert.Equal(column.Min(point => point.Y), kept.Min(point => point.Y));
            Assert.Equal(column.Max(point => point.Y), kept.Max(point => point.Y));
            Assert.Equal(column.First(), kept[0]);
            Assert.Equal(column.Last(), kept[^1]);
        }
    }

    [Fact]
    public void A_short_line_is_kept_whole()
    {
        (double X, double Y)[] points = [(0, 3), (0.5, 1), (7, 2)];
        Assert.Equal(points, LineThinning.Thin(points));
        Assert.Empty(LineThinning.Thin([]));
    }
}
