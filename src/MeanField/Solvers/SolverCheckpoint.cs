namespace MeanField.Solvers;

/// <summary>A state that a solve can be continued from.</summary>
/// <param name="Iterations">The outer iterations done in it.</param>
/// <param name="Elapsed">The time spent so far, in all processes that worked on the solve.</param>
/// <param name="State">The state, as <see cref="IterativeSolver.RestoreState"/> takes it.</param>
public readonly record struct SolverCheckpoint(int Iterations, TimeSpan Elapsed, ReadOnlyMemory<byte> State);
