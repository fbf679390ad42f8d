using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// The approximate proximal-point method (Isobe, Abe, Ariu, NeurIPS 2025, arXiv 2410.05127, APP): mirror descent on the game regularised by λ KL(π ‖ σ),
/// π_{l+1}(a|s) ∝ σ(a|s)^{λη} π_l(a|s)^{1 − λη} exp(η Q^{λ,σ}(s, a)) with Q of π_l at the population that follows π_l; after every L steps the reference σ
/// becomes the policy, so that the regularisation vanishes at the rest point.
/// </summary>
/// <remarks>
/// <para>Published for finite horizons; here for the discounted stationary game, with Q and V of π from r(s, a) − λ log(π(a|s)/σ(a|s)) and the
/// stationary law as population. An outer iteration is one proximal point, so the first one, where σ is uniform, is the equilibrium regularised by
/// entropy of weight λ when L is large.</para>
/// <para>What it converges to is the equilibrium without regularisation: the tolerance is on φ itself. Not safe for several threads; it makes its own.</para>
/// </remarks>
public sealed class ProximalPoint : IterativeSolver
{
    private readonly ProximalPointOptions _options;
    private readonly PolicyPopulation _play;
    private readonly double[] _logPolicy;
    private readonly double[] _logReference;
    private readonly double[] _penalties;
    private readonly double[] _scratch;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public ProximalPoint(TabularGame game, ProximalPointOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
        _logPolicy = Array.ConvertAll(_play.Probabilities, Math.Log);
        _logReference = new double[game.PairCount];
        _penalties = new double[game.PairCount];
        _scratch = new double[game.StateCount];
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="ProximalPoint(TabularGame, ProximalPointOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, ProximalPointOptions options, SolveContext context)
    {
        using var solver = new ProximalPoint(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        _logPolicy.CopyTo(_logReference, 0);
        var change = 0.0;
        for (var l = 0; l < _options.InnerIterations; l++)
        {
            if (Stop.Reason is not null)
            {
                return false;
            }

            _play.Remember(isScored && l == _options.InnerIterations - 1);
            Improve();
            if (!_play.Follow(_play.Probabilities))
            {
                return false;
            }

            change = _play.Move(1);
        }

        step = new OuterStep(change, _play.PolicyKl, _options.LearningRate, 1);
        return true;
    }

    private protected override void Exchange(StateArchive archive)
    {
        _play.Exchange(archive);
        archive.Numbers("logPolicy", _logPolicy.AsSpan());
    }

    private protected override string Advice(ScoreBoard scores) =>
        $"Try a smaller step, learning-rate={SolveExplanation.Text(_options.LearningRate / 5)}; then more inner iterations, inner-iterations={5 * (long)_options.InnerIterations}.";

    private void Improve()
    {
        for (var pair = 0; pair < _penalties.Length; pair++)
        {
            _penalties[pair] = _options.ProximalWeight * (_logPolicy[pair] - _logReference[pair]);
        }

        _play.Evaluate(_penalties);
        var game = Pattern.Game;
        ProximalPointStep.Apply(
            game.PairOffsets,
            _options.LearningRate,
            _options.ProximalWeight,
            _logReference,
            _play.ActionValues,
            _play.StateValues,
            _logPolicy
        );
        LogSoftmax.Normalize(game.PairOffsets, 0, game.StateCount, _logPolicy, _play.Probabilities, _scratch);
    }
}
