using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// SemiSGD, the tabular version (Zhang, Chen, Di, ICLR 2025, arXiv 2408.08192; <see href="https://github.com/zcysxy/SemiSGD"/>, <c>gd.m</c>): along one
/// trajectory, in state s an action a from softmax(Q/τ), s' and r from the simulator among the estimated population μ, a' from the same policy in s',
/// Q(s, a) ← Q + α (r + γ Q(s', a') − Q) and μ ← (1 − β) μ + β δ_{s'}: policy and population move together, at rates of one size.
/// </summary>
/// <remarks>
/// <para>There Q starts from numbers below 1e-6 and μ from a random law; here from 0 and from uniform (ours). The next action is drawn anew at the next step,
/// as there. The method sees only the simulator; the kernel certifies what it finds, and no sample is spent on that.</para>
/// <para>Q is without entropy, so where it rests a policy is softmax in its own action values, as in Boltzmann <see cref="PolicyIteration"/>; the tolerance is on
/// φ itself. The KL of the trace weighs states by the estimated population. Not safe for several threads.</para>
/// </remarks>
public sealed class SemiSgd : IterativeSolver
{
    private readonly SemiSgdOptions _options;
    private readonly TrajectoryLearner _learner;
    private readonly double _discount;

    /// <summary>Prepares a solve from action values of 0 and the uniform mean field.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Seed, clock, progress, cancellation; threads only certify.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public SemiSgd(TabularGame game, SemiSgdOptions options, SolveContext context)
        : this(game, new TabularSimulator(game), options, context) { }

    /// <summary>Prepares a solve that learns from a simulator of one's own; the game only certifies.</summary>
    internal SemiSgd(TabularGame game, IGenerativeModel simulator, SemiSgdOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _discount = game.Discount;
        _learner = new TrajectoryLearner(simulator, options, options.Temperature, context.Seed, Stop);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _learner.MeanField;

    /// <inheritdoc />
    public override SampleAccount Samples => _learner.Account;

    private protected override double[] Probabilities => _learner.Probabilities;

    private protected override long SampleLimit => _learner.Budget;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="SemiSgd(TabularGame, SemiSgdOptions, SolveContext)" path="/param|/exception" />
    public static Solution Solve(TabularGame game, SemiSgdOptions options, SolveContext context)
    {
        using var solver = new SemiSgd(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        var isComplete = _learner.Iterate(Learn, out var change, out var policyKl, out ending);
        step = new OuterStep(change, policyKl, _options.StepSize, _options.PopulationStep);
        return isComplete;
    }

    private protected override void Exchange(StateArchive archive) => _learner.Exchange(archive);

    private protected override string Advice(ScoreBoard scores) =>
        "Try more samples: a larger sample-budget; a higher temperature, which explores more; or smaller rates near the end.";

    private protected override Solution Complete(Solution solution, bool isInAHurry) =>
        solution with
        {
            Samples = Samples,
            SamplingPlan = _learner.Describe(),
        };

    private void Learn(ref RandomNumbers random)
    {
        var pair = _learner.DrawPair(_learner.State, 0, ref random);
        var reward = _learner.Step(pair, ref random);
        var next = _learner.ActionValues[_learner.DrawPair(_learner.State, 0, ref random)];
        TabularLearning.MoveValue(ref _learner.ActionValues[pair], _options.StepSize, reward, _discount, next);
        TabularLearning.MovePopulation(_learner.MeanField, _learner.State, _options.PopulationStep);
    }
}
