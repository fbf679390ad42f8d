using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of two-timescale Q-learning. All default constants are this project's own; the exponents keep to what the paper asks for.</summary>
public sealed record TwoTimescaleQLearningOptions : TrajectoryOptions
{
    /// <summary>ω^Q, the exponent of the rate (1 + n)^−ω of action values after n visits of the pair, in (0, 1]. Default 0.55.</summary>
    public double ValueExponent { get; init; } = 0.55;

    /// <summary>ω^μ, the exponent of the rate (2 + n)^−ω of the population after n steps, in (0, 1]. For games it has to be larger than ω^Q; the other way
    /// round the method looks for a social optimum. Default 0.85.</summary>
    public double PopulationExponent { get; init; } = 0.85;

    /// <summary>ε, the probability of a uniformly drawn action, 0 to 1. Default 0.15.</summary>
    public double Exploration { get; init; } = 0.15;

    /// <summary>τ of the policy softmax(Q/τ), 0 to 1e9; 0 (default) is the greedy one, with ties shared out evenly.</summary>
    public double Temperature { get; init; }

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        IterationsDescription,
        Exponent("value-exponent", "0.55", "omega of the rate (1 + visits)^-omega of action values (ours)."),
        Exponent(
            "population-exponent",
            "0.85",
            "omega of the rate (2 + steps)^-omega of the population; larger than value-exponent for games (ours)."
        ),
        new("exploration", ParameterKind.Number, "0.15", "Probability of a uniformly drawn action (ours).")
        {
            Minimum = 0,
            Maximum = 1,
        },
        new("temperature", ParameterKind.Number, "0", "tau of the policy softmax(Q/tau); 0: greedy.")
        {
            Minimum = 0,
            Maximum = 1e9,
        },
        .. SharedDescriptions,
    ];

    /// <summary>Reads options from checked values.</summary>
    public static TwoTimescaleQLearningOptions FromParameters(ParameterValues values) =>
        ReadShared(
            values,
            new TwoTimescaleQLearningOptions
            {
                ValueExponent = values.Number("value-exponent"),
                PopulationExponent = values.Number("population-exponent"),
                Exploration = values.Number("exploration"),
                Temperature = values.Number("temperature"),
            }
        );

    internal override void Check()
    {
        base.Check();
        Require(ValueExponent is > 0 and <= 1, nameof(ValueExponent), ValueExponent, "greater than 0, at most 1");
        Require(
            PopulationExponent is > 0 and <= 1,
            nameof(PopulationExponent),
            PopulationExponent,
            "greater than 0, at most 1"
        );
        Require(Exploration is >= 0 and <= 1, nameof(Exploration), Exploration, "0 to 1");
        Require(Temperature is >= 0 and <= 1e9, nameof(Temperature), Temperature, "0 to 1e9");
    }

    private static ParameterDescription Exponent(string name, string value, string summary) =>
        new(name, ParameterKind.Number, value, summary)
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
        };
}
