using MeanField.Equilibrium;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Exact MF-TRPO (Ocello, Tiapkin, Mancini, Laurière, Moulines, ICML 2025, arXiv 2505.22781, algorithm 1): L trust-region steps on the policy
/// at a frozen mean field, then μ_{k+1} = (1 − β_k) μ_k + β_k μ_k (P^{π_{k+1}}_{μ_k})^M, K times. It can be stepped, or run to its end.
/// </summary>
/// <remarks>
/// The paper starts every inner loop from the uniform policy; <see cref="MfTrpoOptions.WarmStart"/>, the stopping rules and all default
/// constants are this project's own. Not safe for several threads; it makes its own.
/// </remarks>
public sealed class MfTrpo : IDisposable
{
    private const int FrequentlyScoredStates = 5000;
    private const int StepsPerCheck = 64;
    private static readonly TimeSpan LongestScoreOnCancellation = TimeSpan.FromSeconds(0.6);

    private readonly MfTrpoOptions _options;
    private readonly SolveContext _context;
    private readonly ThreadTeam _team;
    private readonly FrozenMdp _mdp;
    private readonly PolicyOptimizer _optimizer;
    private readonly StationaryLaw _stationaryLaw;
    private readonly ScoreBoard _scores;
    private readonly double[] _meanField;
    private readonly double[] _moved;
    private readonly double[] _spare;
    private readonly long _started;
    private readonly int _traceEvery;
    private double _populationChange;
    private double _populationStep;
    private TimeSpan _solveTime;

    /// <summary>Prepares a solve from the uniform policy and the uniform mean field, which is scored as iteration 0.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public MfTrpo(TabularGame game, MfTrpoOptions options, SolveContext context)
    {
        options.Check();
        _options = options;
        _context = context;
        _started = context.Clock.GetTimestamp();
        _traceEvery =
            options.TraceEvery > 0 ? options.TraceEvery
            : game.StateCount <= FrequentlyScoredStates ? 1
            : 10;
        _meanField = new double[game.StateCount];
        Array.Fill(_meanField, 1.0 / game.StateCount);
        _moved = new double[game.StateCount];
        _spare = new double[game.StateCount];
        _team = new ThreadTeam(context.Threads);
        _mdp = FrozenMdp.Create(game, _meanField);
        var pattern = new InducedChain(game);
        _optimizer = new PolicyOptimizer(_mdp, pattern, options, _team);
        _stationaryLaw = new StationaryLaw(_optimizer.Chain);
        _scores = new ScoreBoard(
            new CertificateWorkspace(pattern, _team),
            FrozenMdp.Create(game, _meanField),
            options.Temperature,
            options.StallAfter,
            context.Clock
        );
        _solveTime = context.Clock.GetElapsedTime(_started);
    }

    /// <summary>Outer iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>μ_k, by state; a view of the solver's own buffer.</summary>
    public ReadOnlySpan<double> MeanField => _meanField;

    /// <summary>π_k, one probability a pair; a view of the solver's own buffer.</summary>
    public ReadOnlySpan<double> Policy => _optimizer.Probabilities;

    /// <summary>Every scored outer iteration so far.</summary>
    public IReadOnlyList<TraceRow> Trace => _scores.Trace;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="MfTrpo(TabularGame, MfTrpoOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, MfTrpoOptions options, SolveContext context)
    {
        using var solver = new MfTrpo(game, options, context);
        return solver.Run();
    }

    /// <summary>Steps to the end.</summary>
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public Solution Run()
    {
        SolveStatus? status;
        do
        {
            status = Step();
        } while (status is null);
        return Finish(status.Value);
    }

    /// <summary>One outer iteration: the inner loop, the population step, and the score where one is due.</summary>
    /// <returns>How the solve ended, or <see langword="null"/> to go on.</returns>
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public SolveStatus? Step()
    {
        if (_scores.Last is null)
        {
            Score(CancellationToken.None);
        }

        var isScored = (Iterations + 1) % _traceEvery == 0 || Iterations + 1 == _options.OuterIterations;
        var before = _context.Clock.GetTimestamp();
        var isComplete = Improve(isScored);
        isComplete = isComplete && MovePopulation();
        Iterations += isComplete ? 1 : 0;
        _solveTime += _context.Clock.GetElapsedTime(before);
        if (!isComplete)
        {
            return _context.Cancellation.IsCancellationRequested ? SolveStatus.Cancelled : SolveStatus.TimeLimit;
        }

        if (!double.IsFinite(_populationChange) || !_optimizer.Probabilities.All(double.IsFinite))
        {
            return SolveStatus.Diverged;
        }

        if (isScored && !TryScore())
        {
            return SolveStatus.Cancelled;
        }

        _context.Progress?.Invoke(
            new SolveProgress(
                Iterations,
                _options.OuterIterations,
                _populationChange,
                _scores.BestUpper,
                _options.Tolerance
            )
        );
        return Status();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _team.Dispose();

    private SolveStatus? Status()
    {
        if (_options.Tolerance > 0 && _scores.BestUpper <= _options.Tolerance)
        {
            return SolveStatus.Converged;
        }

        if (_context.Cancellation.IsCancellationRequested)
        {
            return SolveStatus.Cancelled;
        }

        if (IsOutOfTime())
        {
            return SolveStatus.TimeLimit;
        }

        return Iterations >= _options.OuterIterations ? SolveStatus.IterationLimit
            : _options.Tolerance > 0 ? _scores.Verdict()
            : null;
    }

    // The inner loop; false when the caller stopped it, which leaves a valid policy behind.
    private bool Improve(bool measureKl)
    {
        if (!_options.WarmStart)
        {
            _optimizer.RestartFromUniform();
        }

        for (var l = 0; l < _options.InnerIterations; l++)
        {
            if (MustStop())
            {
                return false;
            }

            _optimizer.Iterate(l, measureKl && l == _options.InnerIterations - 1);
        }

        return true;
    }

    // The kernel stays frozen at μ_k during the M steps.
    private bool MovePopulation()
    {
        _optimizer.UpdateChain();
        if (_options.TransitionSteps is { } steps)
        {
            _meanField.CopyTo(_moved, 0);
            for (var step = 0; step < steps; step++)
            {
                if (step % StepsPerCheck == StepsPerCheck - 1 && MustStop())
                {
                    return false;
                }

                PopulationFlow.Push(_optimizer.Chain, _moved, _spare);
                _spare.CopyTo(_moved, 0);
            }
        }
        else
        {
            _stationaryLaw.OfChain(_meanField, _moved);
        }

        _populationStep = _options.PopulationStep / (1 + (_options.PopulationStepDecay * Iterations));
        _populationChange = _populationStep * PopulationFlow.Distance(_moved, _meanField);
        for (var s = 0; s < _meanField.Length; s++)
        {
            _meanField[s] += _populationStep * (_moved[s] - _meanField[s]);
        }

        _mdp.MoveTo(_meanField, _team);
        return true;
    }

    private bool MustStop() => _context.Cancellation.IsCancellationRequested || IsOutOfTime();

    private bool IsOutOfTime() =>
        _options.TimeLimit > 0 && _context.Clock.GetElapsedTime(_started).TotalSeconds >= _options.TimeLimit;

    private bool TryScore()
    {
        try
        {
            Score(_context.Cancellation);
            return true;
        }
        catch (OperationCanceledException) when (_context.Cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Score(CancellationToken cancellation) =>
        _scores.Add(
            Iterations,
            _optimizer.Probabilities,
            _meanField,
            (certificate, gap) =>
                new TraceRow(
                    Iterations,
                    certificate.Exploitability,
                    certificate.RegularizedExploitability,
                    _populationChange,
                    _optimizer.PolicyKl,
                    default,
                    _solveTime.TotalSeconds,
                    gap,
                    _optimizer.StepSize,
                    _populationStep
                ),
            cancellation
        );

    // What was not scored yet is scored at the end, unless the caller wants the solve to stop and scores of this game take long: then what
    // was scored before has to do.
    private Solution Finish(SolveStatus status)
    {
        var isScored = _scores.Last!.Iteration == Iterations;
        var isQuick = _scores.LastElapsed < LongestScoreOnCancellation;
        if (!isScored && status == SolveStatus.Cancelled && isQuick)
        {
            Score(CancellationToken.None);
        }
        else if (!isScored && status is not (SolveStatus.Cancelled or SolveStatus.Diverged))
        {
            status = TryScore() ? status : SolveStatus.Cancelled;
        }

        if (_options.Tolerance > 0 && _scores.BestUpper <= _options.Tolerance)
        {
            status = SolveStatus.Converged;
        }

        return new Solution
        {
            Status = status,
            Explanation = SolveExplanation.Of(status, _options, Iterations, _scores),
            Iterations = Iterations,
            Best = _scores.Best!,
            Last = _scores.Last!,
            Trace = _scores.Trace,
            SolveSeconds = _solveTime.TotalSeconds,
            CertifySeconds = _scores.Elapsed.TotalSeconds,
        };
    }
}
