using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>A floor plan: free cells, walls and points of interest. Immutable and safe to share between threads.</summary>
/// <remarks>As text: one line a row (or rows separated by <c>/</c>), <c>.</c> free, <c>#</c> wall, <c>P</c> point of interest.</remarks>
public sealed class GridLayout
{
    private const int MaximumCells = 4_000_000;
    private readonly bool[] _free;

    private GridLayout(int rows, int columns, bool[] free, IReadOnlyList<GridCell> marks)
    {
        Rows = rows;
        Columns = columns;
        _free = free;
        Marks = marks;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The cells marked <c>P</c>, in row-major order.</summary>
    public IReadOnlyList<GridCell> Marks { get; }

    /// <summary>Reads a layout from text. Empty lines before the first and after the last row are ignored.</summary>
    /// <exception cref="ParameterException">Rows of unequal length, an unknown character, no free cell or too many cells: all named
    /// with row and column (from zero), what was found and what is allowed.</exception>
    public static GridLayout Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', '/').Select(line => line.Trim()).ToList();
        var first = lines.FindIndex(line => line.Length > 0);
        var last = lines.FindLastIndex(line => line.Length > 0);
        if (first < 0)
        {
            throw new ParameterException("layout is empty; allowed: rows of '.' free, '#' wall, 'P' point of interest");
        }

        lines = lines.GetRange(first, last - first + 1);
        var columns = lines[0].Length;
        if ((long)columns * lines.Count > MaximumCells)
        {
            throw new ParameterException(
                $"layout has {lines.Count} x {columns} cells; allowed: at most {MaximumCells} cells"
            );
        }

        var free = new bool[lines.Count * columns];
        var marks = new List<GridCell>();
        for (var row = 0; row < lines.Count; row++)
        {
            if (lines[row].Length != columns)
            {
                throw new ParameterException(
                    $"layout row {row} has {lines[row].Length} characters; allowed: {columns}, as in row 0"
                );
            }

            for (var column = 0; column < columns; column++)
            {
                free[(row * columns) + column] = lines[row][column] switch
                {
                    '.' or 'P' => true,
                    '#' => false,
                    var other => throw new ParameterException(
                        $"layout row {row}, column {column} is {Printable(other)}; allowed: '.' free, '#' wall, 'P' point of interest"
                    ),
                };
                if (lines[row][column] == 'P')
                {
                    marks.Add(new GridCell(row, column));
                }
            }
        }

        return Array.IndexOf(free, true) >= 0
            ? new GridLayout(lines.Count, columns, free, marks)
            : throw new ParameterException("layout has no free cell; allowed: at least one '.' or 'P'");
    }

    /// <summary>Whether a cell lies inside the layout and is not a wall.</summary>
    public bool IsFree(GridCell cell) =>
        (uint)cell.Row < (uint)Rows && (uint)cell.Column < (uint)Columns && _free[(cell.Row * Columns) + cell.Column];

    private static string Printable(char character) =>
        char.IsControl(character) || character > '~'
            ? string.Create(CultureInfo.InvariantCulture, $"the character U+{(int)character:X4}")
            : $"'{character}'";
}
