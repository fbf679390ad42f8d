using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Comparisons;

/// <summary>One solve of a comparison. Immutable.</summary>
/// <param name="Game">The game.</param>
/// <param name="Solver">The solver.</param>
/// <param name="Options">All its options.</param>
/// <param name="Seed">The seed.</param>
public sealed record ComparisonCell(GameSpec Game, SolverDefinition Solver, ParameterValues Options, long Seed)
{
    /// <summary>The name of the cell's run folder: the game, the solver, and a hash of everything that decides the answer.</summary>
    public string FolderName =>
        Path.GetFileName(RunFolder.DefaultPath(Game, SolverRecord.Create(Solver, Options), Seed));
}
