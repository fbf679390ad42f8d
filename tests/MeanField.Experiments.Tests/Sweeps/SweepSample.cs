using MeanField.Experiments.Sweeps;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Sweeps;

/// <summary>Cells to test with: small games, few iterations.</summary>
internal static class SweepSample
{
    /// <summary>A cell of the two-state contraction game, which solves in a millisecond.</summary>
    public static SweepCell Cell(
        string solver = "fixed-point",
        long seed = 0,
        string game = "contraction",
        IReadOnlyList<KeyValuePair<string, string>>? parameters = null,
        params (string Key, string Value)[] options
    )
    {
        var definition = SolverCatalogue.Find(solver)!;
        return new SweepCell(
            game,
            GameSpec.Load(game, parameters ?? []),
            definition,
            ParameterValues.Create(
                solver,
                definition.Options,
                options.Select(option => KeyValuePair.Create(option.Key, option.Value))
            ),
            seed
        );
    }

    /// <summary>Cells that all differ in where they start.</summary>
    public static SweepPlan Seeds(int count) =>
        SweepPlan.Create(
            "seeds",
            Enumerable.Range(0, count).Select(seed => Cell(seed: seed, options: ("start", "random")))
        );
}
