using MeanField.Catalogue;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Sweeps;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Comparisons;

/// <summary>Which solves make up a comparison: games × solvers × seeds.</summary>
public static class ComparisonPlan
{
    /// <summary>Lists the cells, game by game, solver by solver, seed by seed; a solver that draws nothing has one for all seeds.</summary>
    /// <param name="games">Catalogue names or files; none for the whole catalogue.</param>
    /// <param name="solvers">Catalogue names; none for the whole catalogue.</param>
    /// <param name="seeds">Seeds, at least one.</param>
    /// <param name="parameters">Parameters of games: <c>GAME.KEY</c>, GAME as it was named, or <c>KEY</c> for all games that have it.</param>
    /// <param name="options">Options of solvers: <c>SOLVER.KEY</c>, or <c>KEY</c> for all solvers that have it.</param>
    /// <exception cref="ParameterException">A solver, parameter or option is unknown or out of range.</exception>
    /// <exception cref="InputFileException">A game is unknown, or its file cannot be used.</exception>
    public static SweepPlan Create(
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

        var specs = plain.Select(
            (game, at) =>
                (
                    Name: GameNames.Of(gameNames, at),
                    Spec: GameSpec.Load(
                        game.Name,
                        SettingNames.Meant(parameters, game.Name, game.Spec.Definition.Parameters)
                    )
                )
        );
        var cells =
            from game in specs.ToList()
            from solver in definitions
            let values = ParameterValues.Create(
                $"solver {solver.Name}",
                solver.Options,
                SettingNames.Meant(options, solver.Name, solver.Options)
            )
            from seed in seeds
            select new SweepCell(game.Name, game.Spec, solver, values, seed);
        return SweepPlan.Create("comparison", cells);
    }

    private static SolverDefinition FindSolver(string name) =>
        SolverCatalogue.Find(name)
        ?? throw new ParameterException(
            $"there is no solver '{name}'; allowed: "
                + Suggestion.Allowed(name, SolverCatalogue.All.Select(solver => solver.Name))
        );

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
