using MeanField.Experiments;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Cli;

/// <summary>The command <c>solve --resume</c>.</summary>
internal static class ResumeCommand
{
    /// <summary>Goes on with a run, writes its files and says how it went; a run that has converged is left as it is.</summary>
    /// <exception cref="ParameterException">The request contradicts the run, or a limit that the run has reached is not raised.</exception>
    /// <exception cref="InputFileException">The folder holds no readable run, or its checkpoint cannot be used.</exception>
    public static int Run(SolveRequest request, CommandConsole console)
    {
        var path = request.Resume!;
        var begun = RunRequest.Read(path);
        var run = Merge(begun, request);
        if (Finished(path) is { } record)
        {
            return SayFinished(path, record, begun, run, request, console);
        }

        var reference = ReadReference(run, request);
        var game = console.WaitFor(() => TabularGame.Create(run.Game.Create()));
        using var folder = RunFolder.Continue(path, run);
        var checkpoint = folder.ReadCheckpoint();
        var isEnd = IsUnwrittenEnd(path, begun, run, checkpoint);
        SolveCommand.Announce(run.Game.Name, GameRecord.Create(run.Game, game), run.Solver, console);
        console.Error.WriteLine(
            checkpoint is null
                ? $"{path} holds no checkpoint: beginning at iteration 0"
                : $"{(isEnd ? "The run is at its limit, but its files are not whole: writing them from the checkpoint at" : "Going on from")} iteration {DisplayNumber.Count(checkpoint.Iterations)}, {DisplayNumber.Seconds(checkpoint.Elapsed.TotalSeconds)} so far"
        );
        var writesEvents = request.WritesEvents || File.Exists(Path.Combine(path, RunFiles.Events));
        return SolveCommand.Run(
            folder,
            new SolveCommand.Work(run, game, reference, checkpoint, writesEvents),
            request,
            console
        );
    }

    // A folder that has moved may be named again, but it must hold the same crowd.
    private static RunReference? ReadReference(RunRequest run, SolveRequest request)
    {
        if (run.Reference is not { } requested)
        {
            return request.Reference is null
                ? null
                : throw new ParameterException(
                    "--reference is given, but the run was begun without; allowed: --resume alone"
                );
        }

        var folder = request.Reference ?? requested.Folder;
        var reference = RunReference.Read(folder, run.Game);
        return reference.Hash == requested.Hash
            ? reference
            : throw new ParameterException(
                $"the reference {folder} is another one than when the run began; allowed: --reference RUN_DIR with the crowd of hash {requested.Hash[..8]}"
            );
    }

    /// <summary>The run as it was begun, with the limits and threads of the request.</summary>
    /// <exception cref="ParameterException">The request says something else than the run.</exception>
    private static RunRequest Merge(RunRequest begun, SolveRequest request)
    {
        if (request.Folder is not null)
        {
            throw new ParameterException(
                "--out is given with --resume, allowed is --resume alone: the run stays in its folder"
            );
        }

        if (request.Solver is { } solver && solver != begun.Solver.Name)
        {
            throw Contradiction("--solver", solver, begun.Solver.Name);
        }

        if (request.Seed is { } seed && seed != begun.Seed)
        {
            throw Contradiction("--seed", Invariant(seed), Invariant(begun.Seed));
        }

        RefuseOtherGame(begun.Game, request);
        var definition = SolverCatalogue.Find(begun.Solver.Name)!;
        var options = ParameterValues.Create(
            $"solver {definition.Name}",
            definition.Options,
            [.. begun.Solver.Options, .. request.SolverOptions]
        );
        var merged = SolverRecord.Create(definition, options);
        foreach (var (before, now) in begun.Solver.Options.Zip(merged.Options))
        {
            if (before.Value != now.Value && !RunIdentity.Limits.Contains(now.Key, StringComparer.Ordinal))
            {
                throw new ParameterException(
                    $"--set {now.Key}={now.Value} contradicts the run, which has {before.Value}; allowed with --resume: "
                        + string.Join(
                            ", ",
                            definition
                                .Options.Select(option => option.Name)
                                .Intersect(RunIdentity.Limits, StringComparer.Ordinal)
                        )
                );
            }
        }

        return begun with
        {
            Solver = merged,
            Threads = request.Threads ?? begun.Threads,
        };
    }

    private static void RefuseOtherGame(GameSpec begun, SolveRequest request)
    {
        var given = request.Game is { } game
            ? GameSpec.Load(game, request.GameParameters)
            : GameSpec.Load(begun.Definition.Name, [.. begun.Values.InOrder(), .. request.GameParameters]);
        if (given.Definition.Name != begun.Definition.Name)
        {
            throw Contradiction("GAME", given.Definition.Name, begun.Definition.Name);
        }

        foreach (var (before, now) in begun.Values.InOrder().Zip(given.Values.InOrder()))
        {
            if (before.Value != now.Value)
            {
                throw Contradiction($"parameter '{now.Key}' of the game", now.Value, before.Value);
            }
        }
    }

    private static ParameterException Contradiction(string what, string found, string allowed) =>
        new(
            $"{what} is {Excerpt.Quoted(found)}, but the run to be resumed has {Excerpt.Quoted(allowed)}; allowed: the same, or --resume alone"
        );

    private static RunRecord? Finished(string path)
    {
        var isEnded =
            File.Exists(Path.Combine(path, RunFiles.Record)) && !File.Exists(Path.Combine(path, RunFiles.Request));
        return isEnded && StoredRun.Read(path).Record is { Status: SolveStatus.Converged } record ? record : null;
    }

    private static int SayFinished(
        string path,
        RunRecord record,
        RunRequest begun,
        RunRequest run,
        SolveRequest request,
        CommandConsole console
    )
    {
        if (!run.Solver.Options.SequenceEqual(begun.Solver.Options))
        {
            throw new ParameterException(
                $"{path}: the run has converged and its checkpoint is gone, so it cannot go on to other limits; allowed: a new solve, with another --out"
            );
        }

        var message = $"{path}: nothing is left to do. {SolveSummary.Headline(record)}";
        if (request.AsJson)
        {
            console.Error.WriteLine(message);
            console.Out.Write(File.ReadAllText(Path.Combine(path, RunFiles.Record)));
        }
        else
        {
            console.Out.WriteLine(message);
        }

        return ExitCode.Success;
    }

    // The last checkpoint of a run is written before its files. Where a process ended between the two, the solver, begun at its limit, ends at once with the
    // same result.
    private static bool IsUnwrittenEnd(string path, RunRequest begun, RunRequest run, StoredCheckpoint? checkpoint)
    {
        var options = OptionsOf(run);
        var iterations = options.WholeNumber("outer-iterations");
        var limit = options.Number("time-limit");
        var isTimeSpent = limit > 0 && checkpoint?.Elapsed.TotalSeconds >= limit;
        if (checkpoint is null || (checkpoint.Iterations < iterations && !isTimeSpent))
        {
            return false;
        }

        var isWritten = StoredEnd.IsWhole(path, run.Solver, checkpoint);
        if (checkpoint.Iterations > iterations || (checkpoint.Iterations == iterations && isWritten))
        {
            var done =
                checkpoint.Iterations == iterations
                    ? $"all {iterations}"
                    : $"outer-iterations is {iterations}, but {checkpoint.Iterations}";
            throw new ParameterException(
                $"{done} outer iterations of the run are done; allowed: --set outer-iterations=K with more"
            );
        }

        if (isTimeSpent && (isWritten || limit != OptionsOf(begun).Number("time-limit")))
        {
            throw new ParameterException(
                $"the time limit of {DisplayNumber.Seconds(limit)} is spent; allowed: --set time-limit=S with more seconds in all, or 0 for no limit"
            );
        }

        return true;
    }

    private static ParameterValues OptionsOf(RunRequest run)
    {
        var definition = SolverCatalogue.Find(run.Solver.Name)!;
        return ParameterValues.Create($"solver {definition.Name}", definition.Options, run.Solver.Options);
    }

    private static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
