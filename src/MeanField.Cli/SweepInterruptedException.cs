namespace MeanField.Cli;

/// <summary>The user asked to stop a command whose work is stored piece by piece.</summary>
internal sealed class SweepInterruptedException(OperationCanceledException cause)
    : OperationCanceledException(
        "interrupted; what is done stays done, and the same command goes on from there",
        cause
    );
