namespace MeanField.Cli;

/// <summary>The exit codes that scripts may rely on.</summary>
internal static class ExitCode
{
    /// <summary>Solved to tolerance and certified; for the other commands: done.</summary>
    public const int Success = 0;

    /// <summary>A failing disk, too little memory or an error in MeanField itself.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage or invalid input; for <c>certify</c> also a certificate that does not hold.</summary>
    public const int InvalidInput = 2;

    /// <summary>The solve ended without reaching its tolerance; the files are written. For <c>doctor</c>: an assumption is violated.</summary>
    public const int NotConverged = 3;

    /// <summary>Interrupted (128 + SIGINT, as shells count); the best iterate is written if there was one.</summary>
    public const int Interrupted = 130;
}
