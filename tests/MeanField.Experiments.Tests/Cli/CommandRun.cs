using MeanField.Cli;

namespace MeanField.Experiments.Tests.Cli;

/// <summary>What a command came to when run in this process: its exit code and what it wrote.</summary>
internal sealed record CommandRun(int Code, string Out, string Error)
{
    /// <summary>Standard error without the end of its last line.</summary>
    public string ErrorLine => Error.TrimEnd('\r', '\n');

    /// <summary>Runs a command as in a pipe.</summary>
    public static CommandRun Of(params string[] arguments) => Of(arguments, console => console);

    /// <summary>Runs a command on a console that differs from a pipe.</summary>
    public static CommandRun Of(string[] arguments, Func<CommandConsole, CommandConsole> changes)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Program.Run(arguments, changes(new CommandConsole(output, error)));
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
