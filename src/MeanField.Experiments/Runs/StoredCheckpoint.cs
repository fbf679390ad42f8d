namespace MeanField.Experiments.Runs;

/// <summary>A checkpoint as it was read from a run folder.</summary>
/// <param name="Iterations">The outer iterations done in it.</param>
/// <param name="Elapsed">The time spent in the processes that worked on the run.</param>
/// <param name="State">The solver's state; owned by the holder of the checkpoint.</param>
public sealed record StoredCheckpoint(int Iterations, TimeSpan Elapsed, byte[] State);
