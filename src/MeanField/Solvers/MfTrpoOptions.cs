using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>Options of exact MF-TRPO. Every default is this project's own; the paper leaves these constants to the user.</summary>
public sealed record MfTrpoOptions : SolverOptions
{
    private const string StationaryWord = "stationary";

    /// <summary>η, the entropy weight, 0 to 1e9. Default 0.05.</summary>
    public double Temperature { get; init; } = 0.05;

    /// <summary>L, inner iterations in each outer one, at least 1. Default 10.</summary>
    public int InnerIterations { get; init; } = 10;

    /// <summary>The rule for t. Default <see cref="StepRule.Paper"/>.</summary>
    public StepRule StepRule { get; init; } = StepRule.Paper;

    /// <summary>c of the step rules, greater than 0, at most 1. Default 1.</summary>
    public double StepConstant { get; init; } = 1;

    /// <summary>The radius of <see cref="StepRule.KlRadius"/> in nats, greater than 0. Default 0.01.</summary>
    public double KlRadius { get; init; } = 0.01;

    /// <summary>β, the share of the population that moves in an outer iteration, greater than 0, at most 1. Default 0.1.</summary>
    public double PopulationStep { get; init; } = 0.1;

    /// <summary>d of the schedule β_k = β / (1 + d k); 0 keeps β constant, and β = d = 1 gives 1/(k + 1). At least 0. Default 0.</summary>
    public double PopulationStepDecay { get; init; }

    /// <summary>
    /// M, steps of the chain in an outer iteration, at least 1, or <see langword="null"/> (default) for M → ∞, the stationary law itself. On
    /// large floor plans a chain mixes slowly, and a few steps leave the population far from where the policy would take it.
    /// </summary>
    public int? TransitionSteps { get; init; }

    /// <summary>Whether the inner loop goes on from the last policy (default) or starts from the uniform one each time, as published.</summary>
    public bool WarmStart { get; init; } = true;

    /// <summary>The largest Bellman residual allowed in a policy evaluation, greater than 0. Default 1e-10.</summary>
    public double EvaluationTolerance { get; init; } = 1e-10;

    /// <summary>The options as they are named on the command line and in files.</summary>
    public static IReadOnlyList<ParameterDescription> Descriptions { get; } =
    [
        new(
            "temperature",
            ParameterKind.Number,
            "0.05",
            "Entropy weight eta: higher is steadier and more random, lower is closer to the game without entropy."
        )
        {
            Minimum = 0,
            Maximum = 1e9,
        },
        IterationsDescription,
        new("inner-iterations", ParameterKind.WholeNumber, "10", "Inner iterations L in each outer one.")
        {
            Minimum = 1,
        },
        new(
            "step-rule",
            ParameterKind.Choice,
            "paper",
            "Inner step t: 1/(eta (l + 2)), c/eta, or as large as a KL radius allows."
        )
        {
            Choices = ["paper", "constant", "kl-radius"],
        },
        new(
            "step-constant",
            ParameterKind.Number,
            "1",
            "c of the step rules constant and, at temperature 0, paper (ours)."
        )
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
        },
        new("kl-radius", ParameterKind.Number, "0.01", "Largest mean KL of a step with rule kl-radius, in nats (ours).")
        {
            Minimum = 0,
            MinimumExcluded = true,
        },
        new(
            "population-step",
            ParameterKind.Number,
            "0.1",
            "Share beta of the population that moves in an outer iteration; smaller is slower and steadier."
        )
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
        },
        new(
            "population-step-decay",
            ParameterKind.Number,
            "0",
            "d of the schedule beta/(1 + d k); 0 keeps beta constant (ours)."
        )
        {
            Minimum = 0,
        },
        new(
            "transition-steps",
            ParameterKind.WholeNumber,
            StationaryWord,
            "Steps M of the population in an outer iteration, or stationary (M to infinity)."
        )
        {
            Minimum = 1,
            Choices = [StationaryWord],
        },
        new(
            "warm-start",
            ParameterKind.Switch,
            "true",
            "Go on from the last policy; false restarts from uniform, as published (ours)."
        ),
        new(
            "evaluation-tolerance",
            ParameterKind.Number,
            "1e-10",
            "Largest Bellman residual of a policy evaluation (ours)."
        )
        {
            Minimum = 0,
            MinimumExcluded = true,
        },
        .. LimitDescriptions(),
    ];

    /// <summary>Reads options from checked values.</summary>
    public static MfTrpoOptions FromParameters(ParameterValues values) =>
        ReadLimits(
            values,
            new MfTrpoOptions
            {
                Temperature = values.Number("temperature"),
                InnerIterations = values.WholeNumber("inner-iterations"),
                StepRule = ReadStepRule(values.Text("step-rule")),
                StepConstant = values.Number("step-constant"),
                KlRadius = values.Number("kl-radius"),
                PopulationStep = values.Number("population-step"),
                PopulationStepDecay = values.Number("population-step-decay"),
                TransitionSteps =
                    values.Text("transition-steps") == StationaryWord ? null : values.WholeNumber("transition-steps"),
                WarmStart = values.Switch("warm-start"),
                EvaluationTolerance = values.Number("evaluation-tolerance"),
            }
        );

    internal static StepRule ReadStepRule(string name) =>
        name switch
        {
            "constant" => StepRule.Constant,
            "kl-radius" => StepRule.KlRadius,
            _ => StepRule.Paper,
        };

    internal override void Check()
    {
        base.Check();
        const string Positive = "a finite number greater than 0";
        const string Share = "greater than 0, at most 1";
        Require(Temperature is >= 0 and <= 1e9, nameof(Temperature), Temperature, "0 to 1e9");
        Require(InnerIterations >= 1, nameof(InnerIterations), InnerIterations, "at least 1");
        Require(Enum.IsDefined(StepRule), nameof(StepRule), StepRule, "Paper, Constant or KlRadius");
        Require(StepConstant is > 0 and <= 1, nameof(StepConstant), StepConstant, Share);
        Require(KlRadius > 0 && double.IsFinite(KlRadius), nameof(KlRadius), KlRadius, Positive);
        Require(PopulationStep is > 0 and <= 1, nameof(PopulationStep), PopulationStep, Share);
        Require(
            PopulationStepDecay >= 0 && double.IsFinite(PopulationStepDecay),
            nameof(PopulationStepDecay),
            PopulationStepDecay,
            "a finite number of at least 0"
        );
        Require(TransitionSteps is null or >= 1, nameof(TransitionSteps), TransitionSteps, "at least 1, or null");
        Require(
            EvaluationTolerance > 0 && double.IsFinite(EvaluationTolerance),
            nameof(EvaluationTolerance),
            EvaluationTolerance,
            Positive
        );
    }
}
