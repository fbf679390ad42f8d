using System.CommandLine;

namespace MeanField.Cli;

/// <summary>The grammar of <c>experiment</c>.</summary>
internal static class ExperimentGrammar
{
    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var name = new Argument<string>("NAME")
        {
            Description = $"One of {string.Join(", ", ExperimentCommand.Names)}; see docs/experiments.md.",
        };
        var quick = new Option<bool>("--quick") { Description = "Fewer points and seeds, for a look in seconds." };
        var games = new Option<string?>("--games")
        {
            Description = "Games by name or file in place of the experiment's own, with commas between.",
            HelpName = "LIST",
        };
        var threads = new Option<string>("--threads")
        {
            Description = "Solves at once, each on one thread, 1 to 256.",
            HelpName = "N",
            DefaultValueFactory = _ => "1",
        };
        var folder = new Option<string>("--out")
        {
            Description =
                "Folder for the results, one within for each experiment; what is there already is not solved again.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "runs/experiments",
        };
        var command = new Command("experiment", "Run an experiment that comes with MeanField and say what it shows.")
        {
            name,
            quick,
            games,
            threads,
            folder,
        };
        command.SetAction(parsed =>
            ExperimentCommand.Run(
                new ExperimentRequest(
                    parsed.GetRequiredValue(name),
                    parsed.GetValue(quick),
                    ArgumentText.Names("--games", parsed.GetValue(games)),
                    ArgumentText.Threads(parsed.GetRequiredValue(threads)),
                    ArgumentText.Folder(parsed.GetRequiredValue(folder))!
                ),
                console
            )
        );
        return command;
    }
}
