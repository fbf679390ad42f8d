namespace MeanField.Numerics;

/// <summary>An undirected graph without loops. Immutable and safe to share between threads.</summary>
/// <param name="Offsets">Length n + 1: the neighbours of vertex i are <c>Offsets[i]</c> to <c>Offsets[i + 1]</c> − 1.</param>
/// <param name="Neighbours">Neighbours, ascending for each vertex; every edge stands at both its ends.</param>
internal sealed record SymmetricGraph(int[] Offsets, int[] Neighbours)
{
    /// <summary>The graph of a square sparsity pattern: an edge wherever either of two entries is stored.</summary>
    /// <param name="offsets">Row offsets, length n + 1.</param>
    /// <param name="columns">Columns of each row.</param>
    public static SymmetricGraph FromPattern(ReadOnlySpan<int> offsets, ReadOnlySpan<int> columns)
    {
        var count = offsets.Length - 1;
        var starts = new int[count + 1];
        for (var row = 0; row < count; row++)
        {
            foreach (var column in columns[offsets[row]..offsets[row + 1]])
            {
                if (column != row)
                {
                    starts[row + 1]++;
                    starts[column + 1]++;
                }
            }
        }

        for (var i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts.AsSpan(0, count).ToArray();
        var both = new int[starts[count]];
        for (var row = 0; row < count; row++)
        {
            foreach (var column in columns[offsets[row]..offsets[row + 1]])
            {
                if (column != row)
                {
                    both[next[row]++] = column;
                    both[next[column]++] = row;
                }
            }
        }

        var compactOffsets = new int[count + 1];
        var filled = 0;
        for (var row = 0; row < count; row++)
        {
            var neighbours = both.AsSpan(starts[row]..starts[row + 1]);
            neighbours.Sort();
            var last = -1;
            foreach (var neighbour in neighbours)
            {
                if (neighbour != last)
                {
                    both[filled++] = last = neighbour;
                }
            }

            compactOffsets[row + 1] = filled;
        }

        return new SymmetricGraph(compactOffsets, both[..filled]);
    }
}
