namespace MeanField.Tests.Reference;

/// <summary>Symbolic elimination on a full adjacency matrix: eliminating a vertex joins all its remaining neighbours.</summary>
internal static class DenseElimination
{
    /// <summary>By position in the order: the later positions that a vertex is joined to when it is eliminated, ascending.</summary>
    public static int[][] Fill(bool[,] adjacent, int[] order)
    {
        var joined = (bool[,])adjacent.Clone();
        var rows = new int[order.Length][];
        for (var k = 0; k < order.Length; k++)
        {
            rows[k] = [.. Enumerable.Range(k + 1, order.Length - k - 1).Where(j => joined[order[k], order[j]])];
            foreach (var i in rows[k])
            {
                foreach (var j in rows[k])
                {
                    joined[order[i], order[j]] |= i != j;
                }
            }
        }

        return rows;
    }

    /// <summary>A sparse square pattern as an adjacency matrix, in both directions and without loops.</summary>
    public static bool[,] Adjacency(ReadOnlySpan<int> offsets, ReadOnlySpan<int> columns)
    {
        var count = offsets.Length - 1;
        var adjacent = new bool[count, count];
        for (var row = 0; row < count; row++)
        {
            foreach (var column in columns[offsets[row]..offsets[row + 1]])
            {
                adjacent[row, column] = adjacent[column, row] |= row != column;
            }
        }

        return adjacent;
    }
}
