using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>
/// The iterations of sample-based MF-TRPO, without any judgement of how good they are: inner loop at μ_k, then
/// μ_{k+1} = (1 − β_k) μ_k + β_k μ̂ (MF-TRPO, algorithms 2 and 3).
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class SampledIteration
{
    private readonly SolveContext _context;
    private readonly ThreadTeam _team;
    private readonly IPolicyImprover _improver;
    private readonly double[] _moved;
    private readonly long _started;

    /// <summary>Starts from the uniform policy and the uniform mean field.</summary>
    /// <param name="simulator">The simulator, at the uniform mean field.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="context">Threads, seed, clock, cancellation.</param>
    /// <param name="team">Threads.</param>
    /// <param name="keepsModel">Whether a model of what is seen is kept also where the estimator needs none.</param>
    public SampledIteration(
        IBatchSimulator simulator,
        SamplingSettings settings,
        SolveContext context,
        ThreadTeam team,
        bool keepsModel
    )
    {
        _context = context;
        _team = team;
        _started = context.Clock.GetTimestamp();
        Settings = settings;
        var isModel = settings.Estimator == ActionValueEstimator.Model;
        Session = new SamplingSession(simulator, settings, context, team, IsOutOfTime)
        {
            Observes = keepsModel || isModel,
        };
        Model = Session.Observes ? new EstimatedModel(Session, team) : null;
        _improver = isModel
            ? new ModelImprover(Session, Model!, team)
            : new RolloutImprover(Session, Model is null ? null : Model.Collect);
        var states = simulator.Model.StateCount;
        Iterates = new InnerIterates(simulator.PairOffsets[^1], settings.Exact.InnerIterations);
        MeanField = new double[states];
        Array.Fill(MeanField, 1.0 / states);
        _moved = new double[states];
        SolveTime = context.Clock.GetElapsedTime(_started);
    }

    public SamplingSettings Settings { get; }

    public SamplingSession Session { get; }

    /// <summary>What the steps seen so far suggest, where that is kept.</summary>
    public EstimatedModel? Model { get; }

    /// <summary>The policies of the last inner loop.</summary>
    public InnerIterates Iterates { get; }

    /// <summary>Outer iterations done.</summary>
    public int Count { get; private set; }

    /// <summary>μ_k.</summary>
    public double[] MeanField { get; }

    /// <summary>π_k.</summary>
    public double[] Policy => _improver.Probabilities;

    public double StepSize => _improver.StepSize;

    public double PolicyKl => _improver.PolicyKl;

    /// <summary>β of the last outer iteration.</summary>
    public double PopulationStep { get; private set; }

    /// <summary>‖μ_{k+1} − μ_k‖₁ of the last outer iteration.</summary>
    public double PopulationChange { get; private set; }

    /// <summary>Time spent here.</summary>
    public TimeSpan SolveTime { get; private set; }

    /// <summary>What the simulator did wrong, where it ended the solve.</summary>
    public SimulatorException? Failure { get; private set; }

    /// <summary>Whether the time limit has passed.</summary>
    public bool IsOutOfTime()
    {
        var limit = Settings.Exact.TimeLimit;
        return limit > 0 && _context.Clock.GetElapsedTime(_started).TotalSeconds >= limit;
    }

    /// <summary>One outer iteration.</summary>
    /// <returns>Whether it came to its end, and why the solve must end, if it must.</returns>
    public (bool IsComplete, SolveStatus? Ending) Advance()
    {
        var before = _context.Clock.GetTimestamp();
        try
        {
            var (isComplete, ending) = _improver.Improve(Count, MeanField, Iterates);
            if (isComplete)
            {
                var stopped = _improver.MovePopulation(Count, MeanField, _moved);
                isComplete = stopped is null;
                ending ??= stopped;
            }

            if (isComplete)
            {
                MixPopulation();
                Count++;
            }

            return (isComplete, ending);
        }
        catch (SimulatorException e)
        {
            Failure = e;
            return (false, SolveStatus.SimulatorFailed);
        }
        finally
        {
            SolveTime += _context.Clock.GetElapsedTime(before);
        }
    }

    private void MixPopulation()
    {
        var exact = Settings.Exact;
        var step = exact.PopulationStep / (1 + (exact.PopulationStepDecay * Count));
        PopulationStep = Settings.Averaging ? Math.Min(step, 2.0 / (Count + 3)) : step;
        PopulationChange = PopulationStep * PopulationFlow.Distance(_moved, MeanField);
        for (var s = 0; s < MeanField.Length; s++)
        {
            MeanField[s] += PopulationStep * (_moved[s] - MeanField[s]);
        }

        Session.MoveTo(MeanField, _team);
    }
}
