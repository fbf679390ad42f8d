using System.Globalization;
using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Sweeps;

/// <summary>The second half of reading a sweep file: from factors to cells.</summary>
internal sealed class SweepProduct
{
    private const string DefaultSolver = "mf-trpo";
    private readonly SweepFileReader _file;
    private readonly List<string> _gameNames;
    private readonly Dictionary<string, GameSpec> _plainGames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GameSpec> _games = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ParameterValues> _options = new(StringComparer.Ordinal);

    public SweepProduct(SweepFileReader file)
    {
        _file = file;
        _gameNames = [.. file.All(SweepSubject.Game).Select(game => game.Text).Distinct(StringComparer.Ordinal)];
    }

    private IEnumerable<string> SolverNames =>
        _file.All(SweepSubject.Solver) is var solvers && solvers.Any()
            ? solvers.Select(solver => solver.Text).Distinct(StringComparer.Ordinal)
            : [DefaultSolver];

    /// <summary>Finds everything that is wrong with names and single values, and whether there are too many cells.</summary>
    public void Check()
    {
        CheckGames();
        foreach (
            var solver in _file.All(SweepSubject.Solver).Where(solver => SolverCatalogue.Find(solver.Text) is null)
        )
        {
            var names = SolverCatalogue.All.Select(entry => entry.Name);
            Refuse(solver, Suggestion.Allowed(solver.Text, names));
        }

        RoundWholeNumbers();
        CheckValues(SweepSubject.GameParameter);
        CheckValues(SweepSubject.Option);
        var count = _file.Factors.Aggregate(
            (Int128)_file.Seeds.Count,
            (product, factor) => Math.Min((long)product, 1L << 40) * (Int128)factor.Count
        );
        if (count > SweepFile.MostCells)
        {
            _file.Refuse(
                1,
                null,
                string.Create(CultureInfo.InvariantCulture, $"found {count} combinations"),
                string.Create(CultureInfo.InvariantCulture, $"at most {SweepFile.MostCells}")
            );
        }
    }

    /// <summary>The cells: the last factor changes fastest, after it the seed.</summary>
    public IEnumerable<SweepCell> Cells()
    {
        foreach (var assignments in Combinations(0, []))
        {
            var name = assignments.First(assignment => assignment.Subject == SweepSubject.Game).Text;
            var solver = SolverCatalogue.Find(
                assignments.FirstOrDefault(one => one.Subject == SweepSubject.Solver)?.Text ?? DefaultSolver
            )!;
            var game = GameWith(name, Settings(assignments, SweepSubject.GameParameter));
            var options = OptionsWith(solver, Settings(assignments, SweepSubject.Option));
            var shownName = GameNames.Of(_gameNames, _gameNames.IndexOf(name));
            foreach (var seed in _file.Seeds)
            {
                yield return new SweepCell(shownName, game, solver, options, seed);
            }
        }
    }

    private IEnumerable<IReadOnlyList<SweepAssignment>> Combinations(int factor, IReadOnlyList<SweepAssignment> before)
    {
        if (factor == _file.Factors.Count)
        {
            return [before];
        }

        return _file.Factors[factor].SelectMany(alternative => Combinations(factor + 1, [.. before, .. alternative]));
    }

    private void CheckGames()
    {
        if (_gameNames.Count == 0)
        {
            _file.Refuse(1, null, "there is no 'game' key", "game: NAME, a file, or a list of them");
        }

        foreach (var game in _file.All(SweepSubject.Game).DistinctBy(game => game.Text, StringComparer.Ordinal))
        {
            try
            {
                _plainGames[game.Text] = GameSpec.Load(PathOf(game.Text), []);
            }
            catch (InputFileException e)
            {
                _file.Refuse(game.Line, game.Name, e.Message, "a game by name or a file beside this one");
            }
        }

        // Only the rows of 'cells' can leave it out.
        foreach (var factor in _file.Factors.Where(HasGame))
        {
            foreach (var row in factor.Where(row => row.Count > 0 && !row.Any(IsGame)))
            {
                _file.Refuse(row[0].Line, "cells", "a combination without 'game'", "a game in each, or one for all");
            }
        }

        static bool IsGame(SweepAssignment assignment) => assignment.Subject == SweepSubject.Game;
        static bool HasGame(IReadOnlyList<IReadOnlyList<SweepAssignment>> factor) => factor.Any(row => row.Any(IsGame));
    }

    private IReadOnlyList<(string Name, IReadOnlyList<ParameterDescription> Descriptions)> Owners(
        SweepSubject subject
    ) =>
        subject == SweepSubject.GameParameter
            ? [.. _plainGames.Select(game => (game.Key, game.Value.Definition.Parameters))]
            :
            [
                .. SolverNames
                    .Select(SolverCatalogue.Find)
                    .OfType<SolverDefinition>()
                    .Select(solver => (solver.Name, solver.Options)),
            ];

    private IReadOnlyList<ParameterDescription> Meant(SweepAssignment value) =>
        value.Subject is SweepSubject.GameParameter or SweepSubject.Option
            ?
            [
                .. Owners(value.Subject)
                    .Select(owner => SettingNames.Meant(value.Key, owner.Name, owner.Descriptions))
                    .OfType<ParameterDescription>(),
            ]
            : [];

    // A range of whole numbers at equal ratios could hardly be written otherwise.
    private void RoundWholeNumbers()
    {
        for (var i = 0; i < _file.Factors.Count; i++)
        {
            _file.Factors[i] = [.. _file.Factors[i].Select(row => row.Select(Round).ToArray())];
        }

        SweepAssignment Round(SweepAssignment value) =>
            value.IsOfRange
            && Meant(value) is { Count: > 0 } meant
            && meant.All(one => one.Kind == ParameterKind.WholeNumber)
                ? value with
                {
                    Text = Math.Round(double.Parse(value.Text, CultureInfo.InvariantCulture))
                        .ToString("0", CultureInfo.InvariantCulture),
                }
                : value;
    }

    private void CheckValues(SweepSubject subject)
    {
        var owners = Owners(subject);
        foreach (var value in _file.All(subject).Distinct())
        {
            var meant = Meant(value);
            if (meant.Count == 0 && owners.Count > 0)
            {
                var what = subject == SweepSubject.Option ? "option of a solver" : "parameter of a game";
                var names = owners.SelectMany(owner => owner.Descriptions).Select(one => one.Name);
                _file.Refuse(
                    value.Line,
                    value.Key,
                    $"there is no such {what} in this sweep",
                    Suggestion.Allowed(value.Key, names.Distinct(StringComparer.Ordinal))
                );
            }

            foreach (var description in meant.Where(description => !IsAllowed(description, value.Text)))
            {
                Refuse(value, description.Allowed);
            }
        }
    }

    private void Refuse(SweepAssignment value, string allowed) =>
        _file.Refuse(value.Line, value.Name, $"found {Excerpt.Quoted(value.Text)}", allowed);

    private static bool IsAllowed(ParameterDescription description, string text)
    {
        try
        {
            ParameterValues.Create(description.Name, [description], [new(description.Name, text)]);
            return true;
        }
        catch (ParameterException)
        {
            return false;
        }
    }

    private GameSpec GameWith(string name, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var meant = SettingNames.Meant(settings, name, _plainGames[name].Definition.Parameters);
        var key = GameSpec.HashOf(name, meant);
        return _games.TryGetValue(key, out var known) ? known : _games[key] = GameSpec.Load(PathOf(name), meant);
    }

    private ParameterValues OptionsWith(SolverDefinition solver, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var meant = SettingNames.Meant(settings, solver.Name, solver.Options);
        var key = GameSpec.HashOf(solver.Name, meant);
        return _options.TryGetValue(key, out var known)
            ? known
            : _options[key] = ParameterValues.Create($"solver {solver.Name}", solver.Options, meant);
    }

    private static KeyValuePair<string, string>[] Settings(
        IReadOnlyList<SweepAssignment> assignments,
        SweepSubject subject
    ) =>
        [
            .. assignments
                .Where(assignment => assignment.Subject == subject)
                .Select(assignment => KeyValuePair.Create(assignment.Key, assignment.Text)),
        ];

    private string PathOf(string game) =>
        GameCatalogue.Find(game) is null && Path.HasExtension(game)
            ? Path.Combine(Path.GetDirectoryName(_file.Path) ?? "", game)
            : game;
}
