namespace MeanField.Numerics;

/// <summary>
/// The order in which the states of a chain are eliminated and where the fill falls, found once for a sparsity pattern and shared by every
/// factorisation on it. Immutable and safe to share between threads.
/// </summary>
/// <remarks>Positions are places in the elimination order. The pattern of the factors is symmetric, so the lower one is the transpose of
/// the upper one.</remarks>
internal sealed class EliminationPlan
{
    // 400 million entries in each factor are 9.6 GB of numbers and indices: beyond that sweeps are the only way.
    private const long MaximumEntries = 400_000_000;

    private EliminationPlan(
        int[] order,
        int[] position,
        int[] scatter,
        int[] upperOffsets,
        int[] upper,
        int[] lowerOffsets,
        int[] lower
    )
    {
        Order = order;
        Position = position;
        Scatter = scatter;
        UpperOffsets = upperOffsets;
        Upper = upper;
        LowerOffsets = lowerOffsets;
        Lower = lower;
        for (var k = 0; k < order.Length; k++)
        {
            long row = upperOffsets[k + 1] - upperOffsets[k];
            Operations += row * row;
        }
    }

    /// <summary>The state at each position.</summary>
    public int[] Order { get; }

    /// <summary>The position of each state.</summary>
    public int[] Position { get; }

    /// <summary>The position of the column of each entry of the pattern, in the pattern's own entry order.</summary>
    public int[] Scatter { get; }

    /// <summary>Length n + 1, by position.</summary>
    public int[] UpperOffsets { get; }

    /// <summary>Positions after the row's own, ascending.</summary>
    public int[] Upper { get; }

    /// <summary>Length n + 1, by position.</summary>
    public int[] LowerOffsets { get; }

    /// <summary>Positions before the row's own, ascending.</summary>
    public int[] Lower { get; }

    /// <summary>Multiply-adds of one factorisation.</summary>
    public long Operations { get; }

    /// <summary>Plans the elimination of a square pattern, or returns <see langword="null"/> when the factors would be too large.</summary>
    /// <param name="graph">The graph of the pattern.</param>
    /// <param name="columns">Columns of the pattern, row by row.</param>
    /// <param name="interruption">Asked all along.</param>
    /// <exception cref="OperationCanceledException">The interruption was wanted.</exception>
    public static EliminationPlan? TryCreate(
        SymmetricGraph graph,
        ReadOnlySpan<int> columns,
        Interruption? interruption = null
    )
    {
        interruption ??= Interruption.None;
        var order = NestedDissection.Order(graph.Offsets, graph.Neighbours, interruption);
        var count = order.Length;
        var position = new int[count];
        for (var k = 0; k < count; k++)
        {
            position[order[k]] = k;
        }

        var rows = FillRows(graph.Offsets, graph.Neighbours, order, position, interruption);
        if (rows is null)
        {
            return null;
        }

        var (upperOffsets, upper) = Flatten(rows);
        var (lowerOffsets, lower) = Transpose(upperOffsets, upper, interruption);
        var scatter = new int[columns.Length];
        for (var e = 0; e < scatter.Length; e++)
        {
            scatter[e] = position[columns[e]];
        }

        return new EliminationPlan(order, position, scatter, upperOffsets, upper, lowerOffsets, lower);
    }

    // Row k of the upper factor: its own later neighbours, and what the rows whose first entry is k pass on (elimination tree).
    private static int[][]? FillRows(
        int[] offsets,
        int[] neighbours,
        int[] order,
        int[] position,
        Interruption interruption
    )
    {
        var count = order.Length;
        var rows = new int[count][];
        var firstChild = new int[count];
        var nextSibling = new int[count];
        Array.Fill(firstChild, -1);
        var mark = new int[count];
        var row = new int[count];
        long entries = 0;
        for (var k = 0; k < count; k++)
        {
            interruption.CheckRow(k, k > 0 ? rows[k - 1].Length : 0);
            var length = 0;
            mark[k] = k + 1;
            foreach (var neighbour in neighbours.AsSpan(offsets[order[k]]..offsets[order[k] + 1]))
            {
                var j = position[neighbour];
                if (j > k && mark[j] != k + 1)
                {
                    mark[j] = k + 1;
                    row[length++] = j;
                }
            }

            for (var child = firstChild[k]; child >= 0; child = nextSibling[child])
            {
                foreach (var j in rows[child])
                {
                    if (mark[j] != k + 1)
                    {
                        mark[j] = k + 1;
                        row[length++] = j;
                    }
                }
            }

            entries += length;
            if (entries > MaximumEntries)
            {
                return null;
            }

            rows[k] = row[..length];
            Array.Sort(rows[k]);
            if (length > 0)
            {
                var parent = rows[k][0];
                nextSibling[k] = firstChild[parent];
                firstChild[parent] = k;
            }
        }

        return rows;
    }

    private static (int[] Offsets, int[] Columns) Flatten(int[][] rows)
    {
        var offsets = new int[rows.Length + 1];
        for (var k = 0; k < rows.Length; k++)
        {
            offsets[k + 1] = offsets[k] + rows[k].Length;
        }

        var columns = new int[offsets[^1]];
        for (var k = 0; k < rows.Length; k++)
        {
            rows[k].CopyTo(columns, offsets[k]);
        }

        return (offsets, columns);
    }

    private static (int[] Offsets, int[] Columns) Transpose(int[] offsets, int[] columns, Interruption interruption)
    {
        var count = offsets.Length - 1;
        var transposedOffsets = new int[count + 1];
        foreach (var column in columns)
        {
            transposedOffsets[column + 1]++;
        }

        for (var i = 0; i < count; i++)
        {
            transposedOffsets[i + 1] += transposedOffsets[i];
        }

        var next = transposedOffsets.AsSpan(0, count).ToArray();
        var transposed = new int[columns.Length];
        for (var row = 0; row < count; row++)
        {
            interruption.CheckRow(row, offsets[row + 1] - offsets[row]);
            foreach (var column in columns.AsSpan(offsets[row]..offsets[row + 1]))
            {
                transposed[next[column]++] = row;
            }
        }

        return (transposedOffsets, transposed);
    }
}
