using System.Globalization;

namespace MeanField.Catalogue;

/// <summary>A cell of a grid by row and column, both counted from zero at the top left.</summary>
public readonly record struct GridCell(int Row, int Column)
{
    private static readonly (int Row, int Column)[] Steps =
    [
        (0, 0),
        (-1, 0),
        (1, 0),
        (0, -1),
        (0, 1),
        (-1, -1),
        (-1, 1),
        (1, -1),
        (1, 1),
    ];

    /// <summary>The cell that a move leads to where neither border nor wall is in its way.</summary>
    public GridCell After(GridMove move) => new(Row + Steps[(int)move].Row, Column + Steps[(int)move].Column);

    /// <summary>The cell as <c>row,column</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row},{Column}");

    /// <summary>Reads <c>row,column</c>; spaces around the numbers are allowed.</summary>
    internal static bool TryParse(string text, out GridCell cell)
    {
        var parts = text.Split(',');
        var isCell =
            parts.Length == 2
            & int.TryParse(parts[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var row)
            & int.TryParse(parts[^1], NumberStyles.Integer, CultureInfo.InvariantCulture, out var column);
        cell = new GridCell(row, column);
        return isCell;
    }
}
