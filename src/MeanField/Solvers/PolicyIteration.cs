using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Policy iteration for mean-field games: π_{k+1} improves π_k by Q = Q^{π_k}_{μ_k}, and μ_{k+1} = (1 − β_k) μ_k + β_k μ' with μ' where the population goes
/// with π_{k+1}. Greedy: π_{k+1} is the first best action of Q, β = 1 (Cacace, Camilli, Goffi 2021). Smooth: the same with β less than 1 (Tang, Song
/// 2022, arXiv 2212.04791). Boltzmann: π_{k+1} = softmax(Q/τ), β = 1 (Cui, Koeppl, AISTATS 2021, have the softmax of optimal values).
/// </summary>
/// <remarks>
/// <para>The three variants and their constants are those of Bench-MFG (<see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>pi_jax.py</c>). Action
/// values are exact for the infinite horizon; there they look 98 steps ahead.</para>
/// <para>Q is without entropy in all variants, so the rest point of the Boltzmann one is no entropy-regularised equilibrium, and the tolerance is on φ itself.
/// Not safe for several threads; it makes its own.</para>
/// </remarks>
public sealed class PolicyIteration : IterativeSolver
{
    private readonly PolicyIterationOptions _options;
    private readonly PolicyPopulation _play;
    private readonly double[] _logits;
    private readonly double[] _scratch;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public PolicyIteration(TabularGame game, PolicyIterationOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
        _logits = new double[game.PairCount];
        _scratch = new double[game.StateCount];
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="PolicyIteration(TabularGame, PolicyIterationOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, PolicyIterationOptions options, SolveContext context)
    {
        using var solver = new PolicyIteration(game, options, context);
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
        Improve();
        if (!_play.Follow(_play.Probabilities))
        {
            return false;
        }

        var populationStep =
            _options.Variant == PolicyIterationVariant.Smooth
                ? _options.PopulationStep / (1 + (_options.PopulationStepDecay * Iterations))
                : 1;
        var stepSize = _options.Variant == PolicyIterationVariant.Boltzmann ? 1 / _options.Temperature : 0;
        step = new OuterStep(_play.Move(populationStep), _play.PolicyKl, stepSize, populationStep);
        return true;
    }

    private protected override void Exchange(StateArchive archive) => _play.Exchange(archive);

    private protected override string Advice(ScoreBoard scores) =>
        _options.Variant switch
        {
            PolicyIterationVariant.Greedy => "Greedy policies jump: try variant=smooth or variant=boltzmann.",
            PolicyIterationVariant.Smooth =>
                $"Try a smaller population step, population-step={SolveExplanation.Text(_options.PopulationStep / 5)}, or variant=boltzmann.",
            _ =>
                $"Softmax policies keep a distance from any equilibrium, and jump at low temperatures: try temperature={SolveExplanation.Text(_options.Temperature * 2)} or temperature={SolveExplanation.Text(_options.Temperature / 2)}.",
        };

    private void Improve()
    {
        var game = Pattern.Game;
        if (_options.Variant != PolicyIterationVariant.Boltzmann)
        {
            GreedyStep.Apply(game.PairOffsets, _play.ActionValues, _play.Probabilities);
            return;
        }

        _logits.AsSpan().Clear();
        MirrorDescentStep.Apply(
            game.PairOffsets,
            1 / _options.Temperature,
            _play.ActionValues,
            _play.StateValues,
            _logits
        );
        LogSoftmax.Normalize(game.PairOffsets, 0, game.StateCount, _logits, _play.Probabilities, _scratch);
    }
}
