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
    private readonly ThreadTeam _team;
    private readonly IPolicyImprover _improver;
    private readonly double[] _moved;

    /// <summary>Starts from the uniform policy and the uniform mean field.</summary>
    /// <param name="simulator">The simulator, at the uniform mean field.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="context">The seed.</param>
    /// <param name="team">Threads.</param>
    /// <param name="stop">Looked at between waves of trajectories.</param>
    /// <param name="keepsModel">Whether a model of what is seen is kept also where the estimator needs none.</param>
    public SampledIteration(
        IBatchSimulator simulator,
        SamplingSettings settings,
        SolveContext context,
        ThreadTeam team,
        StopSignal stop,
        bool keepsModel
    )
    {
        _team = team;
        Settings = settings;
        var isModel = settings.Estimator == ActionValueEstimator.Model;
        Session = new SamplingSession(simulator, settings, context.Seed, team, stop)
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
        Policy = [.. _improver.Probabilities];
        _moved = new double[states];
    }

    public SamplingSettings Settings { get; }

    public SamplingSession Session { get; }

    /// <summary>What the steps seen so far suggest, where that is kept.</summary>
    public EstimatedModel? Model { get; }

    /// <summary>The policies of the last whole iteration's inner loop.</summary>
    public InnerIterates Iterates { get; }

    /// <summary>Outer iterations done.</summary>
    public int Count { get; private set; }

    /// <summary>μ_k.</summary>
    public double[] MeanField { get; }

    /// <summary>π_k, also after an iteration that did not come to its end.</summary>
    public double[] Policy { get; }

    /// <summary>What the last whole iteration did.</summary>
    public OuterStep LastStep { get; private set; }

    /// <summary>What the simulator did wrong, where it ended the solve.</summary>
    public SimulatorException? Failure { get; private set; }

    /// <summary>One outer iteration.</summary>
    /// <returns>Whether it came to its end, and why the solve must end, if it must.</returns>
    public (bool IsComplete, SolveStatus? Ending) Advance()
    {
        try
        {
            var (isComplete, ending) = _improver.Improve(Count, MeanField, Iterates);
            if (isComplete)
            {
                var stopped = _improver.MovePopulation(Count, MeanField, _moved);
                isComplete = stopped is null;
                ending ??= stopped;
            }

            if (isComplete && !(_improver.Probabilities.All(double.IsFinite) && _moved.All(double.IsFinite)))
            {
                return (false, SolveStatus.Diverged);
            }

            if (isComplete)
            {
                MixPopulation();
                Iterates.Complete();
                Count++;
            }

            return (isComplete, ending);
        }
        catch (SimulatorException e)
            when (e.InnerException is OperationCanceledException && Session.StopReason is { } reason)
        {
            return (false, reason);
        }
        catch (SimulatorException e)
        {
            Failure = e;
            return (false, SolveStatus.SimulatorFailed);
        }
    }

    /// <summary>The Markov policy of the mixture of <see cref="Iterates"/>.</summary>
    public double[] MarkovPolicy() =>
        Iterates.MarkovPolicy(Session.Simulator.PairOffsets, _improver.Occupancies(Iterates));

    /// <summary>Everything that was sampled and learned.</summary>
    public void Exchange(StateArchive archive)
    {
        Count = archive.Value("count", Count);
        archive.Numbers("population", MeanField.AsSpan());
        archive.Numbers("policy", Policy.AsSpan());
        LastStep = archive.Value("lastStep", LastStep);
        Session.Exchange(archive);
        Model?.Exchange(archive);
        _improver.Exchange(archive);
        Iterates.Exchange(archive);
        if (archive.IsReading)
        {
            Session.MoveTo(MeanField, _team);
        }
    }

    private void MixPopulation()
    {
        var exact = Settings.Exact;
        var step = exact.PopulationStep / (1 + (exact.PopulationStepDecay * Count));
        step = Settings.Averaging ? Math.Min(step, 2.0 / (Count + 3)) : step;
        var change = step * PopulationFlow.Distance(_moved, MeanField);
        for (var s = 0; s < MeanField.Length; s++)
        {
            MeanField[s] += step * (_moved[s] - MeanField[s]);
        }

        _improver.Probabilities.CopyTo(Policy, 0);
        LastStep = new OuterStep(change, _improver.PolicyKl, _improver.StepSize, step);
        Session.MoveTo(MeanField, _team);
    }
}
