using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of SemiSGD. The defaults are those of the published code (<c>main.m</c>), whose rewards are below 0.01 in size.</summary>
public sealed record SemiSgdOptions : TrajectoryOptions
{
    /// <summary>α, the rate of action values, greater than 0, at most 1. Default 1e-3.</summary>
    public double StepSize { get; init; } = 1e-3;

    /// <summary>β, the rate of the population, greater than 0, at most 1. Default 1e-3.</summary>
    public double PopulationStep { get; init; } = 1e-3;

    /// <summary>τ of the policy softmax(Q/τ), 0 to 1e9; 0 is the greedy one. Default 2e-9, which is next to greedy.</summary>
    public double Temperature { get; init; } = 2e-9;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        IterationsDescription,
        Rate("step-size", "Rate alpha of action values."),
        Rate("population-step", "Rate beta of the population."),
        new(
            "temperature",
            ParameterKind.Number,
            "2E-09",
            "tau of the policy softmax(Q/tau), published for rewards below 0.01; 0: greedy."
        )
        {
            Minimum = 0,
            Maximum = 1e9,
        },
        .. SharedDescriptions,
    ];

    /// <summary>Reads options from checked values.</summary>
    public static SemiSgdOptions FromParameters(ParameterValues values) =>
        ReadShared(
            values,
            new SemiSgdOptions
            {
                StepSize = values.Number("step-size"),
                PopulationStep = values.Number("population-step"),
                Temperature = values.Number("temperature"),
            }
        );

    internal override void Check()
    {
        base.Check();
        Require(StepSize is > 0 and <= 1, nameof(StepSize), StepSize, "greater than 0, at most 1");
        Require(PopulationStep is > 0 and <= 1, nameof(PopulationStep), PopulationStep, "greater than 0, at most 1");
        Require(Temperature is >= 0 and <= 1e9, nameof(Temperature), Temperature, "0 to 1e9");
    }

    private static ParameterDescription Rate(string name, string summary) =>
        new(name, ParameterKind.Number, "0.001", summary)
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
        };
}
