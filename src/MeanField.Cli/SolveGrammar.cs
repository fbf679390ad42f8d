using System.CommandLine;

namespace MeanField.Cli;

/// <summary>The grammar of <c>solve</c>, which has the most options.</summary>
internal static class SolveGrammar
{
    /// <summary>The command.</summary>
    public static Command Solve(CommandConsole console)
    {
        var game = CommandLine.GameArgument();
        game.Arity = ArgumentArity.ZeroOrOne;
        var solver = new Option<string>("--solver")
        {
            Description = "The solver (see 'meanfield solvers').",
            HelpName = "NAME",
            DefaultValueFactory = _ => "mf-trpo",
        };
        var parameters = new Option<string[]>("--game")
        {
            Description = "Set a parameter of the game. May be given many times.",
            HelpName = "KEY=VALUE",
        };
        var options = new Option<string[]>("--set")
        {
            Description = "Set an option of the solver. May be given many times.",
            HelpName = "KEY=VALUE",
        };
        var seed = new Option<string>("--seed")
        {
            Description = "Seed of the random numbers, any 64-bit whole number; exact solvers draw random starts only.",
            HelpName = "N",
            DefaultValueFactory = _ => "0",
        };
        var threads = CommandLine.ThreadsOption();
        var folder = new Option<string>("--out")
        {
            Description = "Folder for the results. [default: runs/<game>-<solver>-<hash>]",
            HelpName = "DIR",
        };
        var reference = new Option<string>("--reference")
        {
            Description =
                "A run of the same game, such as one of newton: the trace shows how far from its crowd this solve is.",
            HelpName = "RUN_DIR",
        };
        var events = new Option<bool>("--tensorboard")
        {
            Description = "Write the trace for TensorBoard as well, while the solve goes on.",
        };
        var resume = new Option<string?>("--resume")
        {
            Description =
                "Go on with the run in this folder where its last checkpoint is, to the same bits as if it had never stopped. "
                + "Game, solver, options and seed come from there; --threads and the limits may be given anew "
                + "(--set outer-iterations, sample-budget, tolerance, stall-after, time-limit).",
            HelpName = "RUN_DIR",
        };
        var checkpoints = new Option<string>("--checkpoint-seconds")
        {
            Description = "Least seconds between two checkpoints; 0: none, and the run cannot be continued.",
            HelpName = "S",
            DefaultValueFactory = _ => "30",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print run.json on standard output, and nothing else there.",
        };
        var command = new Command("solve", "Solve a game, certify the answer and write a report.")
        {
            game,
            solver,
            parameters,
            options,
            seed,
            threads,
            folder,
            reference,
            events,
            resume,
            checkpoints,
            json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(game) is null && result.GetValue(resume) is null)
            {
                result.AddError("no game");
            }
        });
        command.SetAction(parsed =>
        {
            var request = new SolveRequest(
                parsed.GetValue(game),
                Given(parsed, solver),
                ArgumentText.KeysAndValues("--game", parsed.GetValue(parameters) ?? []),
                ArgumentText.KeysAndValues("--set", parsed.GetValue(options) ?? []),
                Given(parsed, seed) is { } number ? ArgumentText.Seed(number) : null,
                Given(parsed, threads) is { } count ? ArgumentText.Threads(count) : null,
                ArgumentText.Folder(parsed.GetValue(folder)),
                ArgumentText.Folder(parsed.GetValue(resume), "--resume"),
                ArgumentText.Seconds("--checkpoint-seconds", parsed.GetRequiredValue(checkpoints)),
                parsed.GetValue(reference),
                parsed.GetValue(events),
                parsed.GetValue(json)
            );
            return request.Resume is null ? SolveCommand.Run(request, console) : ResumeCommand.Run(request, console);
        });
        return command;
    }

    // What was typed; null where the default stands.
    private static string? Given(ParseResult parsed, Option<string> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetRequiredValue(option) : null;
}
