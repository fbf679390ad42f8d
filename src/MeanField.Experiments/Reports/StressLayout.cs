using MeanField.Numerics;

namespace MeanField.Experiments.Reports;

/// <summary>
/// Places the vertices of a graph in the plane so that straight distances are near numbers of edges: classical scaling, then stress
/// majorization one vertex at a time (E. Gansner, Y. Koren, S. North, "Graph Drawing by Stress Majorization", GD 2004; weights d⁻²). Only sums,
/// products, quotients and square roots, in a fixed order: the same graph gives the same bits on every machine.
/// </summary>
internal static class StressLayout
{
    private const int MostSweeps = 200;
    private const int PowerSteps = 60;
    private const double Settled = 1e-3;

    /// <summary>Computes the places, in units of an edge, the widest direction along x.</summary>
    /// <param name="neighbours">By vertex, its neighbours; each edge stands at both its ends. Parts without a way between them are put side by
    /// side. The time grows with the square of the number of vertices.</param>
    public static (double X, double Y)[] Compute(IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        var distances = Distances(neighbours);
        var places = ClassicalScaling(distances);
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            if (Sweep(distances, places) < Settled)
            {
                break;
            }
        }

        return places;
    }

    private static double[][] Distances(IReadOnlyList<IReadOnlyList<int>> neighbours)
    {
        var count = neighbours.Count;
        var distances = new double[count][];
        var queue = new Queue<int>();
        var farthest = 0.0;
        for (var start = 0; start < count; start++)
        {
            var row = distances[start] = new double[count];
            Array.Fill(row, double.PositiveInfinity);
            row[start] = 0;
            queue.Enqueue(start);
            while (queue.TryDequeue(out var vertex))
            {
                farthest = Math.Max(farthest, row[vertex]);
                foreach (var next in neighbours[vertex].Where(next => double.IsInfinity(row[next])))
                {
                    row[next] = row[vertex] + 1;
                    queue.Enqueue(next);
                }
            }
        }

        foreach (var row in distances)
        {
            for (var i = 0; i < count; i++)
            {
                row[i] = double.IsInfinity(row[i]) ? farthest + 2 : row[i];
            }
        }

        return distances;
    }

    // The two leading eigenvectors of the doubly centred squared distances, by power steps. Vertices with equal distances to all others may come
    // to lie on each other; moving one after the other takes them apart.
    private static (double X, double Y)[] ClassicalScaling(double[][] distances)
    {
        var count = distances.Length;
        var means = distances.Select(row => row.Sum(d => d * d) / count).ToArray();
        var mean = means.Sum() / count;
        var centred = new double[count][];
        for (var i = 0; i < count; i++)
        {
            centred[i] = new double[count];
            for (var j = 0; j < count; j++)
            {
                centred[i][j] = -0.5 * ((distances[i][j] * distances[i][j]) - means[i] - means[j] + mean);
            }
        }

        var random = new RandomNumbers(seed: 0, stream: 0);
        var x = LeadingVector(centred, [], ref random);
        var y = LeadingVector(centred, x, ref random);
        return [.. x.Zip(y)];
    }

    // Scaled to the square root of its eigenvalue; orthogonal to another vector if one is given.
    private static double[] LeadingVector(double[][] matrix, double[] other, ref RandomNumbers random)
    {
        var vector = new double[matrix.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = random.NextDouble() - 0.5;
        }

        var size = 0.0;
        for (var step = 0; step < PowerSteps; step++)
        {
            if (other.Length > 0 && Dot(other, other) is var square and > 0)
            {
                var part = Dot(vector, other) / square;
                vector = [.. vector.Zip(other, (v, o) => v - (part * o))];
            }

            var length = Math.Sqrt(Dot(vector, vector));
            if (length < 1e-12)
            {
                return new double[vector.Length];
            }

            var unit = Array.ConvertAll(vector, v => v / length);
            vector = Array.ConvertAll(matrix, row => Dot(row, unit));
            size = Math.Sqrt(Dot(vector, vector));
        }

        return size > 0 ? Array.ConvertAll(vector, v => v / Math.Sqrt(size)) : vector;
    }

    private static double Dot(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    // Moves each vertex to where the others want it; never increases the stress. Returns the longest move.
    private static double Sweep(double[][] distances, (double X, double Y)[] places)
    {
        var longest = 0.0;
        for (var i = 0; i < places.Length; i++)
        {
            var (x, y, weights) = (0.0, 0.0, 0.0);
            for (var j = 0; j < places.Length; j++)
            {
                if (j == i)
                {
                    continue;
                }

                var wanted = distances[i][j];
                var weight = 1 / (wanted * wanted);
                var (right, up) = (places[i].X - places[j].X, places[i].Y - places[j].Y);
                var apart = Math.Sqrt((right * right) + (up * up));
                var stretch = apart > 1e-9 ? wanted / apart : 0;
                x += weight * (places[j].X + (stretch * right));
                y += weight * (places[j].Y + (stretch * up));
                weights += weight;
            }

            if (weights > 0)
            {
                (x, y) = (x / weights, y / weights);
                var (moveX, moveY) = (x - places[i].X, y - places[i].Y);
                longest = Math.Max(longest, Math.Sqrt((moveX * moveX) + (moveY * moveY)));
                places[i] = (x, y);
            }
        }

        return longest;
    }
}
