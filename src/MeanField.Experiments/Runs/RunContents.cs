using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Runs;

/// <summary>What a folder must not hold for a run to be written to it.</summary>
internal static class RunContents
{
    /// <summary>Refuses a folder that holds another run, or files that would be overwritten and are of none.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="request">The run that wants it.</param>
    /// <param name="identity">What makes two runs the same.</param>
    /// <exception cref="RunFolderException">It does.</exception>
    public static void RefuseOther(string path, RunRequest request, Func<string, SolverRecord, long, string> identity)
    {
        const string Allowed = "a new or empty folder, or one with the same run";
        string[] names = [.. RunFiles.All, RunFiles.Request, RunFiles.Checkpoint];
        foreach (var name in names.Where(name => Directory.Exists(PathOf(name))))
        {
            throw RunFolderException.Refused(path, $"holds a folder named {name}", Allowed);
        }

        if (File.Exists(PathOf(RunFiles.Request)))
        {
            var begun = ReadOrRefuse(RunFiles.Request, RunRequest.ReadFile);
            RefuseOther(begun.Game.Hash, begun.Solver, begun.Seed, begun.Game.Definition.Name);
        }

        if (File.Exists(PathOf(RunFiles.Record)))
        {
            var earlier = ReadOrRefuse(RunFiles.Record, file => RunJsonReader.Read(file).Record);
            RefuseOther(earlier.Game.Hash, earlier.Solver, earlier.Seed, earlier.Game.Name);
        }
        // A run that was begun may have ended in the middle of writing its files.
        else if (
            !File.Exists(PathOf(RunFiles.Request))
            && names.FirstOrDefault(name => File.Exists(PathOf(name))) is { } stray
        )
        {
            throw RunFolderException.Refused(path, $"holds a {stray} without the run.json it belongs to", Allowed);
        }

        T ReadOrRefuse<T>(string name, Func<string, T> read)
        {
            try
            {
                return read(PathOf(name));
            }
            catch (InputFileException e)
            {
                throw RunFolderException.Refused(
                    path,
                    $"holds a {name} that is no run record ({e.Message})",
                    Allowed,
                    e
                );
            }
        }

        void RefuseOther(string game, SolverRecord solver, long seed, string name)
        {
            if (identity(game, solver, seed) != identity(request.Game.Hash, request.Solver, request.Seed))
            {
                throw RunFolderException.Refused(
                    path,
                    $"holds another run ({solver.Name} on {name}, seed {seed})",
                    Allowed
                );
            }
        }

        string PathOf(string name) => Path.Combine(path, name);
    }
}
