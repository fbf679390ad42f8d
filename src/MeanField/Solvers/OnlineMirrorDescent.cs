using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Online mirror descent (Perolat, Perrin, Elie, Laurière, Piliouras, Geist, Tuyls, Pietquin, AAMAS 2022, arXiv 2103.00623, algorithm 1):
/// y_{k+1} = y_k + α Q^{π_k}_{μ_k} from y_0 = 0, π_{k+1} = softmax(y_{k+1}), and μ_{k+1} is where the population goes with π_{k+1}.
/// </summary>
/// <remarks>
/// <para>The first policy gives the first action values and no more, as in Bench-MFG (<see href="https://github.com/lorenzomagnino/Bench-MFG"/>,
/// <c>omd_jax.py</c>). Action values are exact for the infinite horizon; there they look 98 steps ahead.</para>
/// <para>The method has no entropy of its own: the tolerance is on φ itself. From the uniform policy, with M → ∞ and kernels that do not depend on the
/// mean field, it takes the steps of MF-TRPO at temperature 0 with one inner iteration, a constant step and β = 1. Not safe for several
/// threads; it makes its own.</para>
/// </remarks>
public sealed class OnlineMirrorDescent : IterativeSolver
{
    private readonly OnlineMirrorDescentOptions _options;
    private readonly PolicyPopulation _play;
    private readonly double[] _dual;
    private readonly double[] _scratch;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public OnlineMirrorDescent(TabularGame game, OnlineMirrorDescentOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
        _dual = new double[game.PairCount];
        _scratch = new double[game.StateCount];
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="OnlineMirrorDescent(TabularGame, OnlineMirrorDescentOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, OnlineMirrorDescentOptions options, SolveContext context)
    {
        using var solver = new OnlineMirrorDescent(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        if (Stop.Reason is not null)
        {
            return false;
        }

        _play.Remember(isScored);
        _play.Evaluate();
        var offsets = Pattern.Game.PairOffsets;
        MirrorDescentStep.Apply(offsets, _options.LearningRate, _play.ActionValues, _play.StateValues, _dual);
        LogSoftmax.Normalize(offsets, 0, Pattern.Game.StateCount, _dual, _play.Probabilities, _scratch);
        if (!_play.Follow(_play.Probabilities))
        {
            return false;
        }

        step = new OuterStep(_play.Move(1), _play.PolicyKl, _options.LearningRate, 1);
        return true;
    }

    private protected override void Exchange(StateArchive archive)
    {
        _play.Exchange(archive);
        archive.Numbers("dual", _dual.AsSpan());
    }

    private protected override string Advice(ScoreBoard scores) =>
        $"Try a smaller learning rate, learning-rate={SolveExplanation.Text(_options.LearningRate / 5)}, or fewer transition-steps.";
}
