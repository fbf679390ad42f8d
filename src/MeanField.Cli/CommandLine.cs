using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>The grammar of the command line: what can be typed, how it is described, and which command runs.</summary>
internal static class CommandLine
{
    private const int MaximumHelpWidth = 100;

    /// <summary>Parses the arguments and runs the command they name.</summary>
    /// <exception cref="ParameterException">The arguments are not a command; one line says what was found and what is allowed.</exception>
    public static int Run(string[] arguments, CommandConsole console)
    {
        var parsed = Parse(arguments, console);
        if (UsageError.Find(parsed) is { } message)
        {
            throw new ParameterException(message);
        }

        return parsed.Invoke(
            new InvocationConfiguration
            {
                Output = console.Out,
                Error = console.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            }
        );
    }

    /// <summary>Parses the arguments; <see cref="UsageError"/> says what is wrong with them.</summary>
    public static ParseResult Parse(string[] arguments, CommandConsole console) =>
        Grammar(console)
            .Parse(
                arguments,
                new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null }
            );

    private static RootCommand Grammar(CommandConsole console)
    {
        var root = new RootCommand("Finds equilibria of mean-field games and certifies how good the answer is.")
        {
            Games(console),
            Solvers(console),
            SolveGrammar.Solve(console),
            Compare(console),
            SweepGrammar.Create(console),
            ExperimentGrammar.Create(console),
            Doctor(console),
            Certify(console),
            Report(console),
        };
        root.HelpName = "meanfield";
        root.Directives.Clear();
        foreach (var option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Description = "Show this help.";
                    help.Action = new HelpWithExamples(Math.Min(console.Width(), MaximumHelpWidth));
                    break;
                case VersionOption version:
                    version.Description = "Show the version.";
                    version.Action = new ShowVersion();
                    break;
            }
        }

        return root;
    }

    private static Command Games(CommandConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("games", "List the games that can be solved, with their parameters.") { json };
        command.SetAction(parsed => CatalogueListing.WriteGames(parsed.GetValue(json), console));
        return command;
    }

    private static Command Solvers(CommandConsole console)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("solvers", "List the solvers, with their options.") { json };
        command.SetAction(parsed => CatalogueListing.WriteSolvers(parsed.GetValue(json), console));
        return command;
    }

    private static Command Compare(CommandConsole console)
    {
        var games = new Option<string?>("--games")
        {
            Description = "Games by name or file, with commas between. [default: the whole catalogue]",
            HelpName = "LIST",
        };
        var solvers = new Option<string?>("--solvers")
        {
            Description = "Solvers by name, with commas between. [default: all]",
            HelpName = "LIST",
        };
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds, such as 0..9 or 1,2,5.",
            HelpName = "LIST",
            DefaultValueFactory = _ => "0",
        };
        var parameters = new Option<string[]>("--game")
        {
            Description = "Set a parameter of all games that have it, or of one: GAME.KEY=VALUE.",
            HelpName = "KEY=VALUE",
        };
        var options = new Option<string[]>("--set")
        {
            Description = "Set an option of all solvers that have it, or of one: SOLVER.KEY=VALUE.",
            HelpName = "KEY=VALUE",
        };
        var limit = new Option<string>("--time-limit")
        {
            Description = "Seconds a solve; 0: no limit.",
            HelpName = "S",
            DefaultValueFactory = _ => "10",
        };
        var threads = new Option<string>("--threads")
        {
            Description = "Solves at once, each on one thread, 1 to 256.",
            HelpName = "N",
            DefaultValueFactory = _ => "1",
        };
        var folder = new Option<string>("--out")
        {
            Description = "Folder for the results; what is there already is not solved again.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "runs/comparison",
        };
        var command = new Command(
            "compare",
            "Solve games with several solvers and set the certified answers side by side."
        )
        {
            games,
            solvers,
            seeds,
            parameters,
            options,
            limit,
            threads,
            folder,
        };
        command.SetAction(parsed =>
            CompareCommand.Run(
                new CompareRequest(
                    ArgumentText.Names("--games", parsed.GetValue(games)),
                    ArgumentText.Names("--solvers", parsed.GetValue(solvers)),
                    CompareCommand.Seeds(parsed.GetRequiredValue(seeds)),
                    ArgumentText.KeysAndValues("--game", parsed.GetValue(parameters) ?? []),
                    ArgumentText.KeysAndValues("--set", parsed.GetValue(options) ?? []),
                    ArgumentText.Seconds("--time-limit", parsed.GetRequiredValue(limit)),
                    ArgumentText.Threads(parsed.GetRequiredValue(threads)),
                    ArgumentText.Folder(parsed.GetRequiredValue(folder))!
                ),
                console
            )
        );
        return command;
    }

    private static Command Doctor(CommandConsole console)
    {
        var game = GameArgument();
        var parameters = new Option<string[]>("--game")
        {
            Description = "Set a parameter of the game. May be given many times.",
            HelpName = "KEY=VALUE",
        };
        var options = new Option<string[]>("--set")
        {
            Description =
                "Set temperature, transition-steps, restart, target, random-laws or derivatives. May be given many times.",
            HelpName = "KEY=VALUE",
        };
        var seed = new Option<string>("--seed")
        {
            Description = "Seed of the random mean fields, any 64-bit whole number.",
            HelpName = "N",
            DefaultValueFactory = _ => "0",
        };
        var threads = ThreadsOption();
        var folder = new Option<string>("--out")
        {
            Description = "Folder for doctor.json and witness.npy.",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print doctor.json on standard output, and nothing else there.",
        };
        var command = new Command("doctor", "Say whether the theory of MF-TRPO covers a game, and what to do if not.")
        {
            game,
            parameters,
            options,
            seed,
            threads,
            folder,
            json,
        };
        command.SetAction(parsed =>
            DoctorCommand.Run(
                new DoctorRequest(
                    parsed.GetRequiredValue(game),
                    ArgumentText.KeysAndValues("--game", parsed.GetValue(parameters) ?? []),
                    ArgumentText.KeysAndValues("--set", parsed.GetValue(options) ?? []),
                    ArgumentText.Seed(parsed.GetRequiredValue(seed)),
                    ArgumentText.Threads(parsed.GetRequiredValue(threads)),
                    ArgumentText.Folder(parsed.GetValue(folder)),
                    parsed.GetValue(json)
                ),
                console
            )
        );
        return command;
    }

    private static Command Certify(CommandConsole console)
    {
        var folder = RunFolderArgument();
        var command = new Command(
            "certify",
            "Recompute the certificate of a stored run from its files alone and compare."
        )
        {
            folder,
        };
        command.SetAction(parsed => CertifyCommand.Run(parsed.GetRequiredValue(folder), console));
        return command;
    }

    private static Command Report(CommandConsole console)
    {
        var folder = RunFolderArgument();
        var command = new Command("report", "Write the report.html of a stored run again.") { folder };
        command.SetAction(parsed => ReportCommand.Run(parsed.GetRequiredValue(folder), console));
        return command;
    }

    /// <summary>GAME.</summary>
    public static Argument<string> GameArgument() =>
        new("GAME")
        {
            Description =
                "A game by name (see 'meanfield games'), a game file (.yaml), a Moving AI map (.map) or a network (.tntp, .csv).",
        };

    /// <summary>--threads.</summary>
    public static Option<string> ThreadsOption() =>
        new("--threads")
        {
            Description = "Worker threads, 1 to 256. The answer is the same for any number.",
            HelpName = "N",
            DefaultValueFactory = _ => "1",
        };

    private static Argument<string> RunFolderArgument() =>
        new("RUN_DIR") { Description = "The folder of a run, as 'meanfield solve' wrote it." };

    private sealed class HelpWithExamples(int width) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = new HelpAction { MaxWidth = width }.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.Write(HelpExamples.Of(parseResult.CommandResult.Command.Name));
            return code;
        }
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Program.Version);
            return ExitCode.Success;
        }
    }
}
