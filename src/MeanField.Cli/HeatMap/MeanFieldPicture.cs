using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Reports;
using MeanField.Games;
using Spectre.Console;

namespace MeanField.Cli.HeatMap;

/// <summary>The mean field in a terminal: a heat map over the floor plan where the game has one, otherwise the fullest states.</summary>
internal static class MeanFieldPicture
{
    private const int MaximumLines = 24;
    private const int StatesListed = 8;

    /// <summary>Writes the picture to standard output, in colour where the terminal has enough of them.</summary>
    public static void Write(IMeanFieldGame game, IReadOnlyList<double> meanField, CommandConsole console)
    {
        if (game is not CrowdGrid grid)
        {
            WriteFullestStates(game, meanField, console);
        }
        else if (!(console.IsOutTerminal && console.UsesColor && TryWriteInColor(grid, meanField, console)))
        {
            WritePlain(grid, meanField, console);
        }
    }

    // Spectre.Console takes a while to load: it is touched in this method only.
    private static bool TryWriteInColor(CrowdGrid game, IReadOnlyList<double> meanField, CommandConsole console)
    {
        var terminal = AnsiConsole.Create(
            new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(console.Out) }
        );
        if (terminal.Profile.Capabilities.ColorSystem < ColorSystem.EightBit)
        {
            return false;
        }

        terminal.Profile.Width = console.Width();
        var picture = FloorPicture.Of(
            game,
            meanField,
            ColorHeatMap.RowsWithin(MaximumLines),
            ColorHeatMap.ColumnsWithin(terminal.Profile.Width)
        );
        ColorHeatMap.Write(picture, meanField, MaximumLines, terminal);
        return true;
    }

    private static void WritePlain(CrowdGrid game, IReadOnlyList<double> meanField, CommandConsole console)
    {
        var width = console.Width() - 1;
        var text = new StringBuilder();
        var picture = FloorPicture.Of(game, meanField, MaximumLines, PlainHeatMap.ColumnsWithin(width));
        PlainHeatMap.Write(text, picture, width);
        console.Out.Write(text);
    }

    private static void WriteFullestStates(IMeanFieldGame game, IReadOnlyList<double> meanField, CommandConsole console)
    {
        console.Out.WriteLine("  The fullest states, with their share of the population:");
        foreach (
            var state in Enumerable.Range(0, game.StateCount).OrderByDescending(s => meanField[s]).Take(StatesListed)
        )
        {
            console.Out.WriteLine($"  {DisplayNumber.Nearest(meanField[state]), 10}  {game.StateName(state)}");
        }
    }
}
