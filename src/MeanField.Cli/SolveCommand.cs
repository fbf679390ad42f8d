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
    /// <summary>Solves, writes the run's files and says how it went.</summary>
    public static int Run(SolveRequest request, CommandConsole console)
    {
        var definition =
            SolverCatalogue.Find(request.Solver)
            ?? throw new ParameterException(
                $"there is no solver '{request.Solver}'; allowed: "
                    + Suggestion.Allowed(request.Solver, SolverCatalogue.All.Select(solver => solver.Name))
            );
        var options = ParameterValues.Create($"solver {definition.Name}", definition.Options, request.SolverOptions);
        var solver = SolverRecord.Create(definition, options);
        var (spec, game) = console.WaitFor(() => Load(request));
        var reference = request.Reference is null ? null : RunReference.Read(request.Reference, spec);
        using var folder = RunFolder.Claim(
            request.Folder ?? RunFolder.DefaultPath(spec, solver, request.Seed),
            spec,
            solver,
            request.Seed
        );

        var gameRecord = GameRecord.Create(spec, game);
        Announce(gameRecord, solver, console);
        var solution = Solve(definition, game, options, request, reference, folder, console);
        var record = folder.Write(
            RunRecord.Create(gameRecord, solver, solution, request.Seed, request.Threads) with
            {
                Reference = reference?.Hash,
            },
            solution,
            game
        );
        if (request.AsJson)
        {
            console.Error.WriteLine(SolveSummary.Headline(record));
            console.Error.WriteLine($"Files: {folder.Path}");
            console.Out.Write(File.ReadAllText(Path.Combine(folder.Path, RunFiles.Record)));
        }
        else
        {
            SolveSummary.Write(record, game, solution, folder.Path, request.WritesEvents, console);
        }

        return record.Status switch
        {
            SolveStatus.Converged => ExitCode.Success,
            SolveStatus.Cancelled => ExitCode.Interrupted,
            _ => ExitCode.NotConverged,
        };
    }

    private static (GameSpec Spec, TabularGame Game) Load(SolveRequest request)
    {
        var spec = GameSpec.Load(request.Game, request.GameParameters);
        return (spec, TabularGame.Create(spec.Create()));
    }

    private static void Announce(GameRecord game, SolverRecord solver, CommandConsole console)
    {
        console.Error.WriteLine(
            $"Solving {game.Name} ({DisplayNumber.Count(game.States)} states, {DisplayNumber.Count(game.Pairs)} state-action pairs) with {solver.Name}"
        );
        if (game.DroppedCells > 0)
        {
            console.Error.WriteLine(
                $"Left out: {DisplayNumber.Count(game.DroppedCells)} free cells from which no target can be reached"
            );
        }
    }

    private static Solution Solve(
        SolverDefinition definition,
        TabularGame game,
        ParameterValues options,
        SolveRequest request,
        RunReference? reference,
        RunFolder folder,
        CommandConsole console
    )
    {
        using var events = request.WritesEvents ? folder.BeginEvents(TimeProvider.System) : null;
        using var progress = new ProgressDisplay(console);
        using var stopping = console.Interruption.Register(() =>
            progress.EndWith("Stopping and keeping the best answer so far (Ctrl-C again aborts at once)")
        );
        return definition.Solve(
            game,
            options,
            new SolveContext
            {
                Threads = request.Threads,
                Seed = request.Seed,
                Clock = TimeProvider.System,
                Progress = console.IsErrorTerminal ? progress.Report : null,
                Scored = events is null ? null : events.Write,
                Reference = reference?.MeanField,
                Cancellation = console.Interruption,
            }
        );
    }
}
