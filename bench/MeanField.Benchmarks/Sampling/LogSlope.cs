namespace MeanField.Benchmarks.Sampling;

/// <summary>How one quantity grows as a power of another.</summary>
internal static class LogSlope
{
    /// <summary>The slope of log y against log x by least squares; points that are not finite are left out.</summary>
    /// <returns>NaN with fewer than two points.</returns>
    public static double Of(IEnumerable<(double X, double Y)> points)
    {
        var logs = points
            .Select(point => (X: Math.Log(point.X), Y: Math.Log(point.Y)))
            .Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))
            .ToArray();
        if (logs.Length < 2)
        {
            return double.NaN;
        }

        var (x, y) = (logs.Average(point => point.X), logs.Average(point => point.Y));
        return logs.Sum(point => (point.X - x) * (point.Y - y)) / logs.Sum(point => (point.X - x) * (point.X - x));
    }
}
