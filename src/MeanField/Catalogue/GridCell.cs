using System.Globalization;

namespace MeanField.Catalogue;

/// <summary>A cell of a grid by row and column, both counted from zero at the top left.</summary>
public readonly record struct GridCell(int Row, int Column)
{
    /// <summary>The cell as <c>row,column</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Row},{Column}");
}
