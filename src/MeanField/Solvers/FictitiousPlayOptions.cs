using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of fictitious play. It has none of its own.</summary>
public sealed record FictitiousPlayOptions : ExactRivalOptions
{
    /// <summary>All defaults; M is 20, as in Bench-MFG.</summary>
    public FictitiousPlayOptions() => TransitionSteps = 20;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [IterationsDescription, .. SharedDescriptions(20, "Bench-MFG")];

    /// <summary>Reads options from checked values.</summary>
    public static FictitiousPlayOptions FromParameters(ParameterValues values) =>
        ReadShared(values, new FictitiousPlayOptions());
}
