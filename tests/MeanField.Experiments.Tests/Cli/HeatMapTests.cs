using System.Text;
using MeanField.Catalogue;
using MeanField.Cli.HeatMap;
using MeanField.Parameters;
using Spectre.Console;

namespace MeanField.Experiments.Tests.Cli;

public class HeatMapTests
{
    [Fact]
    public void At_full_scale_walls_targets_and_left_out_cells_stand_where_the_layout_has_them()
    {
        const string Layout = "..#./.P##/#..P";
        var game = Game(Layout);
        var meanField = new double[game.StateCount];
        Array.Fill(meanField, 1.0 / game.StateCount);
        var text = new StringBuilder();

        PlainHeatMap.Write(text, FloorPicture.Of(game, meanField, 24, 38), 79);

        // Every share is the largest one; the free cell at the top right cannot reach a target.
        var expected = new Dictionary<char, string>
        {
            ['.'] = "██",
            ['#'] = "##",
            ['P'] = "P█",
        };
        var rows = Layout.Split('/').Select(row => "  " + string.Concat(row.Select(cell => expected[cell]))).ToList();
        rows[0] = rows[0][..^2] + "  ";
        Assert.StartsWith(
            string.Join(Environment.NewLine, rows) + Environment.NewLine,
            text.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Shades_follow_the_share_of_the_fullest_cell()
    {
        var game = Game(".....P");
        double[] meanField = [0.0001, 0.001, 0.01, 0.1, 0.5, 1];
        var text = new StringBuilder();

        PlainHeatMap.Write(text, FloorPicture.Of(game, meanField, 24, 38), 79);

        Assert.StartsWith("  ··░░▒▒▓▓██P█", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "which holds 1 of the population",
            text.ToString().ReplaceLineEndings(" ").Replace("   ", " ", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_scaled_picture_shows_the_fullest_cell_of_each_block()
    {
        var game = Game(string.Join('/', Enumerable.Repeat(new string('.', 100) + "P", 60)));
        var meanField = Enumerable.Range(0, game.StateCount).Select(s => (double)(s * 7919 % 6007)).ToArray();

        var picture = FloorPicture.Of(game, meanField, 24, 60);

        Assert.Equal((3, 20, 34), (picture.Scale, picture.Rows, picture.Columns));
        var shares = game
            .States.Zip(meanField)
            .ToLookup(pair => (pair.First.Row / 3, pair.First.Column / 3), pair => pair.Second);
        Assert.All(shares, block => Assert.Equal(block.Max(), picture[block.Key.Item1, block.Key.Item2].Share));
        Assert.Equal(meanField.Max(), picture.LargestShare);
    }

    [Fact]
    public void A_block_is_a_target_if_it_has_one_a_wall_if_half_of_it_is_and_free_otherwise()
    {
        var game = Game("#...##../#....#../####.#P#/####....");

        var picture = FloorPicture.Of(game, new double[game.StateCount], 2, 4);

        FloorKind[] expected =
        [
            FloorKind.Wall,
            FloorKind.Free,
            FloorKind.Wall,
            FloorKind.Free,
            FloorKind.Wall,
            FloorKind.Wall,
            FloorKind.Free,
            FloorKind.Target,
        ];
        Assert.Equal(expected, Enumerable.Range(0, 8).Select(at => picture[at / 4, at % 4].Kind));
    }

    [Theory]
    [InlineData(1, 1, 80)]
    [InlineData(5, 5, 80)]
    [InlineData(25, 3, 80)]
    [InlineData(3, 200, 80)]
    [InlineData(256, 256, 120)]
    [InlineData(300, 20, 40)]
    public void A_picture_of_any_size_fits_the_terminal(int rows, int columns, int width)
    {
        var game = Game(string.Join('/', Enumerable.Repeat(new string('P', columns), rows)));
        var meanField = Enumerable.Range(1, game.StateCount).Select(s => 1.0 / s).ToArray();
        var plain = new StringBuilder();
        PlainHeatMap.Write(plain, FloorPicture.Of(game, meanField, 24, PlainHeatMap.ColumnsWithin(width)), width - 1);
        using var written = new StringWriter();
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.TrueColor,
                Out = new AnsiConsoleOutput(written),
            }
        );
        terminal.Profile.Width = width;
        ColorHeatMap.Write(
            FloorPicture.Of(game, meanField, ColorHeatMap.RowsWithin(24), ColorHeatMap.ColumnsWithin(width)),
            meanField,
            24,
            terminal
        );

        AssertFits(
            plain.ToString(),
            width,
            line => line.Contains('P', StringComparison.Ordinal) && !line.Contains("wall", StringComparison.Ordinal)
        );
        AssertFits(written.ToString(), width, line => line.AsSpan().TrimStart().IndexOfAnyExcept("█▀P") < 0);
    }

    private static void AssertFits(string text, int width, Func<string, bool> isPicture)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.InRange(lines.Count(isPicture), 1, 24);
    }

    private static CrowdGrid Game(string layout) =>
        (CrowdGrid)
            CrowdGrid.Definition.Create(
                ParameterValues.Create("game crowd-grid", CrowdGrid.Definition.Parameters, [new("layout", layout)])
            );
}
