using MeanField.Experiments.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>The crowd of a stored run that other runs of its game measure their distance to.</summary>
/// <param name="MeanField">S shares in state order.</param>
/// <param name="Hash">The hash of its file, as in <see cref="RunRecord.Files"/>.</param>
/// <param name="HasConverged">Whether its run reached its tolerance.</param>
public sealed record RunReference(IReadOnlyList<double> MeanField, string Hash, bool HasConverged)
{
    /// <summary>Reads the mean field of a run folder.</summary>
    /// <param name="folder">The folder with run.json.</param>
    /// <param name="game">The game that the run must be of.</param>
    /// <exception cref="InputFileException">The folder holds no unchanged run of this game.</exception>
    public static RunReference Read(string folder, GameSpec game)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(game);
        var findings = new List<string>();
        var record = RunCertification.CheckHashes(folder, findings);
        if (findings.Count > 0)
        {
            throw InputFileException.At(folder, findings[0], "a run that nobody changed");
        }

        if (record.Game.Hash != game.Hash)
        {
            throw InputFileException.At(
                folder,
                $"holds a run of another game ({record.Game.Name}, hash {record.Game.Hash[..8]})",
                $"a run of {game.Definition.Name} with the same parameters (hash {game.Hash[..8]})"
            );
        }

        return new RunReference(
            PolicyFile.ReadMeanField(Path.Combine(folder, RunFiles.MeanField), record.Game.States),
            record.Files[RunFiles.MeanField],
            record.Status.IsSuccess()
        );
    }
}
