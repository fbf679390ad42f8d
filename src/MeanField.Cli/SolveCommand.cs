using MeanField.Experiments;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Cli;

/// <summary>The command <c>solve</c>.</summary>
internal static class SolveCommand
{
    private const string DefaultSolver = "mf-trpo";

    // What a time span holds.
    private const double LongestInterval = 1e9;

    /// <summary>Solves, writes the run's files and says how it went.</summary>
    public static int Run(SolveRequest request, CommandConsole console)
    {
        var name = request.Solver ?? DefaultSolver;
        var definition =
            SolverCatalogue.Find(name)
            ?? throw new ParameterException(
                $"there is no solver '{name}'; allowed: "
                    + Suggestion.Allowed(name, SolverCatalogue.All.Select(solver => solver.Name))
            );
        var options = ParameterValues.Create($"solver {definition.Name}", definition.Options, request.SolverOptions);
        var (spec, game) = console.WaitFor(() => Load(request));
        var run = new RunRequest(
            spec,
            SolverRecord.Create(definition, options),
            request.Seed ?? 0,
            request.Threads ?? 1
        );
        var reference = request.Reference is null ? null : RunReference.Read(request.Reference, spec);
        if (reference is not null)
        {
            if (!reference.HasConverged)
            {
                console.Error.WriteLine($"The run in {request.Reference} did not converge: distances to it say little");
            }

            run = run with { Reference = new RequestedReference(Path.GetFullPath(request.Reference!), reference.Hash) };
        }

        using var folder = RunFolder.Claim(
            request.Folder ?? RunFolder.DefaultPath(run.Game, run.Solver, run.Seed),
            run.Game,
            run.Solver,
            run.Seed
        );
        Announce(spec.Name, GameRecord.Create(spec, game), run.Solver, console);
        if (folder.HasCheckpoint)
        {
            console.Error.WriteLine(
                $"Beginning anew; the checkpoint in {folder.Path} is kept until there is another (meanfield solve --resume goes on from it)"
            );
        }

        return Run(folder, new Work(run, game, reference, From: null, request.WritesEvents), request, console);
    }

    /// <summary>Solves from the start or a checkpoint, writes the run's files and says how it went.</summary>
    /// <param name="folder">The folder, claimed for the run.</param>
    /// <param name="work">What to do.</param>
    /// <param name="request">How often to store checkpoints, and what to print.</param>
    /// <param name="console">Where to write.</param>
    /// <exception cref="InputFileException">The checkpoint does not fit the run.</exception>
    public static int Run(RunFolder folder, Work work, SolveRequest request, CommandConsole console)
    {
        var (run, game) = (work.Run, work.Game);
        folder.Begin(run.Threads, run.Reference);
        var solution = Solve(folder, work, request.CheckpointSeconds, console);
        var record = folder.Write(
            RunRecord.Create(GameRecord.Create(run.Game, game), run.Solver, solution, run.Seed, run.Threads) with
            {
                Reference = work.Reference?.Hash,
            },
            solution,
            game
        );
        var next = folder.HasCheckpoint ? SolveSummary.HowToGoOn(record.Status, folder.Path) : null;
        if (request.AsJson)
        {
            console.Error.WriteLine(SolveSummary.Headline(record));
            console.Error.WriteLine($"Files: {folder.Path}");
            console.Out.Write(File.ReadAllText(Path.Combine(folder.Path, RunFiles.Record)));
        }
        else
        {
            SolveSummary.Write(record, game, solution, folder.Path, work.WritesEvents, console);
        }

        if (next is not null)
        {
            console.Error.WriteLine(next);
        }

        return record.Status switch
        {
            SolveStatus.Converged => ExitCode.Success,
            SolveStatus.Cancelled => ExitCode.Interrupted,
            _ => ExitCode.NotConverged,
        };
    }

    /// <summary>Says what is about to be solved.</summary>
    public static void Announce(string name, GameRecord game, SolverRecord solver, CommandConsole console)
    {
        console.Error.WriteLine(
            $"Solving {(name == game.Name ? name : $"{name}, a {game.Name}")} ({DisplayNumber.Count(game.States)} states, {DisplayNumber.Count(game.Pairs)} state-action pairs) with {solver.Name}"
        );
        if (game.DroppedCells > 0)
        {
            console.Error.WriteLine(
                $"Left out: {DisplayNumber.Count(game.DroppedCells)} free cells from which no target can be reached"
            );
        }
    }

    private static (GameSpec Spec, TabularGame Game) Load(SolveRequest request)
    {
        var spec = GameSpec.Load(request.Game!, request.GameParameters);
        return (spec, TabularGame.Create(spec.Create()));
    }

    private static Solution Solve(RunFolder folder, Work work, double checkpointSeconds, CommandConsole console)
    {
        var (run, from) = (work.Run, work.From);
        using var events = work.WritesEvents ? folder.BeginEvents(TimeProvider.System) : null;
        using var progress = new ProgressDisplay(console);
        using var stopping = console.Interruption.Register(() =>
            progress.EndWith(
                $"Stopping and keeping the best answer so far ({console.InterruptedBy()} again aborts at once)"
            )
        );
        var definition = SolverCatalogue.Find(run.Solver.Name)!;
        var interval = TimeSpan.FromSeconds(Math.Min(checkpointSeconds, LongestInterval));
        var wasTold = false;
        var context = new SolveContext
        {
            Threads = run.Threads,
            Seed = run.Seed,
            Clock = TimeProvider.System,
            Progress = console.IsErrorTerminal ? progress.Report : null,
            Scored = events is null ? null : events.Write,
            Reference = work.Reference?.MeanField,
            Cancellation = console.Interruption,
            Checkpoints = checkpointSeconds > 0 || from is not null ? folder.Checkpoints(interval, from, Tell) : null,
        };
        try
        {
            return definition.Solve(
                work.Game,
                ParameterValues.Create($"solver {definition.Name}", definition.Options, run.Solver.Options),
                context
            );
        }
        catch (SolveStoppedException stopped)
        {
            progress.EndWith(SolveSummary.HowToGoOn(stopped.Status, folder.Path)!);
            throw;
        }
        catch (InvalidDataException e) when (from is not null)
        {
            throw InputFileException.At(
                Path.Combine(folder.Path, RunFiles.Checkpoint),
                e.Message,
                "a checkpoint as this build wrote it; without the file the run begins anew",
                cause: e
            );
        }

        void Tell(IOException failure)
        {
            if (!wasTold)
            {
                wasTold = true;
                progress.EndWith($"{failure.Message}; the solve goes on without");
            }
        }
    }

    /// <summary>A solve to be made.</summary>
    /// <param name="Run">What was asked for.</param>
    /// <param name="Game">The game, made from it.</param>
    /// <param name="Reference">The crowd that the trace measures distances to, or <see langword="null"/>.</param>
    /// <param name="From">The checkpoint to go on from, or <see langword="null"/>.</param>
    /// <param name="WritesEvents">Whether the trace becomes an event file as well.</param>
    internal sealed record Work(
        RunRequest Run,
        TabularGame Game,
        RunReference? Reference,
        StoredCheckpoint? From,
        bool WritesEvents
    );
}
