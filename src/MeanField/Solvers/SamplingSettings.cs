using System.Globalization;
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

    public required RolloutHorizon Horizon { get; init; }

    /// <summary>The most actions of a state.</summary>
    public required int MostActions { get; init; }

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

    /// <summary>Decides what was left open.</summary>
    /// <exception cref="ArgumentException">An option is out of range or does not fit the game.</exception>
    public static SamplingSettings Create(SampledMfTrpoOptions options, IBatchSimulator simulator)
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
            : isModel ? (long)SamplesPerPair * pairs
            : long.MaxValue;
        if (options.Temperature == 0 && !double.IsFinite(simulator.RewardSpan))
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
            Horizon = HorizonOf(options, isModel, simulator.RewardSpan),
            MostActions = Enumerable.Range(0, states).Max(model.ActionCount),
            ControlVariate = options.ControlVariate ?? !(options.Faithful || isModel),
            Averaging = options.Averaging ?? !(options.Faithful || isModel),
            Particles = particles,
            Restart = options.Restart,
            RestartWeights = Weights(options, states),
            Budget = budget,
        };
    }

    /// <summary>T, or <see langword="null"/> for the geometric clock.</summary>
    /// <param name="discount">γ.</param>
    /// <param name="rewardSpan">The span of rewards at the mean field of the iteration, or as declared.</param>
    public int? StepsAt(double discount, double rewardSpan)
    {
        if (!Horizon.IsTheory)
        {
            return Horizon.Steps;
        }

        var span = (rewardSpan + (Exact.Temperature * Math.Log(MostActions))) / (1 - discount);
        var accuracy = Exact.Tolerance > 0 ? Exact.Tolerance : UsualAccuracy;
        return RolloutHorizon.TheorySteps(span, accuracy, discount);
    }

    /// <summary>How sampling goes, in one sentence for people.</summary>
    /// <param name="horizon">T of the last iteration, or <see langword="null"/> for the geometric clock.</param>
    public string Describe(int? horizon)
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
        var length =
            (Horizon.IsTheory ? "the theory's " : "")
            + (horizon is { } steps ? Invariant($"{steps} steps after the first action") : "a geometric clock");
        var population =
            Particles > 0
                ? Invariant($"{Particles} particles over {Exact.TransitionSteps} steps")
                : "population moved by the model";
        var extras = (ControlVariate ? ", control variate" : "") + (Averaging ? ", averaging" : "");
        var budget = SampleLimit > 0 ? Invariant($"at most {Budget} samples") : "no sample budget";
        return $"{estimator}, {trajectories}, {length}{extras}, {population}, {budget}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static RolloutHorizon HorizonOf(SampledMfTrpoOptions options, bool isModel, double rewardSpan)
    {
        var horizon = options.Horizon ?? (isModel ? RolloutHorizon.Fixed(0) : RolloutHorizon.Theory);
        return !horizon.IsTheory || double.IsFinite(rewardSpan)
            ? horizon
            : throw new ArgumentException(
                "Horizon is the theory's and the simulator declares no reward range; allowed: a number of steps, geometric, or a simulator with a finite RewardRange"
            );
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
