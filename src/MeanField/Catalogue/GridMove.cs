namespace MeanField.Catalogue;

/// <summary>A move on a grid. The order is the order of actions: the first five with 4-neighbour moves, all nine with 8.</summary>
public enum GridMove
{
    /// <summary>Stay in the cell.</summary>
    Stay,

    /// <summary>One row up (towards row 0).</summary>
    Up,

    /// <summary>One row down.</summary>
    Down,

    /// <summary>One column left (towards column 0).</summary>
    Left,

    /// <summary>One column right.</summary>
    Right,

    /// <summary>One row up and one column left.</summary>
    UpLeft,

    /// <summary>One row up and one column right.</summary>
    UpRight,

    /// <summary>One row down and one column left.</summary>
    DownLeft,

    /// <summary>One row down and one column right.</summary>
    DownRight,
}
