namespace MeanField.Cli;

/// <summary>All that a command knows about the outside: where it writes, what kind of terminal that is, and whether the user has asked
/// it to stop. Tests pass their own.</summary>
/// <param name="Out">Standard output: results only.</param>
/// <param name="Error">Standard error: progress and messages.</param>
internal sealed record CommandConsole(TextWriter Out, TextWriter Error)
{
    private const int PipeWidth = 80;
    private const int LeastWidth = 40;

    /// <summary>Whether <see cref="Out"/> is a terminal that understands cursor and colour codes.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is such a terminal.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Whether colours are wanted where there is a terminal.</summary>
    public bool UsesColor { get; init; }

    /// <summary>Whether errors are shown with all their detail.</summary>
    public bool ShowsErrorDetails { get; init; }

    /// <summary>The terminal's width in characters, asked for anew because a window may be resized.</summary>
    public Func<int> Width { get; init; } = () => PipeWidth;

    /// <summary>Cancelled when the user asks to stop.</summary>
    public CancellationToken Interruption { get; init; }

    /// <summary>What the user did to stop, once <see cref="Interruption"/> is cancelled.</summary>
    public Func<string> InterruptedBy { get; init; } = () => "Ctrl-C";

    /// <summary>The console of this process.</summary>
    public static CommandConsole OfProcess(Func<string> interruptedBy, CancellationToken interruption)
    {
        var understandsCodes = Environment.GetEnvironmentVariable("TERM") != "dumb";
        var isOutTerminal = understandsCodes && !Console.IsOutputRedirected;
        var isErrorTerminal = understandsCodes && !Console.IsErrorRedirected;
        return new CommandConsole(Console.Out, new ForgivingWriter(Console.Error))
        {
            IsOutTerminal = isOutTerminal,
            IsErrorTerminal = isErrorTerminal,
            UsesColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            ShowsErrorDetails = Environment.GetEnvironmentVariable("MEANFIELD_DEBUG") == "1",
            Width = isOutTerminal || isErrorTerminal ? WindowWidth : () => PipeWidth,
            Interruption = interruption,
            InterruptedBy = interruptedBy,
        };
    }

    /// <summary>Does work that cannot itself be interrupted; when the user asks to stop, returns to the caller at once and leaves
    /// the work to end with the process.</summary>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public T WaitFor<T>(Func<T> work) => Task.Run(work, Interruption).WaitAsync(Interruption).GetAwaiter().GetResult();

    private static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Math.Max(LeastWidth, Console.WindowWidth) : PipeWidth;
        }
        catch (IOException)
        {
            return PipeWidth;
        }
    }
}
