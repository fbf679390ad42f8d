using MeanField.Experiments.Runs;

namespace MeanField.Experiments.Sweeps;

/// <summary>How a cell went. Immutable.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="State">What there is of it.</param>
/// <param name="Record">Its run, however it ended; <see langword="null"/> where there is none.</param>
/// <param name="Folder">The folder of that run, with everything else that is stored of it.</param>
/// <param name="Failure">Why there is no run, in one line; <see langword="null"/> unless the state is <see cref="SweepState.Failed"/>.</param>
/// <param name="Damage">What was wrong with a stored run that was set aside and solved again, in one line; otherwise <see langword="null"/>.</param>
public sealed record SweepOutcome(
    SweepCell Cell,
    SweepState State,
    RunRecord? Record,
    string Folder,
    string? Failure = null,
    string? Damage = null
)
{
    /// <summary>The outer iteration of the checkpoint that a run made now was continued from; <see langword="null"/> where it began at the start.</summary>
    public int? ContinuedFrom { get; init; }

    /// <summary>Reads the stored run: trace, policy and mean field.</summary>
    /// <exception cref="InvalidOperationException">There is no run.</exception>
    /// <exception cref="Formats.InputFileException">The files are no longer those of a run.</exception>
    public StoredRun ReadRun() =>
        Record is null ? throw new InvalidOperationException("The cell has no run") : StoredRun.Read(Folder);
}
