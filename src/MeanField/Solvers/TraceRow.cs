using MeanField.Numerics;
using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>One scored outer iteration.</summary>
/// <param name="Iteration">The outer iterations done; row 0 is the start.</param>
/// <param name="Exploitability">Contains φ of the policy at its stationary law.</param>
/// <param name="RegularizedExploitability">Contains φ_η of the policy at its stationary law.</param>
/// <param name="PopulationChange">‖μ_{k+1} − μ_k‖₁ of the solver's own population iterate.</param>
/// <param name="PolicyKl">The mean KL(π_{l+1} ‖ π_l) of the last inner step under the discounted visitation of π_l, in nats; infinite
/// where π_{l+1} takes an action that π_l never takes.</param>
/// <param name="Samples">Simulator calls so far; none for exact solvers.</param>
/// <param name="Seconds">Solve time so far, scoring excluded.</param>
/// <param name="PopulationGap">‖μ_{k+1} − μ^π‖₁ between the population iterate and the stationary law of the policy.</param>
/// <param name="StepSize">t of the last inner step; 0 where the method has no such number.</param>
/// <param name="PopulationStep">β of this outer step.</param>
/// <param name="ReferenceDistance">‖μ^π − μ*‖₁ between the stationary law of the policy and <see cref="SolveContext.Reference"/>, 0 to 2; not a
/// number where there is no reference.</param>
public sealed record TraceRow(
    int Iteration,
    Interval Exploitability,
    Interval RegularizedExploitability,
    double PopulationChange,
    double PolicyKl,
    SampleAccount Samples,
    double Seconds,
    double PopulationGap,
    double StepSize,
    double PopulationStep,
    double ReferenceDistance
);
