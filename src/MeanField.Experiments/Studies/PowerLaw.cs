namespace MeanField.Experiments.Studies;

/// <summary>y = c · x^p through points, by least squares of the logarithms.</summary>
internal static class PowerLaw
{
    /// <summary>p, or NaN where fewer than two points with distinct positive x and positive y are left.</summary>
    public static double Exponent(IEnumerable<(double X, double Y)> points)
    {
        var logs = points
            .Where(point => point is { X: > 0, Y: > 0 } && double.IsFinite(point.X) && double.IsFinite(point.Y))
            .Select(point => (X: Math.Log(point.X), Y: Math.Log(point.Y)))
            .ToList();
        if (logs.DistinctBy(point => point.X).Count() < 2)
        {
            return double.NaN;
        }

        var (meanX, meanY) = (logs.Average(point => point.X), logs.Average(point => point.Y));
        return logs.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / logs.Sum(point => Math.Pow(point.X - meanX, 2));
    }
}
