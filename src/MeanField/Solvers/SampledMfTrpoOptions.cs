using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>
/// Options of sample-based MF-TRPO. What is <see langword="null"/> is chosen for the estimator, and for <see cref="Faithful"/>. Every default is
/// this project's own; the paper gives rates, not constants.
/// </summary>
public sealed record SampledMfTrpoOptions : SolverOptions
{
    private const string NoNoise = "false with the model, which has no roll-out noise to take out";

    /// <summary>All defaults. The tolerance, 0.01, takes effect only where a kernel is known, because nothing else proves anything.</summary>
    public SampledMfTrpoOptions() => Tolerance = 0.01;

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

    /// <summary>d of the schedule β_k = β / (1 + d k). At least 0. Default 0.</summary>
    public double PopulationStepDecay { get; init; }

    /// <summary>M, steps of the population in an outer iteration, at least 1; <see langword="null"/> (default) is the stationary law where the
    /// estimated model moves the population, and 10 where particles do.</summary>
    public int? TransitionSteps { get; init; }

    /// <summary>Whether the inner loop goes on from the last policy; <see langword="null"/> (default) means yes, unless faithful.</summary>
    public bool? WarmStart { get; init; }

    /// <summary>
    /// N, trajectories at least 1: in each inner iteration, or in each outer one for <see cref="ActionValueEstimator.Model"/>.
    /// <see langword="null"/> (default) is 200 a pair, and for the model as many as give one step a pair, or five percent of all samples so far.
    /// </summary>
    public int? Trajectories { get; init; }

    /// <summary>How long roll-outs are, at most 1e9 steps after the first. Default: 0 steps after the first for the model, the theory's horizon otherwise.</summary>
    public RolloutHorizon? Horizon { get; init; }

    /// <summary>How returns become action values; <see langword="null"/> (default) is the model, or importance where faithful.</summary>
    public ActionValueEstimator? Estimator { get; init; }

    /// <summary>Whether roll-outs subtract Q̃(s, a) − Ṽ(s) of the values estimated so far at every step, which leaves their mean as it is and
    /// takes out the noise of the policy's own choices (ours). <see langword="null"/> (default) means yes, unless faithful. The model needs none.</summary>
    public bool? ControlVariate { get; init; }

    /// <summary>Whether step sizes and the population step fall like 2/(n + 3), so that the last iterate averages over all iterations (ours).
    /// <see langword="null"/> (default) means yes, unless faithful. The model averages by itself.</summary>
    public bool? Averaging { get; init; }

    /// <summary>B, particles in each population update, at least 1, or 0 for the estimated model to move the population without a sample.
    /// <see langword="null"/> (default) is 0 for the model and 100 a state otherwise.</summary>
    public int? Particles { get; init; }

    /// <summary>ν, where trajectories start. Default <see cref="RestartKind.Uniform"/>.</summary>
    public RestartKind Restart { get; init; } = RestartKind.Uniform;

    /// <summary>ν for <see cref="RestartKind.Given"/>: a non-negative weight for each state named, with a positive sum; the others have 0.</summary>
    public IReadOnlyDictionary<int, double> RestartWeights { get; init; } = new Dictionary<int, double>();

    /// <summary>Simulator calls at most, at least 0; never exceeded. 0 (default) is 200 a pair for the model, and no limit for
    /// roll-outs, of which one inner iteration takes more than that.</summary>
    public long SampleBudget { get; init; }

    /// <summary>
    /// Pairs of trajectories in a final Monte-Carlo estimate, 0 (none) or at least 2; each estimate costs about 2/(1 − γ) samples a pair, outside
    /// the budget. Only where no kernel is known. Default 1000.
    /// </summary>
    public int EvaluationTrajectories { get; init; } = 1000;

    /// <summary>
    /// The published algorithm: importance estimator, theory's horizon, cold starts, particles; no reuse of samples, no control variate, no
    /// averaging. It needs about a million times the samples of the default.
    /// </summary>
    public bool Faithful { get; init; }

    /// <summary>Refuses options that are out of their documented ranges or contradict each other.</summary>
    /// <exception cref="ArgumentException">The first option found wrong; the message names it, what was found and what is allowed.</exception>
    internal override void Check()
    {
        AsExact().Check();
        Require(Trajectories is null or >= 1, nameof(Trajectories), Trajectories, "at least 1, or null");
        Require(Particles is null or >= 0, nameof(Particles), Particles, "at least 0, or null");
        Require(SampleBudget >= 0, nameof(SampleBudget), SampleBudget, "at least 0");
        Require(
            EvaluationTrajectories is 0 or >= 2,
            nameof(EvaluationTrajectories),
            EvaluationTrajectories,
            "0 or at least 2"
        );
        Require(
            Horizon is not { Steps: < 0 or > RolloutHorizon.Longest },
            nameof(Horizon),
            Horizon?.Steps,
            "0 to 1e9 steps"
        );
        Require(
            Estimator is not { } estimator || Enum.IsDefined(estimator),
            nameof(Estimator),
            Estimator,
            "Model, Mean, Importance or null"
        );
        Require(Enum.IsDefined(Restart), nameof(Restart), Restart, "Uniform, MeanField, Simulator or Given");
        if (Contradiction is var (option, found, allowed))
        {
            throw new ArgumentException($"{option} is {found}; allowed: {allowed}");
        }
    }

    /// <summary>The first option that others leave no room for: its name, what was found and what is allowed; <see langword="null"/> where they all go
    /// together.</summary>
    internal (string Option, string Found, string Allowed)? Contradiction
    {
        get
        {
            var isModel =
                (Estimator ?? (Faithful ? ActionValueEstimator.Importance : ActionValueEstimator.Model))
                == ActionValueEstimator.Model;
            var weights = string.Join(
                ',',
                RestartWeights.Select(pair => FormattableString.Invariant($"{pair.Key}:{pair.Value}"))
            );
            var sum = RestartWeights.Values.Sum();
            var isLaw =
                RestartWeights.All(pair => pair is { Key: >= 0, Value: >= 0 }) && sum > 0 && double.IsFinite(sum);
            return Restart == RestartKind.Given && !isLaw
                    ? (
                        nameof(RestartWeights),
                        weights,
                        "weights of at least 0, with a positive finite sum, for states from 0"
                    )
                : Restart != RestartKind.Given && RestartWeights.Count > 0
                    ? (nameof(RestartWeights), weights, "none, unless Restart is Given")
                : Faithful && isModel
                    ? (nameof(Estimator), "model", "importance or mean with faithful, because the paper has no model")
                : Faithful && ControlVariate is true ? (nameof(ControlVariate), "true", "false with faithful")
                : Faithful && Averaging is true ? (nameof(Averaging), "true", "false with faithful")
                : !isModel && Particles is 0 ? (nameof(Particles), "0", "at least 1 unless the estimator is the model")
                : isModel && ControlVariate is true ? (nameof(ControlVariate), "true", NoNoise)
                : isModel && Averaging is true ? (nameof(Averaging), "true", NoNoise)
                : null;
        }
    }

    /// <summary>What the exact method shares with this one.</summary>
    internal MfTrpoOptions AsExact() =>
        new()
        {
            Temperature = Temperature,
            OuterIterations = OuterIterations,
            InnerIterations = InnerIterations,
            StepRule = StepRule,
            StepConstant = StepConstant,
            KlRadius = KlRadius,
            PopulationStep = PopulationStep,
            PopulationStepDecay = PopulationStepDecay,
            TransitionSteps = TransitionSteps,
            WarmStart = WarmStart ?? !Faithful,
            Tolerance = Tolerance,
            TraceEvery = TraceEvery,
            StallAfter = StallAfter,
            TimeLimit = TimeLimit,
        };
}
