using MeanField.Parameters;
using MeanField.Solvers;

namespace MeanField.Tests.Solvers;

/// <summary>Options of <see cref="BlendedReplies"/>.</summary>
public sealed record BlendedRepliesOptions : ExactRivalOptions
{
    /// <summary>α, greater than 0, at most 1. Default 0.1.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        IterationsDescription,
        new("share", ParameterKind.Number, "0.1", "Share alpha of habits that change in the first iteration (ours).")
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
        },
        .. SharedDescriptions(transitionSteps: null, "ours"),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static BlendedRepliesOptions FromParameters(ParameterValues values) =>
        ReadShared(values, new BlendedRepliesOptions { Share = values.Number("share") });

    internal override void Check()
    {
        base.Check();
        Require(Share is > 0 and <= 1, nameof(Share), Share, "greater than 0, at most 1");
    }
}
