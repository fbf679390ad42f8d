using MeanField.Experiments.Runs;
using MeanField.Games;

namespace MeanField.Experiments.Reports;

/// <summary>The largest masses of a mean field by state name, for games that are not drawn on a floor plan.</summary>
internal static class MassBars
{
    private const int MostBars = 16;

    /// <summary>Writes the figure.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="game">The game that names the states, or <see langword="null"/> when it could not be created again.</param>
    public static void Write(MarkupWriter page, StoredRun run, IMeanFieldGame? game)
    {
        var masses = run.MeanField;
        var largest = Enumerable
            .Range(0, masses.Length)
            .OrderByDescending(state => masses[state])
            .Take(MostBars)
            .ToArray();
        page.Write($"<figure class=\"card\" id=\"mean-field\"><h2>Mean field</h2><table class=\"bars\">");
        page.Write(
            $"<caption>{(largest.Length < masses.Length ? $"The {largest.Length} most populated of {DisplayNumber.Count(masses.Length)} states; together they hold {DisplayNumber.Nearest(largest.Sum(state => masses[state]))} of the population" : "Share of the population by state")}</caption>"
        );
        page.Write(
            $"<thead><tr><th scope=\"col\">State</th><th scope=\"col\">Share</th><th scope=\"col\" class=\"bar-cell\">From 0 to {DisplayNumber.Nearest(masses[largest[0]], 3)}</th></tr></thead><tbody>"
        );
        foreach (var state in largest)
        {
            var name = game?.StateName(state) ?? $"state {DisplayNumber.Count(state)}";
            var percent = masses[largest[0]] > 0 ? 100 * masses[state] / masses[largest[0]] : 0;
            page.Write(
                $"<tr><th scope=\"row\">{name}</th><td>{DisplayNumber.Nearest(masses[state], 3)}</td><td class=\"bar-cell\"><div class=\"bar\" style=\"width:{percent}%\"></div></td></tr>"
            );
        }

        page.Write($"</tbody></table>");
        if (game is null)
        {
            page.Write(
                $"<p class=\"note\">This version cannot create the game of this run again, so its states have numbers and not names.</p>"
            );
        }

        page.Write($"</figure>");
    }
}
