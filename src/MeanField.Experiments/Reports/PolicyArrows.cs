using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>
/// The mean move that a policy chooses in each cell of a grid. What of it points into a wall is left out: there the moves into the wall
/// are as good as staying, so that a policy shares its probability among them, and an arrow into the wall would say nothing.
/// </summary>
internal static class PolicyArrows
{
    /// <summary>Computes one arrow for each block of cells that holds a state.</summary>
    /// <param name="grid">The game.</param>
    /// <param name="policy">π(a|s), one number a feasible pair.</param>
    /// <param name="blockSide">Cells in the side of a block, at least 1.</param>
    public static IReadOnlyList<PolicyArrow> Compute(CrowdGrid grid, ReadOnlySpan<double> policy, int blockSide)
    {
        var blockColumns = (grid.Layout.Columns + blockSide - 1) / blockSide;
        var blocks = new Block[blockColumns * ((grid.Layout.Rows + blockSide - 1) / blockSide)];
        var pair = 0;
        foreach (var cell in grid.States)
        {
            var (down, right) = (0.0, 0.0);
            foreach (var move in grid.ActionsIn(cell))
            {
                var (rows, columns) = Step(move);
                down += policy[pair] * rows;
                right += policy[pair] * columns;
                pair++;
            }

            ref var block = ref blocks[BlockOf(cell)];
            block.Cells++;
            block.Rows += cell.Row;
            block.Columns += cell.Column;
            block.Down += grid.Layout.IsFree(cell with { Row = cell.Row + Math.Sign(down) }) ? down : 0;
            block.Right += grid.Layout.IsFree(cell with { Column = cell.Column + Math.Sign(right) }) ? right : 0;
        }

        // The arrow stands on a state, the one nearest to the middle of the block's states, and never on a wall.
        foreach (var cell in grid.States)
        {
            ref var block = ref blocks[BlockOf(cell)];
            var (down, right) = (cell.Row - (block.Rows / block.Cells), cell.Column - (block.Columns / block.Cells));
            var distance = (down * down) + (right * right);
            if (block.Place is null || distance < block.Distance)
            {
                (block.Place, block.Distance) = (cell, distance);
            }
        }

        var arrows = new List<PolicyArrow>();
        foreach (var block in blocks)
        {
            if (block.Place is { } place)
            {
                arrows.Add(
                    new PolicyArrow(place.Row, place.Column, block.Down / block.Cells, block.Right / block.Cells)
                );
            }
        }

        return arrows;

        int BlockOf(GridCell cell) => (cell.Row / blockSide * blockColumns) + (cell.Column / blockSide);
    }

    private static (int Rows, int Columns) Step(GridMove move) =>
        move switch
        {
            GridMove.Up => (-1, 0),
            GridMove.Down => (1, 0),
            GridMove.Left => (0, -1),
            GridMove.Right => (0, 1),
            GridMove.UpLeft => (-1, -1),
            GridMove.UpRight => (-1, 1),
            GridMove.DownLeft => (1, -1),
            GridMove.DownRight => (1, 1),
            _ => (0, 0),
        };

    private struct Block
    {
        public int Cells;
        public double Rows;
        public double Columns;
        public double Down;
        public double Right;
        public GridCell? Place;
        public double Distance;
    }
}
