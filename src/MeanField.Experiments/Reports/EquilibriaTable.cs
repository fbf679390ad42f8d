using MeanField.Experiments.Runs;
using MeanField.Games;

namespace MeanField.Experiments.Reports;

/// <summary>The distinct equilibria that a run found, where there are several: what is proved of each, and where its crowd stands.</summary>
internal static class EquilibriaTable
{
    /// <summary>Writes the section, or nothing where there are not several.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="game">The game that names the states, or <see langword="null"/> when it could not be created again.</param>
    public static void Write(MarkupWriter page, StoredRun run, IMeanFieldGame? game)
    {
        var equilibria = run.Record.Equilibria;
        if (equilibria.Count == 0)
        {
            return;
        }

        page.Write(
            $"<section class=\"card\" id=\"equilibria\"><h2>{DisplayNumber.Count(equilibria.Count)} equilibria</h2><table>"
        );
        page.Write(
            $"<caption>Found from different starts, the first found first: the first is the one that this page shows. There may be more</caption>"
        );
        page.Write(
            $"<thead><tr><th scope=\"col\">Number</th><th scope=\"col\">Proved: regularised exploitability φ<sub>η</sub></th><th scope=\"col\">The fullest states</th></tr></thead><tbody>"
        );
        for (var row = 0; row < equilibria.Count; row++)
        {
            page.Write(
                $"<tr><th scope=\"row\">{row + 1}</th><td>{DisplayNumber.Enclosure(equilibria[row].RegularizedExploitability)}</td><td>{FullestStates.Text(run.EquilibriaMeanFields[row], game)}</td></tr>"
            );
        }

        page.Write($"</tbody></table></section>");
    }
}
