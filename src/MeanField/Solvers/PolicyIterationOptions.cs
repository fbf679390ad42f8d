using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of policy iteration. The defaults are those of Bench-MFG (<c>pi.yaml</c>) where nothing else is said.</summary>
public sealed record PolicyIterationOptions : ExactRivalOptions
{
    /// <summary>All defaults; M is 20.</summary>
    public PolicyIterationOptions() => TransitionSteps = 20;

    /// <summary>The variant. Default <see cref="PolicyIterationVariant.Greedy"/>.</summary>
    public PolicyIterationVariant Variant { get; init; } = PolicyIterationVariant.Greedy;

    /// <summary>τ of <see cref="PolicyIterationVariant.Boltzmann"/>, greater than 0, at most 1e9. Default 0.2.</summary>
    public double Temperature { get; init; } = 0.2;

    /// <summary>β of <see cref="PolicyIterationVariant.Smooth"/>, greater than 0, at most 1. Default 0.4.</summary>
    public double PopulationStep { get; init; } = 0.4;

    /// <summary>d of the schedule β_k = β / (1 + d k) of <see cref="PolicyIterationVariant.Smooth"/>, at least 0; β = d = 0.5 is 1/(k + 2). Default
    /// 0 (ours).</summary>
    public double PopulationStepDecay { get; init; }

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        new(
            "variant",
            ParameterKind.Choice,
            "greedy",
            "Improvement: greedy, smooth (greedy, with an averaged population) or boltzmann (softmax)."
        )
        {
            Choices = ["greedy", "smooth", "boltzmann"],
        },
        IterationsDescription,
        new("temperature", ParameterKind.Number, "0.2", "tau of variant boltzmann (Bench-MFG).")
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1e9,
        },
        PopulationStepDescription("0.4", "Share beta of the population that moves in variant smooth (Bench-MFG)."),
        PopulationStepDecayDescription,
        .. SharedDescriptions(20, "Bench-MFG"),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static PolicyIterationOptions FromParameters(ParameterValues values) =>
        ReadShared(
            values,
            new PolicyIterationOptions
            {
                Variant = values.Text("variant") switch
                {
                    "smooth" => PolicyIterationVariant.Smooth,
                    "boltzmann" => PolicyIterationVariant.Boltzmann,
                    _ => PolicyIterationVariant.Greedy,
                },
                Temperature = values.Number("temperature"),
                PopulationStep = values.Number("population-step"),
                PopulationStepDecay = values.Number("population-step-decay"),
            }
        );

    internal override void Check()
    {
        base.Check();
        Require(Enum.IsDefined(Variant), nameof(Variant), Variant, "one of its names");
        Require(Temperature is > 0 and <= 1e9, nameof(Temperature), Temperature, "greater than 0, at most 1e9");
        Require(PopulationStep is > 0 and <= 1, nameof(PopulationStep), PopulationStep, "greater than 0, at most 1");
        Require(
            PopulationStepDecay >= 0 && double.IsFinite(PopulationStepDecay),
            nameof(PopulationStepDecay),
            PopulationStepDecay,
            "a finite number of at least 0"
        );
    }
}
