using System.Globalization;
using MeanField.Games;
using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>The options of sample-based MF-TRPO with everything that was left open decided for a game.</summary>
internal sealed record SamplingSettings
{
    private const int SamplesPerPair = 200;
    private const int ParticlesPerState = 100;
    private const int ParticleSteps = 10;

    // Where the tolerance is 0 the theory's horizon still needs an accuracy.
    private const double UsualAccuracy = 0.01;

    private SamplingSettings() { }

    public required MfTrpoOptions Exact { get; init; }

    public required ActionValueEstimator Estimator { get; init; }

    /// <summary>N, or <see langword="null"/> for as many as the model needs.</summary>
    public required int? Trajectories { get; init; }

    /// <summary>T, or <see langword="null"/> for the geometric clock.</summary>
    public required int? Horizon { get; init; }

    public required bool ControlVariate { get; init; }

    public required bool Averaging { get; init; }

    /// <summary>B, or 0 where the model moves the population.</summary>
    public required int Particles { get; init; }

    public required RestartKind Restart { get; init; }

    /// <summary>S weights, for given restarts.</summary>
    public required double[] RestartWeights { get; init; }

    public required long Budget { get; init; }

    /// <summary>The budget, or 0 where there is none.</summary>
    public long SampleLimit => Budget < long.MaxValue ? Budget : 0;

    /// <summary>The span of rewards as declared or known; infinite where nothing is.</summary>
    public required double RewardSpan { get; init; }

    /// <summary>Decides what was left open.</summary>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the game.</exception>
    public static SamplingSettings Create(SampledMfTrpoOptions options, IBatchSimulator simulator, double rewardSpan)
    {
        options.Check();
        var model = simulator.Model;
        var (states, pairs) = (model.StateCount, simulator.PairOffsets[^1]);
        var estimator =
            options.Estimator ?? (options.Faithful ? ActionValueEstimator.Importance : ActionValueEstimator.Model);
        var isModel = estimator == ActionValueEstimator.Model;
        var particles =
            options.Particles ?? (isModel ? 0 : (int)Math.Min(int.MaxValue, (long)ParticlesPerState * states));
        var budget =
            options.SampleBudget > 0 ? options.SampleBudget
            : options.Faithful ? long.MaxValue
            : (long)SamplesPerPair * pairs;
        if (options.Temperature == 0 && !double.IsFinite(rewardSpan))
        {
            throw new ArgumentException(
                "Temperature is 0 and the simulator declares no reward range; allowed: a positive temperature, or a simulator with a finite RewardRange"
            );
        }

        return new SamplingSettings
        {
            Exact = options.AsExact() with
            {
                TransitionSteps = options.TransitionSteps ?? (particles > 0 ? ParticleSteps : null),
            },
            Estimator = estimator,
            Trajectories =
                options.Trajectories ?? (isModel ? null : (int)Math.Min(int.MaxValue, (long)SamplesPerPair * pairs)),
            Horizon = StepsOf(options, isModel, model, rewardSpan, simulator.PairOffsets),
            ControlVariate = options.ControlVariate ?? !(options.Faithful || isModel),
            Averaging = options.Averaging ?? !(options.Faithful || isModel),
            Particles = particles,
            Restart = options.Restart,
            RestartWeights = Weights(options, states),
            Budget = budget,
            RewardSpan = rewardSpan,
        };
    }

    /// <summary>How sampling goes, in one sentence for people.</summary>
    public string Describe()
    {
        var estimator = Estimator switch
        {
            ActionValueEstimator.Model => "model of all steps seen",
            ActionValueEstimator.Mean => "sample means",
            _ => "importance weights",
        };
        var trajectories = Trajectories is { } number
            ? Invariant(
                $"{number} trajectories {(Estimator == ActionValueEstimator.Model ? "an outer" : "an inner")} iteration"
            )
            : "trajectories as the model grows";
        var horizon = Horizon is { } steps ? Invariant($"{steps} steps after the first action") : "a geometric clock";
        var population =
            Particles > 0
                ? Invariant($"{Particles} particles over {Exact.TransitionSteps} steps")
                : "population moved by the model";
        var extras = (ControlVariate ? ", control variate" : "") + (Averaging ? ", averaging" : "");
        var budget = SampleLimit > 0 ? Invariant($"at most {Budget} samples") : "no sample budget";
        return $"{estimator}, {trajectories}, {horizon}{extras}, {population}, {budget}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static int? StepsOf(
        SampledMfTrpoOptions options,
        bool isModel,
        IGenerativeModel model,
        double rewardSpan,
        int[] pairOffsets
    )
    {
        var horizon = options.Horizon ?? (isModel ? RolloutHorizon.Fixed(0) : RolloutHorizon.Theory);
        if (!horizon.IsTheory)
        {
            return horizon.Steps;
        }

        if (!double.IsFinite(rewardSpan))
        {
            throw new ArgumentException(
                "Horizon is the theory's and the simulator declares no reward range; allowed: a number of steps, geometric, or a simulator with a finite RewardRange"
            );
        }

        var mostActions = Enumerable.Range(0, model.StateCount).Max(s => pairOffsets[s + 1] - pairOffsets[s]);
        var span = (rewardSpan + (options.Temperature * Math.Log(mostActions))) / (1 - model.Discount);
        var accuracy = options.Tolerance > 0 ? options.Tolerance : UsualAccuracy;
        var steps = Math.Ceiling(Math.Log(Math.Max(1, 8 * span / accuracy)) / (1 - model.Discount));
        return (int)Math.Min(RolloutHorizon.Longest, steps);
    }

    private static double[] Weights(SampledMfTrpoOptions options, int states)
    {
        if (options.Restart != RestartKind.Given)
        {
            return [];
        }

        var weights = new double[states];
        foreach (var (state, weight) in options.RestartWeights)
        {
            weights[state < states ? state : throw OutOfGame(state, states)] = weight;
        }

        return weights;
    }

    private static ArgumentException OutOfGame(int state, int states) =>
        new($"RestartWeights names state {state}; allowed: 0 to {states - 1}");
}
