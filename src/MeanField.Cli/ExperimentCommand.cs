using System.Text;
using MeanField.Experiments;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Studies;
using MeanField.Experiments.Sweeps;
using MeanField.Parameters;

namespace MeanField.Cli;

/// <summary>The command <c>experiment</c>.</summary>
internal static class ExperimentCommand
{
    private const string All = "all";

    /// <summary>The names that can be given.</summary>
    public static IReadOnlyList<string> Names => [.. StudyCatalogue.All.Select(study => study.Name), All];

    /// <summary>Runs an experiment, or all of them, and says what it shows.</summary>
    public static int Run(ExperimentRequest request, CommandConsole console)
    {
        IReadOnlyList<Study> studies =
            request.Name == All ? StudyCatalogue.All
            : StudyCatalogue.Find(request.Name) is { } study ? [study]
            : throw new ParameterException(
                $"there is no experiment '{request.Name}'; allowed: {Suggestion.Allowed(request.Name, Names)}"
            );
        foreach (var game in request.Games)
        {
            GameSpec.Load(game, []);
        }

        var code = ExitCode.Success;
        foreach (var one in studies)
        {
            code = Math.Max(code, Run(one, request, console));
        }

        return code;
    }

    private static int Run(Study study, ExperimentRequest request, CommandConsole console)
    {
        var folder = Path.Combine(request.Folder, study.Name);
        var games = request.Games.Select(game => File.Exists(game) ? Path.GetFullPath(game) : game);
        var specification = study.Specification(request.IsQuick, [.. games]);
        var path = StudyFiles.WriteSpecification(specification, folder);
        var plan = SweepFile.Read(path);
        console.Error.WriteLine($"{study.Name}: {DisplayNumber.Count(plan.Cells.Count)} solves in {folder}");
        var outcomes = SweepProgress.Run(plan, new SweepStore(folder), request.Threads, console);
        var claims = console.WaitFor(() => StudyFiles.Write(study, specification, outcomes, folder));
        var text = new StringBuilder($"{study.Title}\n\n");
        foreach (var (sentence, holds) in claims)
        {
            var word = holds switch
            {
                true => "holds",
                false => "DOES NOT HOLD",
                null => "measured",
            };
            TextLayout.Wrap(text, $"  {word}: ", 4, sentence, console.Width() - 1);
        }

        console.Out.WriteLine(text);
        console.Out.WriteLine($"Page: {Path.Combine(folder, StudyFiles.Page)}\n");
        return outcomes.Any(outcome => outcome.Failure is not null) ? ExitCode.Failure
            : claims.Any(claim => claim.Holds == false) ? ExitCode.NotConverged
            : ExitCode.Success;
    }
}
