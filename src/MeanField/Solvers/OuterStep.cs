namespace MeanField.Solvers;

/// <summary>What an outer iteration did, for the trace.</summary>
/// <param name="PopulationChange">‖μ_{k+1} − μ_k‖₁ of the solver's own population iterate.</param>
/// <param name="PolicyKl">The mean KL(π_{l+1} ‖ π_l) of the last policy step, in nats.</param>
/// <param name="StepSize">t of the last policy step.</param>
/// <param name="PopulationStep">β.</param>
internal readonly record struct OuterStep(
    double PopulationChange,
    double PolicyKl,
    double StepSize,
    double PopulationStep
);
