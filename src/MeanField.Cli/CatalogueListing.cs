using System.Text;
using MeanField.Catalogue;
using MeanField.Solvers;

namespace MeanField.Cli;

/// <summary>The commands <c>games</c> and <c>solvers</c>: everything that can be named on the command line, for people or programs.</summary>
internal static class CatalogueListing
{
    private const int WidestText = 100;

    /// <summary>Lists the games.</summary>
    public static int WriteGames(bool asJson, CommandConsole console) =>
        Write(
            "parameters",
            "--game",
            [
                .. GameCatalogue.All.Select(game => new CatalogueEntry(
                    game.Name,
                    game.Summary,
                    game.Source,
                    game.Parameters
                )),
            ],
            asJson,
            console
        );

    /// <summary>Lists the solvers.</summary>
    public static int WriteSolvers(bool asJson, CommandConsole console) =>
        Write(
            "options",
            "--set",
            [
                .. SolverCatalogue.All.Select(solver => new CatalogueEntry(
                    solver.Name,
                    solver.Summary,
                    solver.Source,
                    solver.Options
                )),
            ],
            asJson,
            console
        );

    private static int Write(
        string what,
        string option,
        IReadOnlyList<CatalogueEntry> entries,
        bool asJson,
        CommandConsole console
    )
    {
        if (asJson)
        {
            console.Out.WriteLine(CatalogueJson.Text(what, entries));
            return ExitCode.Success;
        }

        var width = Math.Min(console.Width(), WidestText) - 1;
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            Describe(text, entry, what, option, width);
        }

        console.Out.Write(text);
        return ExitCode.Success;
    }

    private static void Describe(StringBuilder text, CatalogueEntry entry, string what, string option, int width)
    {
        text.AppendLine(entry.Name);
        TextLayout.Wrap(text, "  ", 2, entry.Summary, width);
        TextLayout.Wrap(text, "  Source: ", 2, entry.Source, width);
        text.AppendLine().AppendLine($"  {char.ToUpperInvariant(what[0])}{what[1..]} ({option} KEY=VALUE):");
        var column = entry.Parameters.Max(parameter => parameter.Name.Length) + 6;
        foreach (var parameter in entry.Parameters)
        {
            TextLayout.Wrap(text, $"    {parameter.Name}".PadRight(column), column, parameter.Summary, width);
            var value = parameter.Default is null ? "Must be given" : $"Default {parameter.Default}";
            TextLayout.Wrap(text, new string(' ', column), column, $"{value}; {parameter.Allowed}.", width);
        }

        text.AppendLine();
    }
}
