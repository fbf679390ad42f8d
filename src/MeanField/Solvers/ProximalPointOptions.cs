using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of the approximate proximal-point method. All defaults are this project's own.</summary>
public sealed record ProximalPointOptions : ExactRivalOptions
{
    /// <summary>λ, the weight of KL(π ‖ σ) to the reference policy σ, greater than 0, at most 1e9. Default 0.1.</summary>
    public double ProximalWeight { get; init; } = 0.1;

    /// <summary>η, the step of mirror descent, greater than 0; λη must be less than 1. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Mirror-descent steps before the reference policy moves, at least 1. Default 10.</summary>
    public int InnerIterations { get; init; } = 10;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        IterationsDescription,
        new("inner-iterations", ParameterKind.WholeNumber, "10", "Steps before the reference policy moves (ours).")
        {
            Minimum = 1,
        },
        new(
            "proximal-weight",
            ParameterKind.Number,
            "0.1",
            "Weight lambda of the KL to the reference policy (ours); lambda eta must be less than 1."
        )
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1e9,
        },
        LearningRateDescription("0.1", "Step eta of mirror descent (ours)."),
        .. SharedDescriptions(null, "as published"),
    ];

    /// <summary>Reads options from checked values.</summary>
    /// <exception cref="ParameterException">λη is not less than 1.</exception>
    public static ProximalPointOptions FromParameters(ParameterValues values)
    {
        var options = new ProximalPointOptions
        {
            ProximalWeight = values.Number("proximal-weight"),
            LearningRate = values.Number("learning-rate"),
            InnerIterations = values.WholeNumber("inner-iterations"),
        };
        return options.ProximalWeight * options.LearningRate < 1
            ? ReadShared(values, options)
            : throw new ParameterException(
                $"solver proximal-point: 'proximal-weight' times 'learning-rate' is {SolveExplanation.Text(options.ProximalWeight * options.LearningRate)}, allowed is less than 1"
            );
    }

    internal override void Check()
    {
        base.Check();
        Require(
            ProximalWeight is > 0 and <= 1e9,
            nameof(ProximalWeight),
            ProximalWeight,
            "greater than 0, at most 1e9"
        );
        Require(
            LearningRate is > 0 and <= 1e9 && ProximalWeight * LearningRate < 1,
            nameof(LearningRate),
            LearningRate,
            "greater than 0 and less than 1 / ProximalWeight"
        );
        Require(InnerIterations >= 1, nameof(InnerIterations), InnerIterations, "at least 1");
    }
}
