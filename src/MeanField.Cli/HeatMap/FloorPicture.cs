using MeanField.Catalogue;

namespace MeanField.Cli.HeatMap;

/// <summary>A mean field over a floor plan, scaled down to fit a terminal. A cell of the picture that stands for several cells of the
/// layout shows the fullest of them, so that shares mean the same at every scale.</summary>
internal sealed class FloorPicture
{
    private readonly FloorCell[] _cells;

    private FloorPicture(int rows, int columns, int scale, FloorCell[] cells)
    {
        Rows = rows;
        Columns = columns;
        Scale = scale;
        _cells = cells;
        LargestShare = cells.Max(cell => cell.Share);
    }

    /// <summary>The number of rows of the picture.</summary>
    public int Rows { get; }

    /// <summary>The number of columns of the picture.</summary>
    public int Columns { get; }

    /// <summary>How many rows, and how many columns, of the layout each cell of the picture stands for.</summary>
    public int Scale { get; }

    /// <summary>The largest share of the population in one cell of the layout.</summary>
    public double LargestShare { get; }

    /// <summary>A cell of the picture, counted from the top left.</summary>
    public FloorCell this[int row, int column] => _cells[(row * Columns) + column];

    /// <summary>Draws the mean field of a crowd grid.</summary>
    /// <param name="game">The game.</param>
    /// <param name="meanField">S shares in state order.</param>
    /// <param name="maximumRows">The most rows of the picture.</param>
    /// <param name="maximumColumns">The most columns of the picture.</param>
    public static FloorPicture Of(CrowdGrid game, IReadOnlyList<double> meanField, int maximumRows, int maximumColumns)
    {
        var layout = game.Layout;
        var scale = Math.Max(CeilingDivide(layout.Rows, maximumRows), CeilingDivide(layout.Columns, maximumColumns));
        var rows = CeilingDivide(layout.Rows, scale);
        var columns = CeilingDivide(layout.Columns, scale);
        var blocks = new Block[rows * columns];
        for (var row = 0; row < layout.Rows; row++)
        {
            for (var column = 0; column < layout.Columns; column++)
            {
                var cell = new GridCell(row, column);
                ref var block = ref BlockOf(cell);
                block.Cells++;
                block.Free += layout.IsFree(cell) ? 1 : 0;
            }
        }

        for (var s = 0; s < game.States.Count; s++)
        {
            ref var block = ref BlockOf(game.States[s]);
            block.States++;
            block.Share = Math.Max(block.Share, meanField[s]);
        }

        foreach (var target in game.Targets)
        {
            BlockOf(target).Targets++;
        }

        return new FloorPicture(rows, columns, scale, [.. blocks.Select(block => block.ToCell())]);

        ref Block BlockOf(GridCell cell) => ref blocks[((cell.Row / scale) * columns) + (cell.Column / scale)];
    }

    private static int CeilingDivide(int number, int divisor) => (number + divisor - 1) / divisor;

    private struct Block
    {
        public int Cells;
        public int Free;
        public int States;
        public int Targets;
        public double Share;

        // Half a block of wall counts as wall, or the one-cell walls of a floor plan would vanish at a scale of two.
        public readonly FloorCell ToCell()
        {
            var kind =
                Targets > 0 ? FloorKind.Target
                : 2 * Free <= Cells ? FloorKind.Wall
                : States > 0 ? FloorKind.Free
                : FloorKind.Unreachable;
            return new FloorCell(kind, Share);
        }
    }
}
