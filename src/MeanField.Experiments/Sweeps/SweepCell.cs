using System.Security.Cryptography;
using System.Text;
using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Experiments.Sweeps;

/// <summary>One solve of a sweep, and the address that its answer is stored under. Immutable and safe to share between threads.</summary>
public sealed class SweepCell
{
    private const int HashDigits = 16;

    /// <summary>Creates a cell.</summary>
    /// <param name="gameName">How tables and plots call the game: its catalogue name, or the name of its file. It decides nothing.</param>
    /// <param name="game">The game.</param>
    /// <param name="solver">The solver.</param>
    /// <param name="options">All its options.</param>
    /// <param name="seed">The seed; of a solver that draws nothing with these options it becomes 0.</param>
    public SweepCell(string gameName, GameSpec game, SolverDefinition solver, ParameterValues options, long seed)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(options);
        (GameName, Game, Solver, Options) = (gameName, game, solver, options);
        ReadsSeed = solver.ReadsSeed(options);
        Seed = ReadsSeed ? seed : 0;
        SolverRecord = SolverRecord.Create(solver, options);
        Address = $"{game.Definition.Name}-{solver.Name}-{Hash()[..HashDigits]}";
    }

    /// <summary>How tables and plots call the game.</summary>
    public string GameName { get; }

    /// <summary>The game.</summary>
    public GameSpec Game { get; }

    /// <summary>The solver.</summary>
    public SolverDefinition Solver { get; }

    /// <summary>All its options.</summary>
    public ParameterValues Options { get; }

    /// <summary>The seed; 0 where the solver draws nothing.</summary>
    public long Seed { get; }

    /// <summary>Whether the answer depends on the seed.</summary>
    public bool ReadsSeed { get; }

    /// <summary>
    /// The name of the cell's folder: the game, the solver, and 64 bits of a SHA-256 of everything that decides the bits of the answer, which is
    /// the game with all its parameters, the solver with all its options, the seed where one is read, the format of runs and the version of MeanField
    /// up to the number that stands for incompatible changes. Names of files, threads and machines are not in it.
    /// </summary>
    public string Address { get; }

    internal SolverRecord SolverRecord { get; }

    /// <summary>Whether a record is that of this cell.</summary>
    internal bool IsOf(RunRecord record) => RunIdentity.Of(record.Game.Hash, record.Solver, record.Seed) == Identity;

    private static string CompatibleVersion { get; } =
        typeof(SweepCell).Assembly.GetName().Version! is { Major: > 0 } version
            ? version.ToString(1)
            : typeof(SweepCell).Assembly.GetName().Version!.ToString(2);

    private string Identity => RunIdentity.Of(Game.Hash, SolverRecord, Seed);

    private string Hash() =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{RunRecord.CurrentFormat} {CompatibleVersion} {Identity}"))
        );
}
