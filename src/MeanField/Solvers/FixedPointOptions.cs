using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of fixed-point iteration. The defaults are those of Bench-MFG (<c>damped_fixed_point.yaml</c>) where nothing else is said.</summary>
public sealed record FixedPointOptions : ExactRivalOptions
{
    /// <summary>All defaults; M is 20.</summary>
    public FixedPointOptions() => TransitionSteps = 20;

    /// <summary>β, the share of the population that goes over to the best response, greater than 0, at most 1; 1 is the pure iteration, less is
    /// damped. Default 0.2.</summary>
    public double PopulationStep { get; init; } = 0.2;

    /// <summary>d of the schedule β_k = β / (1 + d k), at least 0. Default 0 (ours).</summary>
    public double PopulationStepDecay { get; init; }

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        IterationsDescription,
        PopulationStepDescription(
            "0.2",
            "Share beta of the population that goes over to the best response; 1: pure, less: damped (Bench-MFG)."
        ),
        PopulationStepDecayDescription,
        .. SharedDescriptions(20, "Bench-MFG"),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static FixedPointOptions FromParameters(ParameterValues values) =>
        ReadShared(
            values,
            new FixedPointOptions
            {
                PopulationStep = values.Number("population-step"),
                PopulationStepDecay = values.Number("population-step-decay"),
            }
        );

    internal override void Check()
    {
        base.Check();
        Require(PopulationStep is > 0 and <= 1, nameof(PopulationStep), PopulationStep, "greater than 0, at most 1");
        Require(
            PopulationStepDecay >= 0 && double.IsFinite(PopulationStepDecay),
            nameof(PopulationStepDecay),
            PopulationStepDecay,
            "a finite number of at least 0"
        );
    }
}
