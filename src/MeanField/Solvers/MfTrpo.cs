using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Exact MF-TRPO (Ocello, Tiapkin, Mancini, Laurière, Moulines, ICML 2025, arXiv 2505.22781, algorithm 1): L trust-region steps on the policy
/// at a frozen mean field, then μ_{k+1} = (1 − β_k) μ_k + β_k μ_k (P^{π_{k+1}}_{μ_k})^M, K times.
/// </summary>
/// <remarks>
/// The paper starts every inner loop from the uniform policy; <see cref="MfTrpoOptions.WarmStart"/>, the stopping rules and all default
/// constants are this project's own. Not safe for several threads; it makes its own.
/// </remarks>
public sealed class MfTrpo : IterativeSolver
{
    private const int StepsPerCheck = 64;

    private readonly MfTrpoOptions _options;
    private readonly FrozenMdp _mdp;
    private readonly PolicyOptimizer _optimizer;
    private readonly StationaryLaw _stationaryLaw;
    private readonly double[] _meanField;
    private readonly double[] _moved;
    private readonly double[] _spare;

    /// <summary>Prepares a solve from the uniform policy and the uniform mean field.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public MfTrpo(TabularGame game, MfTrpoOptions options, SolveContext context)
        : base(game, options, options.Temperature, context)
    {
        _options = options;
        _meanField = new double[game.StateCount];
        Array.Fill(_meanField, 1.0 / game.StateCount);
        _moved = new double[game.StateCount];
        _spare = new double[game.StateCount];
        _mdp = FrozenMdp.Create(game, _meanField);
        _optimizer = new PolicyOptimizer(_mdp, Pattern, options, Team);
        _stationaryLaw = new StationaryLaw(_optimizer.Chain);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _meanField;

    private protected override double[] Probabilities => _optimizer.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="MfTrpo(TabularGame, MfTrpoOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, MfTrpoOptions options, SolveContext context)
    {
        using var solver = new MfTrpo(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        if (!Improve(isScored) || !MovePopulation())
        {
            return false;
        }

        var populationStep = _options.PopulationStep / (1 + (_options.PopulationStepDecay * Iterations));
        var change = populationStep * PopulationFlow.Distance(_moved, _meanField);
        for (var s = 0; s < _meanField.Length; s++)
        {
            _meanField[s] += populationStep * (_moved[s] - _meanField[s]);
        }

        _mdp.MoveTo(_meanField, Team);
        step = new OuterStep(change, _optimizer.PolicyKl, _optimizer.StepSize, populationStep);
        return true;
    }

    private protected override void Exchange(StateArchive archive)
    {
        archive.Numbers("population", _meanField.AsSpan());
        _optimizer.Exchange(archive);
        if (archive.IsReading)
        {
            _mdp.MoveTo(_meanField, Team);
        }
    }

    // A population that keeps circling the equilibrium is by far the commonest failure, and a smaller step its cure; a population that
    // rests away from it is left there by an inner loop that ends too early.
    private protected override string Advice(ScoreBoard scores) =>
        scores.Trace[^1].PopulationChange > 1e-6
            ? $"Try a smaller population step, population-step={SolveExplanation.Text(_options.PopulationStep / 5)}; then a higher temperature."
            : $"Try more inner iterations, inner-iterations={10 * (long)_options.InnerIterations}, or transition-steps=stationary.";

    // The inner loop; false when it must stop early, which leaves a valid policy behind.
    private bool Improve(bool measureKl)
    {
        if (!_options.WarmStart)
        {
            _optimizer.RestartFromUniform();
        }

        for (var l = 0; l < _options.InnerIterations; l++)
        {
            if (Stop.Reason is not null)
            {
                return false;
            }

            _optimizer.Iterate(l, measureKl && l == _options.InnerIterations - 1);
        }

        return true;
    }

    // Where the population goes; the kernel stays frozen at μ_k during the M steps.
    private bool MovePopulation()
    {
        _optimizer.UpdateChain();
        if (_options.TransitionSteps is not { } steps)
        {
            _stationaryLaw.OfChain(_meanField, _moved);
            return true;
        }

        _meanField.CopyTo(_moved, 0);
        for (var step = 0; step < steps; step++)
        {
            if (step % StepsPerCheck == StepsPerCheck - 1 && Stop.Reason is not null)
            {
                return false;
            }

            PopulationFlow.Push(_optimizer.Chain, _moved, _spare);
            _spare.CopyTo(_moved, 0);
        }

        return true;
    }
}
