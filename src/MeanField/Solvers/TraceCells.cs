using MeanField.Numerics;
using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>A <see cref="TraceRow"/> as an archive takes it.</summary>
internal readonly record struct TraceCells(
    long Iteration,
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
)
{
    public static TraceCells Of(TraceRow row) =>
        new(
            row.Iteration,
            row.Exploitability,
            row.RegularizedExploitability,
            row.PopulationChange,
            row.PolicyKl,
            row.Samples,
            row.Seconds,
            row.PopulationGap,
            row.StepSize,
            row.PopulationStep,
            row.ReferenceDistance
        );

    public TraceRow ToRow() =>
        new(
            (int)Iteration,
            Exploitability,
            RegularizedExploitability,
            PopulationChange,
            PolicyKl,
            Samples,
            Seconds,
            PopulationGap,
            StepSize,
            PopulationStep,
            ReferenceDistance
        );
}
