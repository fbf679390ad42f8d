using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Runs;

/// <summary>A folder that cannot take a run: its one-line message names the folder, what was found and what is allowed.</summary>
public sealed class RunFolderException : Exception
{
    /// <summary>Creates the exception with a complete, one-line message.</summary>
    public RunFolderException(string message)
        : base(message) { }

    /// <summary>Creates the exception with a complete, one-line message and the error that led to it.</summary>
    public RunFolderException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Creates the exception with no message of its own.</summary>
    public RunFolderException() { }

    internal static RunFolderException Refused(string path, string found, string allowed, Exception? cause = null) =>
        new(InputFileException.Sentence(path, found, allowed), cause!);
}
