namespace MeanField.Experiments.Reports;

/// <summary>Drops points of a line that cannot be seen: of all points that share a column of the picture the first, the lowest,
/// the highest and the last are kept, which draws the same picture (the M4 aggregation, Jugel et al., VLDB 2014).</summary>
internal static class LineThinning
{
    /// <summary>Thins a line.</summary>
    /// <param name="points">Points with ascending X, in picture units; a column is one unit wide.</param>
    public static IReadOnlyList<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points)
    {
        var kept = new List<(double X, double Y)>();
        for (var start = 0; start < points.Count; )
        {
            var column = Math.Floor(points[start].X);
            var (end, lowest, highest) = (start, start, start);
            for (; end < points.Count && Math.Floor(points[end].X) == column; end++)
            {
                lowest = points[end].Y < points[lowest].Y ? end : lowest;
                highest = points[end].Y > points[highest].Y ? end : highest;
            }

            int[] indices = [start, Math.Min(lowest, highest), Math.Max(lowest, highest), end - 1];
            kept.AddRange(indices.Distinct().Select(index => points[index]));
            start = end;
        }

        return kept;
    }
}
