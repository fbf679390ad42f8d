using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Policy mirror ascent (Yardim, Cayci, Geist, He, ICML 2023, arXiv 2212.14449, operator Γ_η): with μ the stationary law of π_k and q its action values in the
/// game regularised by h = τ entropy, π_{k+1}(·|s) maximises ⟨u, q(s, ·)⟩ + h(u) − ‖u − π_k(·|s)‖₂² / (2η) over the simplex.
/// </summary>
/// <remarks>
/// <para>This is the operator with exact values, whose fixed point is the regularised equilibrium; the paper contracts to it for large τ, and estimates the
/// values from one path of N players. There u is kept where h is bounded, which the entropy does by itself.</para>
/// <para>The tolerance is on φ_τ, whose equilibrium the method converges to. Not safe for several threads; it makes its own.</para>
/// </remarks>
public sealed class PolicyMirrorAscent : IterativeSolver
{
    private readonly PolicyMirrorAscentOptions _options;
    private readonly PolicyPopulation _play;
    private readonly double[] _penalties;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public PolicyMirrorAscent(TabularGame game, PolicyMirrorAscentOptions options, SolveContext context)
        : base(game, options, options.Temperature, context)
    {
        _options = options;
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
        _penalties = new double[game.PairCount];
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="PolicyMirrorAscent(TabularGame, PolicyMirrorAscentOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, PolicyMirrorAscentOptions options, SolveContext context)
    {
        using var solver = new PolicyMirrorAscent(game, options, context);
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
        for (var pair = 0; pair < _penalties.Length; pair++)
        {
            var probability = _play.Probabilities[pair];
            _penalties[pair] = probability > 0 ? _options.Temperature * Math.Log(probability) : 0;
        }

        _play.Evaluate(_penalties);
        MirrorAscentStep.Apply(
            Pattern.Game.PairOffsets,
            _options.LearningRate,
            _options.Temperature,
            _play.ActionValues,
            _play.Probabilities
        );
        if (!_play.Follow(_play.Probabilities))
        {
            return false;
        }

        step = new OuterStep(_play.Move(1), _play.PolicyKl, _options.LearningRate, 1);
        return true;
    }

    private protected override void Exchange(StateArchive archive) => _play.Exchange(archive);

    private protected override string Advice(ScoreBoard scores) =>
        $"Try a smaller step, learning-rate={SolveExplanation.Text(_options.LearningRate / 5)}; then a higher temperature.";
}
