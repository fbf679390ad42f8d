using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>One outer iteration of a solve that knows only a simulator.</summary>
/// <param name="Iteration">The outer iterations done.</param>
/// <param name="PopulationResidual">‖μ̂ − μ_k‖₁ between the mean field and where the policy was seen to take it; 0 at an equilibrium, though noise
/// of particles keeps it above.</param>
/// <param name="PolicyKl">The mean KL(π_{l+1} ‖ π_l) of the last inner step, in nats.</param>
/// <param name="Samples">Simulator calls so far.</param>
/// <param name="Seconds">Solve time so far.</param>
public sealed record SimulatorTraceRow(
    int Iteration,
    double PopulationResidual,
    double PolicyKl,
    SampleAccount Samples,
    double Seconds
);
