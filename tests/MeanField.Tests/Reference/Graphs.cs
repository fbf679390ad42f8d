namespace MeanField.Tests.Reference;

/// <summary>Undirected graphs as offsets and sorted neighbours.</summary>
internal static class Graphs
{
    public static (int[] Offsets, int[] Neighbours) FromEdges(int vertices, IEnumerable<(int From, int To)> edges)
    {
        var neighbours = Enumerable.Range(0, vertices).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (from, to) in edges.Where(edge => edge.From != edge.To))
        {
            neighbours[from].Add(to);
            neighbours[to].Add(from);
        }

        var offsets = new int[vertices + 1];
        for (var v = 0; v < vertices; v++)
        {
            offsets[v + 1] = offsets[v] + neighbours[v].Count;
        }

        return (offsets, [.. neighbours.SelectMany(set => set)]);
    }

    /// <summary>A graph by its kind and size.</summary>
    public static (int[] Offsets, int[] Neighbours) Named(string kind, int size)
    {
        var vertices = Enumerable.Range(0, size);
        var random = new Random(size);
        return kind switch
        {
            "path" => FromEdges(size, vertices.Skip(1).Select(v => (v - 1, v))),
            "grid" => Grid(size, size),
            "strip" => Grid(3, size),
            "clique" => FromEdges(size, vertices.SelectMany(v => vertices.Select(w => (v, w)))),
            "star" => FromEdges(size, vertices.Select(v => (0, v))),
            "isolated" => FromEdges(size, []),
            "two parts" => FromEdges(size, vertices.Skip(2).Select(v => (v - 2, v))),
            "random" => FromEdges(size, vertices.SelectMany(v => new[] { (v, random.Next(size)), (v, v / 2) })),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static (int[] Offsets, int[] Neighbours) Grid(int rows, int columns) =>
        FromEdges(
            rows * columns,
            Enumerable
                .Range(0, rows * columns)
                .SelectMany(v =>
                    new[] { (v, v % columns < columns - 1 ? v + 1 : v), (v, v / columns < rows - 1 ? v + columns : v) }
                )
        );
}
