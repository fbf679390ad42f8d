using MeanField.Equilibrium;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Parameters;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// The ground truth: regularised equilibria as roots of their equations by Newton's method, to the last digits, and equilibria without entropy by
/// following them to low temperatures. One outer iteration is one Newton step.
/// </summary>
/// <remarks>
/// The unknowns are log π and μ, the equations η log π(a|s) = Q_μ(s, a) − V(s) and μ = μ P^π_μ, with V = V^π_μ; docs/newton.md derives the step. The
/// method finds unstable equilibria as well as stable ones. In the trace the population step is the length α of the step (1 is a whole Newton step)
/// and the step size is α/η. This project's own. Not safe for several threads; it makes its own.
/// </remarks>
public sealed class NewtonSolver : IterativeSolver
{
    // Equilibria nearer than this are one: between roots found to 1e-7 and what games offer as different ones.
    private const double SameEquilibrium = 1e-4;

    // Of the largest difference that rewards can make in a lifetime: policies are still far from deterministic there.
    private const double FirstTemperatureShare = 1e-3;
    private const double ConcentratedShare = 0.95;

    private readonly NewtonOptions _options;
    private readonly NewtonIteration _newton;
    private readonly NewtonPath _path;
    private readonly double _valueSpan;
    private readonly List<Iterate> _equilibria = [];
    private int[]? _shuffled;
    private int _started;
    private bool _isWalking;

    /// <summary>Prepares a solve from the uniform policy and the uniform mean field.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, seed of the starts, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    /// <exception cref="ParameterException">The game is so large and dense that its chains cannot be factored.</exception>
    /// <exception cref="SolveStoppedException">The solve had to stop before the first factors were there.</exception>
    public NewtonSolver(TabularGame game, NewtonOptions options, SolveContext context)
        : base(game, options, options.Temperature, context)
    {
        if (!HasPlan())
        {
            throw new ParameterException(
                $"solver newton: the factors of this game's chain of {game.StateCount} states would be too large; allowed: games with fewer transitions, or solver mf-trpo"
            );
        }

        _options = options;
        _newton = new NewtonIteration(Pattern, Team, Stop);
        _path = new NewtonPath(_newton, options.Temperature, options.ResidualTolerance, Stop);
        OrDispose(() => _newton.StartFromUniform(Math.Max(options.Temperature, 1)));
        _valueSpan = ValueSpan(Scored);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _newton.Current.MeanField;

    /// <summary>
    /// max( ‖V − η log Σ_a exp(Q/η)‖_∞, ‖μ − μ P^softmax(Q/η)_μ‖₁ ) at the current iterate and <see cref="PathTemperature"/>; 0 at a root.
    /// </summary>
    public double Residual => _newton.Current.Residual;

    /// <summary>η of the equations being solved; above the temperature wanted while the way there is under way.</summary>
    public double PathTemperature => _newton.Temperature;

    private protected override double[] Probabilities => _newton.Current.Policy;

    // Each start has its own equilibrium to find, and the first certificate within the tolerance leaves most digits of a root to be found.
    private protected override bool EndsAtTolerance => false;

    private protected override bool MustBeScored => _path.IsSettled;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="NewtonSolver(TabularGame, NewtonOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, NewtonOptions options, SolveContext context)
    {
        using var solver = new NewtonSolver(game, options, context);
        return solver.Run();
    }

    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        while (_isWalking || _started < _options.Starts)
        {
            if (!_isWalking)
            {
                BeginWalk(_started++);
                _isWalking = true;
            }

            if (_path.TryMove(out step))
            {
                return true;
            }

            _isWalking = false;
            if (Stop.Reason is not null)
            {
                return false;
            }
        }

        if (_options.Tolerance > 0)
        {
            ending = SolveStatus.Stalled;
            return false;
        }

        // Tolerance 0: steps that rounding makes of nothing, until a limit ends them.
        _newton.TryStep();
        step = _newton.LastStep;
        return Stop.Reason is null;
    }

    private protected override bool IsAnswer(Iterate scored)
    {
        var certificate = scored.Certificate;
        var isWithin =
            certificate.RegularizedExploitability.Upper <= _options.Tolerance
            && certificate.StationarityResidual <= Certificate.StationarityTolerance;
        if (!isWithin || !(_path.HasArrived || _options.Temperature == 0))
        {
            return false;
        }

        if (_options.Temperature == 0)
        {
            _isWalking = false;
            _started = Math.Max(_started, 1);
        }

        var isNew = _equilibria.TrueForAll(known => Distance(known, scored) > SameEquilibrium);
        if (isNew)
        {
            _equilibria.Add(scored);
        }

        return isNew && _equilibria.Count == 1;
    }

    private protected override void Exchange(StateArchive archive)
    {
        _started = archive.Value("started", _started);
        _isWalking = archive.Value("isWalking", _isWalking);
        if (archive.IsReading && _isWalking)
        {
            BeginWalk(_started - 1);
        }

        _newton.Exchange(archive);
        _path.Exchange(archive);
        var count = archive.Value("equilibria", _equilibria.Count);
        for (var n = 0; n < count; n++)
        {
            var equilibrium = n < _equilibria.Count ? _equilibria[n] : null;
            equilibrium = IterateArchive.Exchange(archive, "equilibrium", Pattern.Game, equilibrium);
            if (archive.IsReading)
            {
                _equilibria.Add(equilibrium!);
            }
        }
    }

    private protected override string Advice(ScoreBoard scores) =>
        $"Newton's method found no root within the tolerance, starting at temperatures up to {SolveExplanation.Text(_path.HighestTemperature)}. "
        + (
            scores.Last!.Certificate.RecurrentClasses > 1
                ? $"The last policy divides the population among {scores.Last.Certificate.RecurrentClasses} closed classes, so that roots are not isolated; try solver mf-trpo."
                : "Try more starts, a higher temperature, or solver mf-trpo."
        );

    private protected override Solution Complete(Solution solution, bool isInAHurry)
    {
        List<Iterate> equilibria =
            _equilibria.Count > 0 ? _equilibria
            : solution.Status.IsSuccess() ? [solution.Best]
            : [];
        return solution with
        {
            Equilibria = equilibria,
            Explanation =
                _options.Starts > 1 && equilibria.Count > 0
                    ? $"{solution.Explanation} Distinct equilibria found from {_started} starts: {equilibria.Count}."
                    : solution.Explanation,
        };
    }

    private static double Distance(Iterate left, Iterate right) =>
        PopulationFlow.Distance([.. left.MeanField], [.. right.MeanField]);

    // Both the plan and the first factors can be interrupted, and a constructor that fails is not disposed of.
    private bool HasPlan()
    {
        OrDispose(() => _ = Pattern.Plan);
        if (Pattern.Plan is null)
        {
            Team.Dispose();
        }

        return Pattern.Plan is not null;
    }

    private void OrDispose(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException)
        {
            Team.Dispose();
            throw;
        }
    }

    // The largest difference that rewards at the uniform mean field can make in a lifetime.
    private static double ValueSpan(FrozenMdp mdp)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var reward in mdp.Rewards)
        {
            smallest = Math.Min(smallest, reward);
            largest = Math.Max(largest, reward);
        }

        var span = (largest - smallest) / (1 - mdp.Game.Discount);
        return span > 0 ? span : 1;
    }

    private void BeginWalk(int start)
    {
        var first = Math.Max(_options.Temperature, (start == 1 ? 1 : FirstTemperatureShare) * _valueSpan);
        if (start >= 2)
        {
            var meanField = RandomMeanField(start);
            _path.Begin([t => _newton.StartFromBestResponse(t, meanField)], first);
            return;
        }

        var uniform = new double[MeanField.Length];
        Array.Fill(uniform, 1.0 / uniform.Length);
        _path.Begin([_newton.StartFromUniform, t => _newton.StartFromBestResponse(t, uniform)], first);
    }

    // Starts 2, 4, ... are concentrated, each in a state of its own until all have had their turn; 3, 5, ... are drawn uniformly from all laws.
    private double[] RandomMeanField(int start)
    {
        var meanField = new double[MeanField.Length];
        if (start % 2 == 0)
        {
            _shuffled ??= ShuffledStates();
            meanField.AsSpan().Fill((1 - ConcentratedShare) / meanField.Length);
            meanField[_shuffled[((start / 2) - 1) % meanField.Length]] += ConcentratedShare;
            return meanField;
        }

        var random = NumbersOf(start);
        var sum = 0.0;
        for (var s = 0; s < meanField.Length; s++)
        {
            meanField[s] = -Math.Log(1 - random.NextDouble());
            sum += meanField[s];
        }

        for (var s = 0; s < meanField.Length; s++)
        {
            meanField[s] /= sum;
        }

        return meanField;
    }

    private int[] ShuffledStates()
    {
        var random = NumbersOf(0);
        var states = Enumerable.Range(0, MeanField.Length).ToArray();
        for (var i = states.Length - 1; i > 0; i--)
        {
            var j = random.NextBelow(i + 1);
            (states[i], states[j]) = (states[j], states[i]);
        }

        return states;
    }

    private RandomNumbers NumbersOf(int start) =>
        new(
            Philox.DeriveKey(Context.Seed, start, 0, (int)SamplingPurpose.Starts),
            step: 0,
            trajectory: 0,
            firstDraw: 0
        );
}
