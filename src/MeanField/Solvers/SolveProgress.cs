namespace MeanField.Solvers;

/// <summary>What a running solve reports after each outer iteration.</summary>
/// <param name="Iteration">Outer iterations done.</param>
/// <param name="IterationLimit">Outer iterations at most.</param>
/// <param name="PopulationChange">‖μ_{k+1} − μ_k‖₁ of the last outer iteration.</param>
/// <param name="BestRegularizedExploitability">The smallest certified upper end of φ_η so far; infinite before the first scoring.</param>
/// <param name="Tolerance">The φ_η asked for.</param>
/// <param name="Samples">Simulator calls so far; 0 for exact solvers.</param>
/// <param name="SampleLimit">Simulator calls at most; 0 where there is no limit.</param>
public readonly record struct SolveProgress(
    int Iteration,
    int IterationLimit,
    double PopulationChange,
    double BestRegularizedExploitability,
    double Tolerance,
    long Samples = 0,
    long SampleLimit = 0
);
