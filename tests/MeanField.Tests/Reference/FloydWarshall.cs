namespace MeanField.Tests.Reference;

/// <summary>Least costs between all pairs of vertices by the textbook recurrence.</summary>
internal static class FloydWarshall
{
    /// <summary>By start and end: the least cost of a way, infinite where there is none.</summary>
    public static double[,] Distances(int vertices, IEnumerable<(int From, int To, double Cost)> edges)
    {
        var distances = new double[vertices, vertices];
        for (var i = 0; i < vertices; i++)
        {
            for (var j = 0; j < vertices; j++)
            {
                distances[i, j] = i == j ? 0 : double.PositiveInfinity;
            }
        }

        foreach (var (from, to, cost) in edges)
        {
            distances[from, to] = Math.Min(distances[from, to], cost);
        }

        for (var k = 0; k < vertices; k++)
        {
            for (var i = 0; i < vertices; i++)
            {
                for (var j = 0; j < vertices; j++)
                {
                    distances[i, j] = Math.Min(distances[i, j], distances[i, k] + distances[k, j]);
                }
            }
        }

        return distances;
    }
}
