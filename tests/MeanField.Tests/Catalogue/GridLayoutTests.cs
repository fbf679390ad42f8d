using MeanField.Catalogue;
using MeanField.Parameters;

namespace MeanField.Tests.Catalogue;

public class GridLayoutTests
{
    [Theory]
    [InlineData("..P\n#.#")]
    [InlineData("..P/#.#")]
    [InlineData("..P\r\n#.#\r\n")]
    [InlineData("\n\n  ..P  \n  #.#\n\n")]
    [InlineData("/..P/#.#/")]
    public void A_layout_reads_the_same_however_its_rows_are_separated(string text)
    {
        var layout = GridLayout.Parse(text);
        Assert.Equal((2, 3), (layout.Rows, layout.Columns));
        Assert.Equal([new GridCell(0, 2)], layout.Marks);
        bool[] free = [true, true, true, false, true, false];
        for (var row = 0; row < 2; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                Assert.Equal(free[(3 * row) + column], layout.IsFree(new GridCell(row, column)));
            }
        }
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Nothing_outside_is_free(int row, int column) =>
        Assert.False(GridLayout.Parse("..P/...").IsFree(new GridCell(row, column)));

    [Fact]
    public void Marks_are_listed_row_by_row() =>
        Assert.Equal([new GridCell(0, 1), new GridCell(1, 0), new GridCell(1, 2)], GridLayout.Parse(".P./P.P").Marks);

    [Theory]
    [InlineData("", "layout is empty; allowed: rows of '.' free, '#' wall, 'P' point of interest")]
    [InlineData(" \n / \n", "layout is empty; allowed: rows of '.' free, '#' wall, 'P' point of interest")]
    [InlineData("...\n..\n...", "layout row 1 has 2 characters; allowed: 3, as in row 0")]
    [InlineData("...\n....", "layout row 1 has 4 characters; allowed: 3, as in row 0")]
    [InlineData("...\n\n...", "layout row 1 has 0 characters; allowed: 3, as in row 0")]
    [InlineData("..\n.x", "layout row 1, column 1 is 'x'; allowed: '.' free, '#' wall, 'P' point of interest")]
    [InlineData("p", "layout row 0, column 0 is 'p'; allowed: '.' free, '#' wall, 'P' point of interest")]
    [InlineData(
        ".\u0007",
        "layout row 0, column 1 is the character U+0007; allowed: '.' free, '#' wall, 'P' point of interest"
    )]
    [InlineData(
        "é.",
        "layout row 0, column 0 is the character U+00E9; allowed: '.' free, '#' wall, 'P' point of interest"
    )]
    [InlineData("##/##", "layout has no free cell; allowed: at least one '.' or 'P'")]
    public void A_layout_that_cannot_be_read_is_refused_with_row_column_found_and_allowed(
        string text,
        string message
    ) => Assert.Equal(message, Assert.Throws<ParameterException>(() => GridLayout.Parse(text)).Message);

    [Fact]
    public void A_layout_beyond_four_million_cells_is_refused_before_it_is_read()
    {
        var message = Assert
            .Throws<ParameterException>(() => GridLayout.Parse(new string('.', 2_000_001) + "/."))
            .Message;
        Assert.Equal("layout has 2 x 2000001 cells; allowed: at most 4000000 cells", message);
    }

    [Fact]
    public void A_cell_is_written_as_row_and_column() => Assert.Equal("3,14", new GridCell(3, 14).ToString());
}
