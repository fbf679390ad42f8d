using MeanField.Equilibrium;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// A solver in the making: outer iterations from a start, the uniform policy and mean field unless the options say otherwise, scored by
/// certificates, until the tolerance or a limit ends them. It can be stepped, or run to its end.
/// </summary>
/// <remarks>Iteration 0, the start, is scored as well. Not safe for several threads; a solver makes its own.</remarks>
public abstract class IterativeSolver : IDisposable
{
    private const int FrequentlyScoredStates = 5000;
    private static readonly TimeSpan LongestScoreOnCancellation = TimeSpan.FromSeconds(0.6);

    private readonly SolverOptions _options;
    private readonly ScoreBoard _scores;
    private readonly int _traceEvery;
    private readonly double[] _reference;
    private TimeSpan _solveTime;
    private OuterStep _step;
    private bool _standsBetweenIterations;
    private bool _isCutShort;
    private SolveStatus? _stoppedBy;
    private readonly SolveInterruption _interruption;

    private protected IterativeSolver(TabularGame game, SolverOptions options, double temperature, SolveContext context)
    {
        options.Check();
        if (context.Reference is { } reference && reference.Count != game.StateCount)
        {
            throw new ArgumentException(
                $"the reference has {reference.Count} shares; allowed: {game.StateCount}, one a state",
                nameof(context)
            );
        }

        _reference = [.. context.Reference ?? []];
        _options = options;
        Context = context;
        Stop = new StopSignal(context, options.TimeLimit);
        _interruption = new SolveInterruption(context, options.TimeLimit);
        _traceEvery =
            options.TraceEvery > 0 ? options.TraceEvery
            : game.StateCount <= FrequentlyScoredStates ? 1
            : 10;
        Temperature = temperature;
        Team = new ThreadTeam(context.Threads);
        Pattern = new InducedChain(game) { Interruption = new Interruption(_interruption.Reason) };
        var uniform = new double[game.StateCount];
        Array.Fill(uniform, 1.0 / game.StateCount);
        Scored = FrozenMdp.Create(game, uniform);
        Workspace = new CertificateWorkspace(Pattern, Team);
        _scores = new ScoreBoard(Workspace, Scored, temperature, options.StallAfter, context.Clock);
    }

    /// <summary>Outer iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>μ_k, by state; a view of the solver's own buffer.</summary>
    public abstract ReadOnlySpan<double> MeanField { get; }

    /// <summary>π_k, one probability a pair; a view of the solver's own buffer.</summary>
    public ReadOnlySpan<double> Policy => Probabilities;

    /// <summary>Simulator calls so far; none for exact solvers.</summary>
    public virtual SampleAccount Samples => default;

    /// <summary>Every scored outer iteration so far.</summary>
    public IReadOnlyList<TraceRow> Trace => _scores.Trace;

    private protected SolveContext Context { get; }

    private protected StopSignal Stop { get; }

    private protected ThreadTeam Team { get; }

    private protected InducedChain Pattern { get; }

    private protected CertificateWorkspace Workspace { get; }

    /// <summary>The game of the workspace; moved by every score.</summary>
    private protected FrozenMdp Scored { get; }

    private protected double Temperature { get; }

    /// <summary>π_k.</summary>
    private protected abstract double[] Probabilities { get; }

    /// <summary>Whether the first certificate within the tolerance ends the solve.</summary>
    private protected virtual bool EndsAtTolerance => true;

    /// <summary>Whether the iterate must be scored, due or not.</summary>
    private protected virtual bool MustBeScored => false;

    /// <summary>Simulator calls at most; 0 where there is no limit.</summary>
    private protected virtual long SampleLimit => 0;

    /// <summary>Steps to the end, from the state that <see cref="SolveContext.Checkpoints"/> may have.</summary>
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    /// <exception cref="InvalidDataException">The state to go on from is none of this solver on this game.</exception>
    /// <exception cref="SolveStoppedException">The solve had to stop before its start was certified.</exception>
    public Solution Run()
    {
        SolveStatus? status = null;
        if (Context.Checkpoints is { Resume.IsEmpty: false } plan)
        {
            RestoreState(plan.Resume.Span);
            foreach (var row in Trace)
            {
                Context.Scored?.Invoke(row);
            }

            status = EndingAfter(null);
        }

        var keeper = Context.Checkpoints is null
            ? null
            : new CheckpointKeeper(Context.Checkpoints, Context.Clock, SaveTo);
        ScoreStart();
        while (status is null)
        {
            keeper?.BeforeIteration();
            status = Step();
        }

        if (status != SolveStatus.Converged)
        {
            keeper?.AtEnd(_standsBetweenIterations, Stop.Elapsed);
        }

        return Finish(status.Value);
    }

    /// <summary>Everything that decides how the solve goes on, to be restored in a new solver for the same game with the same options and seed, also in
    /// another process. To be called between steps, before one has said how the solve ended.</summary>
    /// <returns>Bytes whose meaning is this version's own.</returns>
    /// <exception cref="NotSupportedException">The state is larger than 2 GB.</exception>
    public byte[] SaveState()
    {
        var archive = StateArchive.ForWriting();
        ScoreStart();
        ExchangeAll(archive);
        return archive.Written.ToArray();
    }

    /// <summary>Goes on from a saved state, in a solver that has not made a step yet. Iterations, trace, samples and times go on counting.</summary>
    /// <param name="state">What <see cref="SaveState"/> or a <see cref="SolverCheckpoint"/> has.</param>
    /// <exception cref="InvalidDataException">The state is none of this solver on this game; this solver is then of no more use.</exception>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        var before = Stop.Elapsed;
        var archive = StateArchive.ForReading(state);
        _interruption.IgnoresLimit = true;
        ExchangeAll(archive);
        _interruption.IgnoresLimit = false;
        archive.End();
        _solveTime += before;
        _standsBetweenIterations = true;
    }

    /// <summary>One outer iteration, and the score where one is due.</summary>
    /// <returns>How the solve ended, or <see langword="null"/> to go on.</returns>
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public SolveStatus? Step()
    {
        ScoreStart();
        _standsBetweenIterations = false;
        var isScored = (Iterations + 1) % _traceEvery == 0 || Iterations + 1 == _options.OuterIterations;
        var before = Context.Clock.GetTimestamp();
        var isComplete = TryAdvance(isScored, out var ending);
        Iterations += isComplete ? 1 : 0;
        _solveTime += Context.Clock.GetElapsedTime(before);
        if (!isComplete)
        {
            return IsWithinTolerance ? SolveStatus.Converged : ending ?? _stoppedBy ?? Stop.Reason;
        }

        if (!double.IsFinite(_step.PopulationChange) || !Probabilities.All(double.IsFinite))
        {
            return SolveStatus.Diverged;
        }

        var isDue = Iterations % _traceEvery == 0 || MustBeScored;
        if ((isScored || isDue || ending is not null) && !TryScore(Context.Cancellation))
        {
            return _stoppedBy;
        }

        // A score that an end alone asks for would not be there if the solve went on.
        _standsBetweenIterations = ending is null && (isDue || !isScored);
        Context.Progress?.Invoke(
            new SolveProgress(
                Iterations,
                _options.OuterIterations,
                _step.PopulationChange,
                _scores.BestUpper,
                _options.Tolerance,
                Samples.Total,
                SampleLimit
            )
        );
        return EndingAfter(ending);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the threads.</summary>
    /// <param name="isDisposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            Team.Dispose();
            _interruption.Dispose();
        }
    }

    /// <summary>One outer iteration.</summary>
    /// <param name="isScored">Whether the iterate will be scored, and so what belongs to the trace only must be worked out.</param>
    /// <param name="step">What it did; of no matter where it did not come to its end.</param>
    /// <param name="ending">Why the solve must end after it, or <see langword="null"/>.</param>
    /// <returns>Whether it came to its end; otherwise the solve ends, by default for the reason of <see cref="Stop"/>.</returns>
    private protected abstract bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending);

    /// <summary>Everything of this solver's own that decides how it goes on from between two iterations.</summary>
    private protected abstract void Exchange(StateArchive archive);

    /// <summary>Told of each scored iterate; whether it is the answer, which no later score replaces.</summary>
    private protected virtual bool IsAnswer(Iterate scored) => false;

    /// <summary>What to try after a stall or divergence, in a sentence.</summary>
    private protected abstract string Advice(ScoreBoard scores);

    /// <summary>Adds what only this solver finds, and the time that certifying it takes.</summary>
    private protected virtual Solution Complete(Solution solution, bool isInAHurry) => solution;

    private bool IsWithinTolerance => _options.Tolerance > 0 && _scores.BestUpper <= _options.Tolerance;

    private SolveStatus? EndingAfter(SolveStatus? ending)
    {
        ending ??=
            Stop.Reason
            ?? (
                Iterations >= _options.OuterIterations ? SolveStatus.IterationLimit
                : _options.Tolerance > 0 ? _scores.Verdict()
                : null
            );
        return IsWithinTolerance && (EndsAtTolerance || ending is not null) ? SolveStatus.Converged : ending;
    }

    private void ScoreStart()
    {
        if (_scores.Last is null)
        {
            _solveTime += Stop.Elapsed;
            Score(CancellationToken.None);
        }
    }

    private SolverCheckpoint SaveTo(StateArchive archive)
    {
        ExchangeAll(archive);
        return new SolverCheckpoint(Iterations, Stop.Elapsed, archive.Written);
    }

    private void ExchangeAll(StateArchive archive)
    {
        var game = Pattern.Game;
        archive.Constant("solver", GetType().Name);
        archive.Constant("size", FormattableString.Invariant($"{game.StateCount} states, {game.PairCount} pairs"));
        var elapsed = archive.Value("elapsed", Stop.Elapsed);
        Stop.Earlier = archive.IsReading ? elapsed : Stop.Earlier;
        Iterations = archive.Value("iterations", Iterations);
        _solveTime = archive.Value("solveTime", _solveTime);
        _step = archive.Value("step", _step);
        _scores.Exchange(archive);
        Workspace.Exchange(archive);
        Exchange(archive);
    }

    private bool IsStop(OperationCanceledException exception)
    {
        var stopped = exception as SolveStoppedException;
        _stoppedBy = stopped?.Status ?? (Context.Cancellation.IsCancellationRequested ? SolveStatus.Cancelled : null);
        return _stoppedBy is not null;
    }

    private bool TryAdvance(bool isScored, out SolveStatus? ending)
    {
        try
        {
            return Advance(isScored, out _step, out ending);
        }
        catch (OperationCanceledException e) when (IsStop(e))
        {
            ending = null;
            _isCutShort = true;
            return false;
        }
    }

    private bool TryScore(CancellationToken cancellation)
    {
        try
        {
            Score(cancellation);
            return true;
        }
        catch (OperationCanceledException e) when (IsStop(e))
        {
            return false;
        }
    }

    private void Score(CancellationToken cancellation)
    {
        _interruption.GiveGrace(LongestScoreOnCancellation);
        _scores.Add(
            Iterations,
            Probabilities,
            MeanField,
            (certificate, gap) =>
                new TraceRow(
                    Iterations,
                    certificate.Exploitability,
                    certificate.RegularizedExploitability,
                    _step.PopulationChange,
                    _step.PolicyKl,
                    Samples,
                    _solveTime.TotalSeconds,
                    gap,
                    _step.StepSize,
                    _step.PopulationStep,
                    Context.Reference is null
                        ? double.NaN
                        : PopulationFlow.Distance([.. _scores.Last!.MeanField], _reference)
                ),
            cancellation
        );
        _interruption.EndGrace();
        Context.Scored?.Invoke(_scores.Trace[^1]);
        if (IsAnswer(_scores.Last!))
        {
            _scores.SettleOnLast();
        }
    }

    // What was not scored yet is scored at the end, unless the solve must stop and scores of this game take long, or it was left half-made: then
    // what was scored before has to do.
    private Solution Finish(SolveStatus status)
    {
        var isScored = _isCutShort || _scores.Last!.Iteration == Iterations;
        var isQuick = _scores.LastElapsed < LongestScoreOnCancellation;
        if (!isScored && status is SolveStatus.Cancelled or SolveStatus.TimeLimit && isQuick)
        {
            TryScore(CancellationToken.None);
        }
        else if (!isScored && status is not (SolveStatus.Cancelled or SolveStatus.TimeLimit or SolveStatus.Diverged))
        {
            status = TryScore(Context.Cancellation) ? status : _stoppedBy ?? status;
        }

        status = IsWithinTolerance ? SolveStatus.Converged : status;
        _interruption.GiveGrace(LongestScoreOnCancellation);
        return Complete(
            new Solution
            {
                Status = status,
                Explanation = SolveExplanation.Of(status, _options, Iterations, _scores, Advice(_scores)),
                Iterations = Iterations,
                Best = _scores.Best!,
                Last = _scores.Last!,
                Trace = _scores.Trace,
                SolveSeconds = _solveTime.TotalSeconds,
                CertifySeconds = _scores.Elapsed.TotalSeconds,
            },
            status is SolveStatus.Cancelled or SolveStatus.TimeLimit && !isQuick
        );
    }
}
