using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Cli;

/// <summary>The <c>meanfield</c> command.</summary>
internal static class Program
{
    /// <summary>The version of MeanField, without the commit it was built from.</summary>
    public static string Version { get; } =
        typeof(Program)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>Runs a command and turns whatever happens into an exit code and, for errors, one line on standard error.</summary>
    /// <param name="arguments">The arguments after the command's own name.</param>
    /// <param name="console">Where to read the surroundings from and write to.</param>
    public static int Run(string[] arguments, CommandConsole console)
    {
        try
        {
            return CommandLine.Run(arguments, console);
        }
        catch (AggregateException exception)
        {
            return Explain(exception.Flatten().InnerExceptions[0], console);
        }
        catch (Exception exception)
        {
            return Explain(exception, console);
        }
    }

    private static int Main(string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        var interruptedBy = "Ctrl-C";
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return Run(arguments, CommandConsole.OfProcess(() => interruptedBy, interruption.Token));

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            if (interruption.IsCancellationRequested)
            {
                Abort();
            }

            interruptedBy = context.Signal == PosixSignal.SIGTERM ? "SIGTERM" : interruptedBy;
            interruption.Cancel();
        }
    }

    // The second request: nothing more is saved, but the terminal must get back the cursor that the progress bar hides.
    private static void Abort()
    {
        if (!Console.IsErrorRedirected)
        {
            new ForgivingWriter(Console.Error).Write("\e[?25h\n");
        }

        Environment.Exit(ExitCode.Interrupted);
    }

    private static int Explain(Exception exception, CommandConsole console)
    {
        var (code, message) = exception switch
        {
            ParameterException or InvalidGameException or InputFileException or RunFolderException => (
                ExitCode.InvalidInput,
                exception.Message
            ),
            SolveStoppedException stopped => (
                stopped.Status == SolveStatus.TimeLimit ? ExitCode.NotConverged : ExitCode.Interrupted,
                exception.Message
            ),
            SweepInterruptedException => (ExitCode.Interrupted, exception.Message),
            OperationCanceledException => (
                ExitCode.Interrupted,
                "interrupted before there was a result; nothing was written"
            ),
            OutOfMemoryException => (
                ExitCode.Failure,
                "out of memory: this game needs more than the machine has; try a smaller map or fewer threads"
            ),
            IOException or UnauthorizedAccessException => (ExitCode.Failure, exception.Message),
            _ => (
                ExitCode.Failure,
                $"unexpected error, a fault of MeanField {Version} and not of your input: {exception.GetType().Name}: {exception.Message} "
                    + "(please report it with the command you ran and what it prints with MEANFIELD_DEBUG=1)"
            ),
        };
        console.Error.WriteLine("meanfield: " + message.ReplaceLineEndings(" "));
        if (console.ShowsErrorDetails)
        {
            console.Error.WriteLine(exception);
        }

        return code;
    }
}
