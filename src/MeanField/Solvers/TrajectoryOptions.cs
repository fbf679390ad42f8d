using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>What learners along one trajectory have in common: how much they may sample. All defaults are this project's own.</summary>
public abstract record TrajectoryOptions : SolverOptions
{
    /// <summary>Sets the default tolerance, 0.01.</summary>
    protected TrajectoryOptions() => Tolerance = 0.01;

    /// <summary>Simulator calls at most, at least 0; never exceeded. 0 (default) is 200 a pair.</summary>
    public long SampleBudget { get; init; }

    /// <summary>Steps of the trajectory in an outer iteration, at least 0: how often it can be scored, and nothing else. 0 (default) is one a pair.</summary>
    public int IterationSteps { get; init; }

    /// <summary>The options that all learners have, last in their listings.</summary>
    internal static IReadOnlyList<ParameterDescription> SharedDescriptions { get; } =
    [
        new(
            "iteration-steps",
            ParameterKind.WholeNumber,
            "0",
            "Steps of the trajectory between two scorings; 0: one a state-action pair (ours)."
        )
        {
            Minimum = 0,
        },
        new(
            "sample-budget",
            ParameterKind.Number,
            "0",
            "Samples (reset and steps) at most, never exceeded; 0: 200 a state-action pair (ours)."
        )
        {
            Minimum = 0,
            Maximum = 1e15,
        },
        .. LimitDescriptions("0.01"),
    ];

    /// <summary>These options as checked values say, the others as they are.</summary>
    internal static TOptions ReadShared<TOptions>(ParameterValues values, TOptions options)
        where TOptions : TrajectoryOptions =>
        ReadLimits(values, options) with
        {
            SampleBudget = (long)values.Number("sample-budget"),
            IterationSteps = values.WholeNumber("iteration-steps"),
        };

    internal override void Check()
    {
        base.Check();
        Require(SampleBudget >= 0, nameof(SampleBudget), SampleBudget, "at least 0");
        Require(IterationSteps >= 0, nameof(IterationSteps), IterationSteps, "at least 0");
    }
}
