using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Two-timescale Q-learning along one trajectory (Angiuli, Fouque, Laurière, Math. Control Signals Syst. 34, 2022, arXiv 2006.13912): in state s an action a
/// by ε-greedy, s' and r from the simulator among the estimated population μ, Q(s, a) ← Q + ρ^Q (r + γ max Q(s', ·) − Q) and μ ← μ + ρ^μ (δ_{s'} − μ),
/// with ρ^Q = (1 + visits)^{−ω^Q} and ρ^μ = (2 + steps)^{−ω^μ}. With ω^Q less than ω^μ the population is slow, and the limit an equilibrium.
/// </summary>
/// <remarks>
/// <para>This is the form without episodes that the convergence analysis of the same authors has (arXiv 2312.06659); τ smooths the policy as there. The
/// method sees only the simulator; the kernel certifies what it finds, and no sample is spent on that. Fixed rates instead of decaying ones, and SARSA instead of
/// Q-learning, make <see cref="SemiSgd"/>.</para>
/// <para>Q is without entropy, also at a positive τ: the tolerance is on φ itself. The policy that is scored is without ε, the population it was learned
/// among with it. The KL of the trace weighs states by the estimated population. Not safe for several threads.</para>
/// </remarks>
public sealed class TwoTimescaleQLearning : IterativeSolver
{
    private readonly TwoTimescaleQLearningOptions _options;
    private readonly TrajectoryLearner _learner;
    private readonly double _discount;
    private readonly long[] _visits;
    private double _valueRate;
    private double _populationRate;

    /// <summary>Prepares a solve from action values of 0 and the uniform mean field.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Seed, clock, progress, cancellation; threads only certify.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public TwoTimescaleQLearning(TabularGame game, TwoTimescaleQLearningOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _discount = game.Discount;
        _visits = new long[game.PairCount];
        var simulator = new TabularSimulator(game);
        _learner = new TrajectoryLearner(simulator, options, options.Temperature, context.Seed, Stop);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _learner.MeanField;

    /// <inheritdoc />
    public override SampleAccount Samples => _learner.Account;

    private protected override double[] Probabilities => _learner.Probabilities;

    private protected override long SampleLimit => _learner.Budget;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="TwoTimescaleQLearning(TabularGame, TwoTimescaleQLearningOptions, SolveContext)" path="/param|/exception" />
    public static Solution Solve(TabularGame game, TwoTimescaleQLearningOptions options, SolveContext context)
    {
        using var solver = new TwoTimescaleQLearning(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        var isComplete = _learner.Iterate(Learn, out var change, out var policyKl, out ending);
        step = new OuterStep(change, policyKl, _valueRate, _populationRate);
        return isComplete;
    }

    private protected override void Exchange(StateArchive archive)
    {
        _learner.Exchange(archive);
        archive.Numbers("visits", _visits.AsSpan());
    }

    private protected override string Advice(ScoreBoard scores) =>
        "Try more samples: a larger sample-budget; more exploration; or a positive temperature where the equilibrium takes actions at random.";

    private protected override Solution Complete(Solution solution, bool isInAHurry) =>
        solution with
        {
            Samples = Samples,
            SamplingPlan = _learner.Describe(),
        };

    private void Learn(ref RandomNumbers random)
    {
        var pair = _learner.DrawPair(_learner.State, _options.Exploration, ref random);
        var reward = _learner.Step(pair, ref random);
        _visits[pair]++;
        _valueRate = Math.Pow(1 + _visits[pair], -_options.ValueExponent);
        var next = _learner.LargestValue(_learner.State);
        TabularLearning.MoveValue(ref _learner.ActionValues[pair], _valueRate, reward, _discount, next);
        _populationRate = Math.Pow(1 + _learner.Steps, -_options.PopulationExponent);
        TabularLearning.MovePopulation(_learner.MeanField, _learner.State, _populationRate);
    }
}
