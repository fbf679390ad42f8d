using System.Reflection;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Sweeps;

namespace MeanField.Experiments.Studies;

/// <summary>An experiment that comes with MeanField: a question, a sweep that is committed as a file, and what is read off its runs. Immutable and safe to
/// share between threads.</summary>
public sealed class Study
{
    private readonly Func<IReadOnlyList<SweepOutcome>, StudyFindings> _analyse;
    private readonly bool _takesGames;

    internal Study(
        string name,
        string title,
        string question,
        Func<IReadOnlyList<SweepOutcome>, StudyFindings> analyse,
        bool takesGames = true
    ) => (Name, Title, Question, _analyse, _takesGames) = (name, title, question, analyse, takesGames);

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>What it is about, as a heading.</summary>
    public string Title { get; }

    /// <summary>What is asked, what the theory says, and what is done, in a few sentences.</summary>
    public string Question { get; }

    /// <summary>The sweep as a sweep file.</summary>
    /// <param name="isQuick">Whether it is the small one, for a look in a few seconds.</param>
    /// <param name="games">Games in place of those of the file, catalogue names or absolute paths; none to keep them.</param>
    /// <exception cref="InputFileException">The experiment brings its own games.</exception>
    public string Specification(bool isQuick, IReadOnlyList<string> games)
    {
        ArgumentNullException.ThrowIfNull(games);
        var name = $"MeanField.Experiments.Studies.Specifications.{Name}{(isQuick ? ".quick" : "")}.yaml";
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no resource {name}");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        if (games.Count == 0)
        {
            return text;
        }

        if (!_takesGames)
        {
            throw new InputFileException(
                $"the experiment '{Name}' is about certain games; allowed: other games with {string.Join(", ", StudyCatalogue.All.Where(study => study._takesGames).Select(study => study.Name))}"
            );
        }

        var lines = text.Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith("game:", StringComparison.Ordinal));
        lines[at] =
            $"game: [{string.Join(", ", games.Select(game => $"'{game.Replace("'", "''", StringComparison.Ordinal)}'"))}]";
        return string.Join('\n', lines);
    }

    /// <summary>What the runs show. Cells without a run are left out and named.</summary>
    /// <param name="outcomes">The cells of the specification.</param>
    /// <exception cref="InputFileException">The files of a run cannot be read.</exception>
    internal StudyFindings Analyse(IReadOnlyList<SweepOutcome> outcomes) =>
        _analyse([.. outcomes.Where(outcome => outcome.Record is not null)]);
}
