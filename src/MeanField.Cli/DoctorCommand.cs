using MeanField.Diagnostics;
using MeanField.Experiments;
using MeanField.Experiments.Diagnoses;
using MeanField.Experiments.Reports;
using MeanField.Experiments.Runs;
using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Cli;

/// <summary>The command <c>doctor</c>.</summary>
internal static class DoctorCommand
{
    /// <summary>Examines the assumptions of the theory on a game and says what was found.</summary>
    public static int Run(DoctorRequest request, CommandConsole console)
    {
        var values = ParameterValues.Create("doctor", DoctorOptions.Descriptions, request.Options);
        var options = DoctorOptions.FromParameters(values);
        if (request.Folder is not null)
        {
            DiagnosisFiles.CheckFolder(request.Folder);
        }

        var (spec, game) = console.WaitFor(() => Load(request));
        console.Error.WriteLine(
            $"Examining {spec.Definition.Name} ({DisplayNumber.Count(game.StateCount)} states, {DisplayNumber.Count(game.PairCount)} state-action pairs)"
        );
        var diagnosis = Examine(game, options, request, console);
        var json = DiagnosisJson.Render(diagnosis, GameRecord.Create(spec, game), game, values, Program.Version);
        if (request.Folder is not null)
        {
            DiagnosisFiles.Write(request.Folder, json, diagnosis);
        }

        if (request.AsJson)
        {
            console.Out.Write(json);
        }
        else
        {
            console.Out.Write(DoctorReport.Text(diagnosis, game, request, console.Width() - 1));
        }

        if (request.Folder is not null)
        {
            console.Error.WriteLine($"Files: {request.Folder} ({DiagnosisFiles.Report}, {DiagnosisFiles.Witness})");
        }

        return diagnosis.IsViolated ? ExitCode.NotConverged : ExitCode.Success;
    }

    private static (GameSpec Spec, TabularGame Game) Load(DoctorRequest request)
    {
        var spec = GameSpec.Load(request.Game, request.GameParameters);
        return (spec, TabularGame.Create(spec.Create()));
    }

    private static Diagnosis Examine(
        TabularGame game,
        DoctorOptions options,
        DoctorRequest request,
        CommandConsole console
    )
    {
        try
        {
            return AssumptionDoctor.Examine(game, options, request.Seed, request.Threads, console.Interruption);
        }
        catch (ArgumentException e)
        {
            throw new ParameterException($"doctor: {e.Message}", e);
        }
    }
}
