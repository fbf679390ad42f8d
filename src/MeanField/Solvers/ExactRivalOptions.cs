using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>What the exact rivals of MF-TRPO have in common: where they start, and how far the population moves with a policy.</summary>
public abstract record ExactRivalOptions : SolverOptions
{
    private const string StationaryWord = "stationary";

    /// <summary>The policy to start from; the first population is the one that follows it from uniform. Default
    /// <see cref="StartPolicy.Uniform"/>.</summary>
    public StartPolicy Start { get; init; } = StartPolicy.Uniform;

    /// <summary>
    /// M, steps of the population with each new policy, at least 1, or <see langword="null"/> for M → ∞, the stationary law that it reaches. Where
    /// transitions depend on the mean field they follow it from step to step.
    /// </summary>
    public int? TransitionSteps { get; init; }

    /// <summary>d of the schedule β/(1 + d k), for rivals that have one.</summary>
    internal static ParameterDescription PopulationStepDecayDescription { get; } =
        new(
            "population-step-decay",
            ParameterKind.Number,
            "0",
            "d of the schedule beta/(1 + d k); 0 keeps beta constant (ours)."
        )
        {
            Minimum = 0,
        };

    /// <summary>The weight of action values, for rivals that have one.</summary>
    internal static ParameterDescription LearningRateDescription(string value, string summary) =>
        new("learning-rate", ParameterKind.Number, value, summary)
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1e9,
        };

    /// <summary>β, for rivals that have one.</summary>
    internal static ParameterDescription PopulationStepDescription(string value, string summary) =>
        new("population-step", ParameterKind.Number, value, summary)
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
        };

    /// <summary>The options that all rivals have, last but for the limits.</summary>
    /// <param name="transitionSteps">The default of M.</param>
    /// <param name="origin">Where that default comes from.</param>
    internal static IReadOnlyList<ParameterDescription> SharedDescriptions(int? transitionSteps, string origin) =>
        [
            new(
                "transition-steps",
                ParameterKind.WholeNumber,
                transitionSteps?.ToString(CultureInfo.InvariantCulture) ?? StationaryWord,
                $"Steps M of the population with each new policy, or stationary (M to infinity) ({origin})."
            )
            {
                Minimum = 1,
                Choices = [StationaryWord],
            },
            new(
                "start",
                ParameterKind.Choice,
                "uniform",
                "Policy to start from: uniform, or random by the seed, softmax of U(-1, 1)/0.2 as in Bench-MFG."
            )
            {
                Choices = ["uniform", "random"],
            },
            .. LimitDescriptions(),
        ];

    /// <summary>These options as checked values say, the others as they are.</summary>
    internal static TOptions ReadShared<TOptions>(ParameterValues values, TOptions options)
        where TOptions : ExactRivalOptions =>
        ReadLimits(values, options) with
        {
            Start = values.Text("start") == "random" ? StartPolicy.Random : StartPolicy.Uniform,
            TransitionSteps =
                values.Text("transition-steps") == StationaryWord ? null : values.WholeNumber("transition-steps"),
        };

    internal override void Check()
    {
        base.Check();
        Require(Start is StartPolicy.Uniform or StartPolicy.Random, nameof(Start), Start, "Uniform or Random");
        Require(TransitionSteps is null or >= 1, nameof(TransitionSteps), TransitionSteps, "at least 1, or null");
    }
}
