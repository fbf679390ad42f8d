namespace MeanField.Tests.Reference;

/// <summary>The positive entries of a full matrix, row by row.</summary>
internal sealed class SparseRows
{
    public SparseRows(decimal[,] matrix)
    {
        var (columns, values) = (new List<int>(), new List<double>());
        Offsets = new int[matrix.GetLength(0) + 1];
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j < matrix.GetLength(1); j++)
            {
                if (matrix[i, j] > 0)
                {
                    columns.Add(j);
                    values.Add((double)matrix[i, j]);
                }
            }

            Offsets[i + 1] = columns.Count;
        }

        Columns = [.. columns];
        Values = [.. values];
    }

    public int[] Offsets { get; }

    public int[] Columns { get; }

    public double[] Values { get; }
}
