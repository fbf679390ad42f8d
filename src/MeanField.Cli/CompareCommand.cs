using System.Globalization;
using MeanField.Experiments.Comparisons;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Sweeps;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>The command <c>compare</c>.</summary>
internal static class CompareCommand
{
    /// <summary>Solves every game with every solver and writes the tables.</summary>
    public static int Run(CompareRequest request, CommandConsole console)
    {
        var options = request.SolverOptions;
        if (request.TimeLimit > 0)
        {
            var limit = request.TimeLimit.ToString("R", CultureInfo.InvariantCulture);
            options = [KeyValuePair.Create("time-limit", limit), .. options];
        }

        var plan = ComparisonPlan.Create(
            request.Games,
            request.Solvers,
            request.Seeds,
            request.GameParameters,
            options
        );
        console.Error.WriteLine($"{DisplayNumber.Count(plan.Cells.Count)} solves in {request.Folder}");
        var outcomes = SweepProgress.Run(plan, new SweepStore(request.Folder), request.Threads, console);
        console.Out.Write(ComparisonFiles.Write(outcomes, request.Folder));
        console.Error.WriteLine($"Page: {Path.Combine(request.Folder, "comparison.html")}");
        return outcomes.Any(outcome => outcome.Failure is not null) ? ExitCode.Failure : ExitCode.Success;
    }

    /// <summary>Reads seeds: numbers, and ranges such as <c>0..9</c>, with commas between.</summary>
    /// <exception cref="ParameterException">It is no such list, or one of more than 100000 seeds.</exception>
    public static IReadOnlyList<long> Seeds(string text) =>
        SeedList.TryRead(text, out var part)
        ?? throw new ParameterException(
            $"--seeds has '{part}', allowed are whole numbers and ranges such as 0..9, with commas between, at most {SeedList.Most}"
        );
}
