using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of policy mirror ascent. All defaults are this project's own; the paper is a theory and gives none.</summary>
public sealed record PolicyMirrorAscentOptions : ExactRivalOptions
{
    /// <summary>τ, the weight of the entropy that regularises the game, 0 to 1e9. Default 0.05.</summary>
    public double Temperature { get; init; } = 0.05;

    /// <summary>η, the step, greater than 0, at most 1e9. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        new(
            "temperature",
            ParameterKind.Number,
            "0.05",
            "Weight tau of the entropy that regularises the game and the tolerance (ours)."
        )
        {
            Minimum = 0,
            Maximum = 1e9,
        },
        IterationsDescription,
        LearningRateDescription("0.1", "Step eta of mirror ascent (ours)."),
        .. SharedDescriptions(null, "as published"),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static PolicyMirrorAscentOptions FromParameters(ParameterValues values) =>
        ReadShared(
            values,
            new PolicyMirrorAscentOptions
            {
                Temperature = values.Number("temperature"),
                LearningRate = values.Number("learning-rate"),
            }
        );

    internal override void Check()
    {
        base.Check();
        Require(Temperature is >= 0 and <= 1e9, nameof(Temperature), Temperature, "0 to 1e9");
        Require(LearningRate is > 0 and <= 1e9, nameof(LearningRate), LearningRate, "greater than 0, at most 1e9");
    }
}
