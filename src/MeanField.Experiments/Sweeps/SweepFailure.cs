using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Experiments.Sweeps;

/// <summary>Why a cell could not be solved, in one line.</summary>
internal static class SweepFailure
{
    /// <summary>What is wrong with the cell, or the fault of ours that it met.</summary>
    public static string Describe(Exception exception) =>
        (
            exception switch
            {
                ParameterException or InvalidGameException or ArgumentException => exception.Message,
                OutOfMemoryException => "out of memory: this game needs more than the machine has",
                _ => $"unexpected error, a fault of MeanField: {exception.GetType().Name}: {exception.Message}",
            }
        ).ReplaceLineEndings(" ");
}
