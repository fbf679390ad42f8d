using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>The command <c>sweep</c>.</summary>
internal static class SweepCommand
{
    private const int UsualJobs = 20;

    /// <summary>Does what was asked with the cells of a sweep file.</summary>
    public static int Run(SweepRequest request, CommandConsole console)
    {
        CheckJob(request);
        var plan = console.WaitFor(() => SweepFile.Read(request.File));
        var folder = request.Folder ?? Path.Combine("runs", "sweep-" + plan.Name);
        if (request.Mode == SweepMode.Slurm)
        {
            return WriteScripts(plan, folder, request, console);
        }

        var share = request.JobIndex is { } index ? plan.Job(index, request.JobCount!.Value) : plan;
        var store = new SweepStore(folder);
        if (request.Mode == SweepMode.DryRun)
        {
            return List(share, store, request, console);
        }

        var outcomes =
            request.Mode == SweepMode.SummaryOnly
                ? console.WaitFor(() => SweepRunner.Look(share, store))
                : Solve(share, store, request, console);
        if (request.JobIndex is not null)
        {
            Print(share, outcomes, SummaryText.Counts(outcomes) + "\n", folder, request, console);
        }
        else
        {
            Print(share, outcomes, SweepFiles.Write(share, outcomes, folder), folder, request, console);
            console.Error.WriteLine($"Page: {Path.Combine(folder, "summary.html")}");
        }

        return outcomes.Any(outcome => outcome.Record is null) ? ExitCode.Failure : ExitCode.Success;
    }

    private static IReadOnlyList<SweepOutcome> Solve(
        SweepPlan plan,
        SweepStore store,
        SweepRequest request,
        CommandConsole console
    )
    {
        var job = request.JobIndex is { } index ? $", job {index} of 0 to {request.JobCount - 1}" : "";
        console.Error.WriteLine($"{DisplayNumber.Count(plan.Cells.Count)} cells in {store.Folder}{job}");
        return SweepProgress.Run(plan, store, request.Threads, console);
    }

    private static int List(SweepPlan plan, SweepStore store, SweepRequest request, CommandConsole console)
    {
        var outcomes = console.WaitFor(() => SweepRunner.Look(plan, store));
        var lines = outcomes.Select(outcome =>
            $"{outcome.Cell.Address}  {SweepProgress.Name(outcome.Cell, plan.Axes)}: {SummaryText.Status(outcome)}\n"
        );
        Print(
            plan,
            outcomes,
            string.Concat(lines) + SummaryText.Counts(outcomes) + "\n",
            store.Folder,
            request,
            console
        );
        return ExitCode.Success;
    }

    private static int WriteScripts(SweepPlan plan, string folder, SweepRequest request, CommandConsole console)
    {
        var jobs = request.JobCount ?? Math.Clamp(plan.Cells.Count, 1, UsualJobs);
        var submit = SlurmScripts.Write(plan, request.File, folder, ThisCommand(), jobs, request.Threads);
        console.Out.WriteLine($"Wrote {submit}");
        console.Error.WriteLine(
            $"{DisplayNumber.Count(plan.Cells.Count)} cells in {DisplayNumber.Count(jobs)} jobs; hand them in with: bash {submit}"
        );
        return ExitCode.Success;
    }

    private static void Print(
        SweepPlan plan,
        IReadOnlyList<SweepOutcome> outcomes,
        string text,
        string folder,
        SweepRequest request,
        CommandConsole console
    )
    {
        if (request.AsJson)
        {
            console.Out.WriteLine(SweepJson.Text(plan, outcomes, folder));
        }
        else
        {
            console.Out.Write(text);
        }
    }

    private static void CheckJob(SweepRequest request)
    {
        if (request.JobIndex is not { } index)
        {
            if (request.JobCount is not null && request.Mode != SweepMode.Slurm)
            {
                throw new ParameterException(
                    "--job-count is given without --job-index, allowed are both, or it alone with --slurm"
                );
            }
        }
        else if (request.Mode == SweepMode.SummaryOnly)
        {
            throw new ParameterException(
                "--job-index is given with --summary-only, allowed is neither: a summary is of all cells"
            );
        }
        else if (request.Mode == SweepMode.Slurm)
        {
            throw new ParameterException(
                "--job-index is given with --slurm, allowed is --job-count: the scripts number the jobs"
            );
        }
        else if (request.JobCount is not { } count)
        {
            throw new ParameterException("--job-index is given without --job-count, allowed are both");
        }
        else if (index >= count)
        {
            throw new ParameterException($"--job-index is '{index}', allowed is a whole number from 0 to {count - 1}");
        }
    }

    // The launcher that this process was started by, or dotnet and the assembly that it was given.
    private static string[] ThisCommand()
    {
        var process = Environment.ProcessPath ?? "meanfield";
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, Path.Combine(AppContext.BaseDirectory, "MeanField.Cli.dll")]
            : [process];
    }
}
