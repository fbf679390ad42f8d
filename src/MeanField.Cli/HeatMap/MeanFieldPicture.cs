using System.Text;
using MeanField.Catalogue;
using MeanField.Experiments.Reports;
using MeanField.Games;
using Spectre.Console;

namespace MeanField.Cli.HeatMap;

/// <summary>The mean field in a terminal: a heat map over the floor plan where the game has one, otherwise a table.</summary>
internal static class MeanFieldPicture
{
    private const int MaximumLines = 24;
    private const int StatesListed = 8;
    private const int NodesListed = 12;

    /// <summary>Writes the picture to standard output, in colour where the terminal has enough of them.</summary>
    public static void Write(IMeanFieldGame game, IReadOnlyList<double> meanField, CommandConsole console)
    {
        switch (game)
        {
            case CrowdGrid grid:
                if (!(console.IsOutTerminal && console.UsesColor && TryWriteInColor(grid, meanField, console)))
                {
                    WritePlain(grid, meanField, console);
                }

                break;
            case CrowdGraph graph:
                WriteMostLoadedNodes(graph, meanField, console);
                break;
            default:
                WriteFullestStates(game, meanField, console);
                break;
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

    private static void WriteMostLoadedNodes(CrowdGraph game, IReadOnlyList<double> meanField, CommandConsole console)
    {
        var targets = game.Targets.ToHashSet();
        console.Out.WriteLine("  The most loaded nodes (load: share times mean capacity over the node's):");
        console.Out.WriteLine($"  {"Load", 12}  {"Share", 12}  Node");
        foreach (
            var node in game.States.OrderByDescending(node => game.Load(node, meanField[node.Index])).Take(NodesListed)
        )
        {
            var share = meanField[node.Index];
            console.Out.WriteLine(
                $"  {DisplayNumber.Nearest(game.Load(node, share)), 12}  {DisplayNumber.Nearest(share), 12}  {node.Name}{(targets.Contains(node) ? " (target)" : "")}"
            );
        }
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
