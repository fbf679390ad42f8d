using MeanField.Experiments.Runs;

namespace MeanField.Cli;

/// <summary>The command <c>report</c>.</summary>
internal static class ReportCommand
{
    /// <summary>Writes a run's report.html again, from its files alone.</summary>
    public static int Run(string folder, CommandConsole console)
    {
        var path = console.WaitFor(() => RunFolder.RewriteReport(folder));
        console.Out.WriteLine($"Wrote {path}");
        return ExitCode.Success;
    }
}
