using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of online mirror descent. The defaults are those of Bench-MFG (<c>omd.yaml</c>).</summary>
public sealed record OnlineMirrorDescentOptions : ExactRivalOptions
{
    /// <summary>All defaults; M is 20.</summary>
    public OnlineMirrorDescentOptions() => TransitionSteps = 20;

    /// <summary>α, what the action values of an iteration count, greater than 0, at most 1e9. Default 0.025: Bench-MFG's learning rate 0.005 over its
    /// softmax temperature 0.2, which have no effect but through their ratio.</summary>
    public double LearningRate { get; init; } = 0.025;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        IterationsDescription,
        LearningRateDescription(
            "0.025",
            "Weight alpha of each iteration's action values; Bench-MFG's learning rate over its temperature."
        ),
        .. SharedDescriptions(20, "Bench-MFG"),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static OnlineMirrorDescentOptions FromParameters(ParameterValues values) =>
        ReadShared(values, new OnlineMirrorDescentOptions { LearningRate = values.Number("learning-rate") });

    internal override void Check()
    {
        base.Check();
        Require(LearningRate is > 0 and <= 1e9, nameof(LearningRate), LearningRate, "greater than 0, at most 1e9");
    }
}
