using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

public class GridRasterTests
{
    [Fact]
    public void Walls_are_transparent_cells_without_state_veiled_and_masses_coloured()
    {
        var grid = ReportSample.Grid("P.#./..##");
        double[] meanField = [0.5, 0.25, 0.125, 0.125];
        var raster = GridRaster.Draw(grid, meanField, MassScale.For(meanField), 1024);
        Assert.Equal((4, 2, 1), (raster.Width, raster.Height, raster.CellsPerPixel));
        Assert.Equal([Level(1), Level(0.5), 0, 1, Level(0.25), Level(0.25), 0, 0], raster.Pixels);
        Assert.Equal(0, GridRaster.Palette[0].Opacity);
        Assert.InRange(GridRaster.Palette[1].Opacity, 1, 254);
        Assert.All(GridRaster.Palette.Skip(2), color => Assert.Equal(255, color.Opacity));
    }

    [Fact]
    public void A_layout_beyond_the_longest_side_shows_means_of_squares()
    {
        var grid = ReportSample.Grid("P...#/....#/#####");
        double[] meanField = [0.4, 0.2, 0, 0, 0.1, 0.1, 0.2, 0];
        var raster = GridRaster.Draw(grid, meanField, MassScale.For([0.2, 0.2]), 3);
        Assert.Equal((3, 2, 2), (raster.Width, raster.Height, raster.CellsPerPixel));
        Assert.Equal([Level(1), Level(0.25), 0, 0, 0, 0], raster.Pixels);
    }

    private static byte Level(double position) => (byte)(2 + Math.Min(63, (int)(64 * position)));
}
