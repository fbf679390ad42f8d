using MeanField.Catalogue;

namespace MeanField.Experiments.Reports;

/// <summary>How large a floor plan is shown, in CSS pixels, and what can be read at that size.</summary>
internal sealed record GridFigureSize
{
    /// <summary>Units of the picture's own coordinates in the side of a cell.</summary>
    public const double Unit = 20;

    private const double PageWidth = 1100;
    private const double HalfWidth = 532;
    private const double PhoneWidth = 334;
    private const double WideShape = 1.5;
    private const double GreatestHeight = 720;
    private const double LeastWidth = 120;
    private const double LeastHeight = 60;
    private const double LeastArrow = 16;
    private const double LeastPhoneArrow = 12;
    private const int LargestNumbered = 6;

    /// <summary>Fits a layout into the page.</summary>
    public GridFigureSize(GridLayout layout)
    {
        var shape = (double)layout.Columns / layout.Rows;
        IsWide = shape >= WideShape;
        LeastShownWidth = Math.Min(LeastHeight * shape, PageWidth);
        Width = Math.Max(
            Math.Clamp(GreatestHeight * shape, LeastWidth, IsWide ? PageWidth : HalfWidth),
            LeastShownWidth
        );
        CellWidth = Width / layout.Columns;
        IsNumbered = layout.Columns <= LargestNumbered && layout.Rows <= LargestNumbered;
        HasFrames = CellWidth >= LeastArrow;
        BlockSide = CellsFor(LeastArrow, CellWidth);
        var phoneWidth = Math.Max(Math.Min(Width, PhoneWidth), LeastShownWidth);
        PhoneBlockSide = Math.Max(BlockSide, CellsFor(LeastPhoneArrow, phoneWidth / layout.Columns));
    }

    /// <summary>Whether the figure takes the whole width of the page, and not the half beside the chart.</summary>
    public bool IsWide { get; }

    /// <summary>The width where there is room for it.</summary>
    public double Width { get; }

    /// <summary>The width below which the figure is scrolled and not made smaller.</summary>
    public double LeastShownWidth { get; }

    /// <summary>The width of a cell at <see cref="Width"/>.</summary>
    public double CellWidth { get; }

    /// <summary>Whether each cell has room for its share in digits.</summary>
    public bool IsNumbered { get; }

    /// <summary>Whether a frame around a target cell can be seen; otherwise a ring marks the place.</summary>
    public bool HasFrames { get; }

    /// <summary>Cells in the side of the block that one arrow stands for.</summary>
    public int BlockSide { get; }

    /// <summary>The same on a phone.</summary>
    public int PhoneBlockSide { get; }

    private static int CellsFor(double length, double cellWidth) => Math.Max(1, (int)Math.Ceiling(length / cellWidth));
}
