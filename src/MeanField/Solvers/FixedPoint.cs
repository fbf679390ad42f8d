using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Fixed-point iteration, pure or damped: π_{k+1} is a best response to μ_k, and μ_{k+1} = (1 − β_k) μ_k + β_k μ' with μ' where the population goes
/// with π_{k+1} (Bench-MFG, <see href="https://github.com/lorenzomagnino/Bench-MFG"/>, <c>fp_jax.py</c>; Huang, Malhamé, Caines 2006).
/// </summary>
/// <remarks>
/// <para>Best responses are exact for the infinite horizon, of several the one with the first best actions; Bench-MFG cuts the horizon at 99 steps.
/// The iterates need not converge where the equilibrium takes actions at random, because a best response does not.</para>
/// <para>The method has no entropy of its own: the tolerance is on φ itself. Not safe for several threads; it makes its own.</para>
/// </remarks>
public sealed class FixedPoint : IterativeSolver
{
    private readonly FixedPointOptions _options;
    private readonly PolicyPopulation _play;

    /// <summary>Prepares a solve.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of random starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public FixedPoint(TabularGame game, FixedPointOptions options, SolveContext context)
        : base(game, options, temperature: 0, context)
    {
        _options = options;
        _play = new PolicyPopulation(game, Pattern, options, context.Seed, Team, Stop);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _play.MeanField;

    private protected override double[] Probabilities => _play.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="FixedPoint(TabularGame, FixedPointOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, FixedPointOptions options, SolveContext context)
    {
        using var solver = new FixedPoint(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        if (Stop.Reason is not null || !_play.TryBestRespond(Context.Cancellation))
        {
            return false;
        }

        _play.Remember(isScored);
        _play.BestResponse.CopyTo(_play.Probabilities);
        if (!_play.Follow(_play.Probabilities))
        {
            return false;
        }

        var populationStep = _options.PopulationStep / (1 + (_options.PopulationStepDecay * Iterations));
        step = new OuterStep(_play.Move(populationStep), _play.PolicyKl, 0, populationStep);
        return true;
    }

    private protected override void Exchange(StateArchive archive) => _play.Exchange(archive);

    private protected override string Advice(ScoreBoard scores) =>
        $"Best responses jump: try a smaller population step, population-step={SolveExplanation.Text(_options.PopulationStep / 5)}; where the equilibrium takes actions at random, another solver.";
}
