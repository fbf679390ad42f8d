using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Comparisons;

/// <summary>Which solves make up a comparison: games × solvers × seeds.</summary>
public static class ComparisonPlan
{
    /// <summary>Lists the cells, game by game, solver by solver, seed by seed.</summary>
    /// <param name="games">Catalogue names or files; none for the whole catalogue.</param>
    /// <param name="solvers">Catalogue names; none for the whole catalogue.</param>
    /// <param name="seeds">Seeds, at least one.</param>
    /// <param name="parameters">Parameters of games: <c>GAME.KEY</c>, GAME as it was named, or <c>KEY</c> for all games that have it.</param>
    /// <param name="options">Options of solvers: <c>SOLVER.KEY</c>, or <c>KEY</c> for all solvers that have it.</param>
    /// <exception cref="ParameterException">A solver, parameter or option is unknown or out of range.</exception>
    /// <exception cref="InputFileException">A game is unknown, or its file cannot be used.</exception>
    public static IReadOnlyList<ComparisonCell> Create(
        IReadOnlyList<string> games,
        IReadOnlyList<string> solvers,
        IReadOnlyList<long> seeds,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        IReadOnlyList<KeyValuePair<string, string>> options
    )
    {
        var gameNames = games.Count > 0 ? games : [.. GameCatalogue.All.Select(game => game.Name)];
        var definitions = (solvers.Count > 0 ? solvers.Select(FindSolver) : SolverCatalogue.All).ToList();
        var plain = gameNames.Select(name => (Name: name, Spec: GameSpec.Load(name, []))).ToList();
        RefuseUnused(parameters, "game", [.. plain.Select(game => (game.Name, game.Spec.Definition.Parameters))]);
        RefuseUnused(options, "solver", [.. definitions.Select(solver => (solver.Name, solver.Options))]);

        var specs = plain
            .Select(game => GameSpec.Load(game.Name, Meant(parameters, game.Name, game.Spec.Definition.Parameters)))
            .ToList();
        var cells =
            from spec in specs
            from solver in definitions
            let values = ParameterValues.Create(
                $"solver {solver.Name}",
                solver.Options,
                Meant(options, solver.Name, solver.Options)
            )
            from seed in seeds
            select new ComparisonCell(spec, solver, values, seed);
        return [.. cells];
    }

    private static SolverDefinition FindSolver(string name) =>
        SolverCatalogue.Find(name)
        ?? throw new ParameterException(
            $"there is no solver '{name}'; allowed: "
                + Suggestion.Allowed(name, SolverCatalogue.All.Select(solver => solver.Name))
        );

    // The settings that an owner is meant by; those that name it come last and win.
    private static List<KeyValuePair<string, string>> Meant(
        IReadOnlyList<KeyValuePair<string, string>> settings,
        string owner,
        IReadOnlyList<ParameterDescription> descriptions
    ) =>
        [
            .. settings.Where(setting => descriptions.Any(description => description.Name == setting.Key)),
            .. settings
                .Where(setting => setting.Key.StartsWith(owner + ".", StringComparison.Ordinal))
                .Select(setting => KeyValuePair.Create(setting.Key[(owner.Length + 1)..], setting.Value)),
        ];

    private static void RefuseUnused(
        IReadOnlyList<KeyValuePair<string, string>> settings,
        string kind,
        IReadOnlyList<(string Name, IReadOnlyList<ParameterDescription> Descriptions)> owners
    )
    {
        foreach (var (key, _) in settings)
        {
            var isUsed = owners.Any(owner =>
                owner.Descriptions.Any(description => description.Name == key)
                || key.StartsWith(owner.Name + ".", StringComparison.Ordinal)
            );
            if (!isUsed)
            {
                throw new ParameterException(
                    $"no {kind} of this comparison has '{key}'; allowed: KEY of one of {string.Join(", ", owners.Select(owner => owner.Name))}, or {kind.ToUpperInvariant()}.KEY"
                );
            }
        }
    }
}
