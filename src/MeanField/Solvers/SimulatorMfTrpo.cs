using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// Sample-based MF-TRPO on a simulator alone. The method is that of <see cref="SampledMfTrpo"/>; without a kernel nothing can be certified, so a solve
/// ends with its sample budget or another limit, and how good its answer is stays a Monte-Carlo estimate.
/// </summary>
/// <remarks>Not safe for several threads; it makes its own, and then calls the simulator from all of them.</remarks>
public sealed class SimulatorMfTrpo : IDisposable
{
    private readonly SampledMfTrpoOptions _options;
    private readonly SolveContext _context;
    private readonly ThreadTeam _team;
    private readonly SampledIteration _iteration;
    private readonly StopSignal _stop;
    private readonly List<SimulatorTraceRow> _trace = [];
    private SimulatorIterate _last;
    private TimeSpan _solveTime;

    /// <summary>Prepares a solve from the uniform policy and the uniform mean field.</summary>
    /// <param name="simulator">The simulator; called from several threads where the context has more than one.</param>
    /// <param name="options">The options. The tolerance only sets the theory's horizon; a sample budget ends the solve.</param>
    /// <param name="context">Threads, seed, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentException">An option is out of its documented range or contradicts another.</exception>
    /// <exception cref="InvalidGameException">The simulator says impossible things about its states, actions or discount.</exception>
    public SimulatorMfTrpo(IGenerativeModel simulator, SampledMfTrpoOptions options, SolveContext context)
    {
        _options = options;
        _context = context;
        var batch = new GenerativeBatch(simulator);
        var settings = SamplingSettings.Create(options, batch);
        _stop = new StopSignal(context, options.TimeLimit);
        _team = new ThreadTeam(context.Threads);
        _iteration = new SampledIteration(batch, settings, context, _team, _stop, keepsModel: true);
        _last = Iterate(_iteration.Policy, _iteration.MeanField);
    }

    /// <summary>Outer iterations done.</summary>
    public int Iterations => _iteration.Count;

    /// <summary>Simulator calls so far.</summary>
    public SampleAccount Samples => _iteration.Session.Account;

    /// <summary>Solves from start to end.</summary>
    /// <inheritdoc cref="SimulatorMfTrpo(IGenerativeModel, SampledMfTrpoOptions, SolveContext)" path="/param|/exception" />
    public static SimulatorSolution Solve(
        IGenerativeModel simulator,
        SampledMfTrpoOptions options,
        SolveContext context
    )
    {
        using var solver = new SimulatorMfTrpo(simulator, options, context);
        return solver.Run();
    }

    /// <summary>Steps to the end and estimates how good the answers are.</summary>
    public SimulatorSolution Run()
    {
        SolveStatus? status;
        do
        {
            status = Step();
        } while (status is null);
        return Finish(status.Value);
    }

    /// <summary>One outer iteration.</summary>
    /// <returns>How the solve ended, or <see langword="null"/> to go on.</returns>
    public SolveStatus? Step()
    {
        var before = _context.Clock.GetTimestamp();
        var (isComplete, ending) = _iteration.Advance();
        _solveTime += _context.Clock.GetElapsedTime(before);
        if (!isComplete)
        {
            return ending;
        }

        var step = _iteration.LastStep;
        var residual = step.PopulationChange / step.PopulationStep;
        _last = Iterate(_iteration.Policy, _iteration.MeanField);
        _trace.Add(new SimulatorTraceRow(Iterations, residual, step.PolicyKl, Samples, _solveTime.TotalSeconds));
        _context.Progress?.Invoke(
            new SolveProgress(
                Iterations,
                _options.OuterIterations,
                step.PopulationChange,
                double.PositiveInfinity,
                0,
                Samples.Total,
                _iteration.Settings.SampleLimit
            )
        );
        return ending ?? _stop.Reason ?? (Iterations >= _options.OuterIterations ? SolveStatus.IterationLimit : null);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _team.Dispose();

    private SimulatorIterate Iterate(ReadOnlySpan<double> policy, ReadOnlySpan<double> meanField) =>
        new()
        {
            Iteration = Iterations,
            Policy = Policy.OfPairs(policy),
            MeanField = meanField.ToArray(),
        };

    private SimulatorSolution Finish(SolveStatus status)
    {
        var iterates = _iteration.Iterates;
        var mixture = iterates.Policies.Count > 0 ? Iterate(_iteration.MarkovPolicy(), iterates.MeanField) : null;
        var failure = _iteration.Failure;
        if (status is not (SolveStatus.Cancelled or SolveStatus.TimeLimit or SolveStatus.SimulatorFailed))
        {
            try
            {
                Judge(ref mixture);
            }
            catch (SimulatorException e)
            {
                var wasAskedTo = e.InnerException is OperationCanceledException && _stop.Reason is not null;
                (failure, status) = wasAskedTo ? (null, status) : (e, SolveStatus.SimulatorFailed);
            }
        }

        return new SimulatorSolution
        {
            Status = status,
            Explanation = Explain(status, failure),
            Iterations = Iterations,
            Last = _last,
            Mixture = mixture,
            Samples = Samples,
            SamplingPlan = _iteration.Settings.Describe(_iteration.Session.Horizon),
            Trace = [.. _trace],
            SolveSeconds = _solveTime.TotalSeconds,
        };
    }

    private void Judge(ref SimulatorIterate? mixture)
    {
        if (_options.EvaluationTrajectories == 0)
        {
            return;
        }

        var estimator = new DeviationEstimator(_iteration, _team, _options.EvaluationTrajectories);
        _last = estimator.Judge(_last);
        mixture = mixture is null ? null : estimator.Judge(mixture);
    }

    private string Explain(SolveStatus status, SimulatorException? failure)
    {
        var solving = Samples.Total - Samples.Evaluation;
        var done = FormattableString.Invariant($"{Iterations} outer iterations and {solving} samples");
        return status switch
        {
            SolveStatus.SimulatorFailed => $"{failure!.Message}; {done} before it are kept.",
            SolveStatus.SampleLimit => $"The sample budget is spent after {done}.",
            SolveStatus.IterationLimit => $"All outer iterations are done: {done}.",
            SolveStatus.TimeLimit => $"The time limit came after {done}.",
            SolveStatus.Diverged => $"The iterates are no longer finite numbers after {done}.",
            _ => $"Stopped on request after {done}.",
        };
    }
}
