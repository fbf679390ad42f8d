using System.Globalization;
using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Reports;

/// <summary>What was solved and with what: the game, the solver, and every setting of both.</summary>
internal static class SettingsSection
{
    private const int LongestValue = 60;

    // How descriptions of parameters say that a setting is MeanField's own and not the paper's.
    private const string OwnChoice = "(ours)";

    /// <summary>Writes one section for each.</summary>
    public static void Write(MarkupWriter page, RunRecord record)
    {
        var game = RecordedGame.Definition(record.Game);
        var solver = SolverCatalogue.Find(record.Solver.Name);
        page.Write($"<div class=\"columns\"><section class=\"card\" id=\"game\"><h2>Game: {record.Game.Name}</h2>");
        page.Write($"<p>{game?.Summary ?? "This version does not know this game."}</p>");
        WriteSettings(page, "Parameters of the game", record.Game.Parameters, game?.Parameters ?? []);
        if (record.Game.DroppedCells > 0)
        {
            page.Write(
                $"<p class=\"note\">{DisplayNumber.Count(record.Game.DroppedCells)} free cells are no states, because no target can be reached from them.</p>"
            );
        }

        WriteSource(page, game?.Source);
        page.Write($"</section><section class=\"card\" id=\"solver\"><h2>Solver: {record.Solver.Name}</h2>");
        page.Write($"<p>{solver?.Summary ?? "This version does not know this solver."}</p>");
        WriteSettings(page, "Options of the solver", record.Solver.Options, solver?.Options ?? []);
        WriteSource(page, solver?.Source);
        page.Write($"</section></div>");
    }

    private static void WriteSettings(
        MarkupWriter page,
        string caption,
        IReadOnlyList<KeyValuePair<string, string>> settings,
        IReadOnlyList<ParameterDescription> descriptions
    )
    {
        page.Write($"<table class=\"facts\"><caption>{caption}</caption>");
        page.Write($"<thead><tr><th scope=\"col\">Setting</th><th scope=\"col\">Value</th></tr></thead><tbody>");
        foreach (var (name, value) in settings)
        {
            var description = descriptions.FirstOrDefault(d => d.Name == name);
            page.Write($"<tr><th scope=\"row\">{name}");
            if (description is not null)
            {
                WriteMeaning(page, description, value);
            }

            page.Write($"</th><td>{Shortened(value)}</td></tr>");
        }

        page.Write($"</tbody></table>");
    }

    private static void WriteMeaning(MarkupWriter page, ParameterDescription description, string value)
    {
        if (description.Summary.Contains(OwnChoice, StringComparison.Ordinal))
        {
            page.Write($" <span class=\"badge\" title=\"MeanField's own choice, not the paper's\">ours</span>");
        }

        var isDefault = description.Default is null || IsSame(description.Default, value);
        var meaning = description.Summary.Replace(" " + OwnChoice, "", StringComparison.Ordinal);
        page.Write(
            $"<span class=\"meaning\">{(isDefault ? meaning : $"{meaning} (default {Shortened(description.Default!)})")}</span>"
        );
    }

    // A record holds canonical text, a description what reads well: 1E-06 and 1e-6 are one number.
    private static bool IsSame(string one, string other) =>
        one == other
        || (
            double.TryParse(one, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(other, CultureInfo.InvariantCulture, out var second)
            && first.Equals(second)
        );

    private static void WriteSource(MarkupWriter page, string? source)
    {
        if (source is not null)
        {
            page.Write($"<p class=\"note\">Source: {source}</p>");
        }
    }

    private static string Shortened(string value) =>
        value.Length <= LongestValue ? value : $"text of {DisplayNumber.Count(value.Length)} characters, in run.json";
}
