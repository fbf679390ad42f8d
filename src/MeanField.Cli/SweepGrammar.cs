using System.CommandLine;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>The grammar of <c>sweep</c>.</summary>
internal static class SweepGrammar
{
    private const int MostJobs = 1_000_000;

    /// <summary>The command.</summary>
    public static Command Create(CommandConsole console)
    {
        var file = new Argument<string>("FILE") { Description = "A sweep file (.yaml); see docs/sweeps.md." };
        var folder = new Option<string>("--out")
        {
            Description =
                "Folder for the results; what is there already is not solved again. [default: runs/sweep-<file>]",
            HelpName = "DIR",
        };
        var threads = new Option<string>("--threads")
        {
            Description = "Cells at once, each on one thread, 1 to 256.",
            HelpName = "N",
            DefaultValueFactory = _ => "1",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "List the cells and what is stored of them." };
        var summaryOnly = new Option<bool>("--summary-only")
        {
            Description = "Solve nothing; write the summary of what is stored.",
        };
        var jobIndex = new Option<string>("--job-index")
        {
            Description = "Solve the share of one job of an array, from 0; writes no summary.",
            HelpName = "I",
        };
        var jobCount = new Option<string>("--job-count") { Description = "Jobs in the array.", HelpName = "N" };
        var slurm = new Option<bool>("--slurm")
        {
            Description = "Solve nothing; write scripts for an array of --job-count jobs under Slurm.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print JSON on standard output, and nothing else there.",
        };
        var command = new Command("sweep", "Solve all combinations of games, solvers, settings and seeds in a file.")
        {
            file,
            folder,
            threads,
            dryRun,
            summaryOnly,
            jobIndex,
            jobCount,
            slurm,
            json,
        };
        command.SetAction(parsed =>
        {
            (Option<bool> Option, SweepMode Mode)[] modes =
            [
                (dryRun, SweepMode.DryRun),
                (summaryOnly, SweepMode.SummaryOnly),
                (slurm, SweepMode.Slurm),
            ];
            var given = modes.Where(mode => parsed.GetValue(mode.Option)).ToList();
            if (given.Count > 1)
            {
                throw new ParameterException(
                    $"{given[0].Option.Name} is given with {given[1].Option.Name}, allowed is one of them"
                );
            }

            return SweepCommand.Run(
                new SweepRequest(
                    parsed.GetRequiredValue(file),
                    ArgumentText.Folder(parsed.GetValue(folder)),
                    ArgumentText.Threads(parsed.GetRequiredValue(threads)),
                    ArgumentText.Whole("--job-index", parsed.GetValue(jobIndex), 0, MostJobs - 1),
                    ArgumentText.Whole("--job-count", parsed.GetValue(jobCount), 1, MostJobs),
                    given.Count == 1 ? given[0].Mode : SweepMode.Run,
                    parsed.GetValue(json)
                ),
                console
            );
        });
        return command;
    }
}
