using MeanField.Numerics;
using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>
/// Sampling in one solve: the simulator, the trajectories' policy and start, who pays for what, and when to stop.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class SamplingSession
{
    private readonly long _seed;
    private readonly StopSignal _stop;
    private TrajectoryPlan _improvement;
    private readonly TrajectoryPlan _population;
    private readonly int[] _arrivals;

    public SamplingSession(
        IBatchSimulator simulator,
        SamplingSettings settings,
        long seed,
        ThreadTeam team,
        StopSignal stop
    )
    {
        Simulator = simulator;
        Settings = settings;
        _seed = seed;
        _stop = stop;
        var model = simulator.Model;
        Policy = new SampledPolicy(simulator.PairOffsets, team);
        Sampler = new TrajectorySampler(simulator, Policy, team) { MustStop = () => stop.Reason is not null };
        var uniform = new double[model.StateCount];
        Array.Fill(uniform, 1.0 / uniform.Length);
        MeanField = RestartLaw.Weighted(model, uniform);
        Restart = settings.Restart switch
        {
            RestartKind.MeanField => MeanField,
            RestartKind.Simulator => RestartLaw.OfSimulator(model),
            RestartKind.Given => RestartLaw.Weighted(model, settings.RestartWeights),
            _ => RestartLaw.Uniform(model),
        };
        _improvement = Improvement();
        _population = new TrajectoryPlan
        {
            Start = MeanField,
            Discount = model.Discount,
            LongestDraw = settings.Exact.TransitionSteps ?? 0,
            HasFixedDraw = true,
            HasRollout = false,
        };
        _arrivals = new int[model.StateCount];
    }

    public IBatchSimulator Simulator { get; }

    /// <summary>T at this mean field, or <see langword="null"/> for the geometric clock.</summary>
    public int? Horizon => _improvement.Horizon;

    public SamplingSettings Settings { get; }

    /// <summary>The policy that trajectories follow.</summary>
    public SampledPolicy Policy { get; }

    public TrajectorySampler Sampler { get; }

    /// <summary>ν.</summary>
    public RestartLaw Restart { get; }

    /// <summary>Starts distributed as the mean field where the simulator stands.</summary>
    public RestartLaw MeanField { get; }

    /// <summary>Everything spent so far.</summary>
    public SampleAccount Account { get; private set; }

    /// <summary>Why the solve must stop now, or <see langword="null"/>.</summary>
    public SolveStatus? StopReason => _stop.Reason;

    /// <summary>Whether steps are noted for a model.</summary>
    public bool Observes { get; init; }

    /// <summary>Moves simulator and starts to a mean field.</summary>
    public void MoveTo(ReadOnlySpan<double> meanField, ThreadTeam team)
    {
        Simulator.MoveTo(meanField, team);
        MeanField.MoveTo(meanField);
        _improvement = Improvement();
    }

    /// <summary>The trajectories of an iteration that improves the policy.</summary>
    /// <param name="outer">The outer iteration.</param>
    /// <param name="inner">The inner iteration.</param>
    /// <param name="count">Trajectories wanted.</param>
    /// <param name="onWave">Told after each wave how many trajectories it had; their results are in <see cref="Sampler"/>.</param>
    /// <returns>Why not all of them were run, or <see langword="null"/>.</returns>
    public SolveStatus? Improve(int outer, int inner, long count, Action<int> onWave) =>
        Run(
            _improvement,
            Philox.DeriveKey(_seed, outer, inner, (int)SamplingPurpose.Improvement),
            count,
            Settings.Budget,
            Observes,
            onWave,
            (draw, rollout) => new SampleAccount(draw, rollout, 0)
        );

    /// <summary>Moves particles from the mean field with the policy.</summary>
    /// <param name="outer">The outer iteration.</param>
    /// <param name="moved">Length S: their empirical law, where all of them were moved.</param>
    /// <param name="onWave">Called after each wave.</param>
    /// <returns>Why not all of them were moved, or <see langword="null"/>.</returns>
    public SolveStatus? MoveParticles(int outer, Span<double> moved, Action? onWave = null)
    {
        Array.Clear(_arrivals);
        var status = Run(
            _population,
            Philox.DeriveKey(_seed, outer, 0, (int)SamplingPurpose.Population),
            Settings.Particles,
            Settings.Budget,
            Observes,
            count =>
            {
                CountArrivals(count);
                onWave?.Invoke();
            },
            (draw, _) => new SampleAccount(0, 0, draw)
        );
        for (var s = 0; s < _arrivals.Length && status is null; s++)
        {
            moved[s] = (double)_arrivals[s] / Settings.Particles;
        }

        return status;
    }

    /// <summary>Trajectories that estimate how good a finished answer is. They are no part of the budget.</summary>
    /// <param name="plan">What they do.</param>
    /// <param name="part">Distinguishes estimates; two with the same number share their random numbers.</param>
    /// <param name="count">Trajectories.</param>
    /// <param name="observes">Whether a model may learn from them, where there is one.</param>
    /// <param name="onWave">Told after each wave how many trajectories it had.</param>
    /// <returns>Whether all of them were run.</returns>
    public bool Evaluate(TrajectoryPlan plan, int part, int count, bool observes, Action<int> onWave) =>
        Run(
            plan,
            Philox.DeriveKey(_seed, part, 0, (int)SamplingPurpose.Evaluation),
            count,
            long.MaxValue,
            Observes && observes,
            onWave,
            (draw, rollout) => new SampleAccount(0, 0, 0, draw + rollout)
        )
            is null;

    /// <summary>What was spent. Random numbers need nothing: they are functions of the seed and of what is drawn.</summary>
    public void Exchange(StateArchive archive) => Account = archive.Value("account", Account);

    private TrajectoryPlan Improvement()
    {
        var discount = Simulator.Model.Discount;
        var horizon = Settings.StepsAt(discount, Simulator.RewardSpan);
        return new TrajectoryPlan
        {
            Start = Restart,
            Discount = discount,
            Horizon = horizon,
            LongestDraw = Settings.Estimator == ActionValueEstimator.Model ? int.MaxValue : horizon ?? int.MaxValue,
        };
    }

    private void CountArrivals(int count)
    {
        foreach (var state in Sampler.LastStates.AsSpan(0, count))
        {
            _arrivals[state]++;
        }
    }

    private SolveStatus? Run(
        TrajectoryPlan plan,
        ulong key,
        long count,
        long budget,
        bool observes,
        Action<int> onWave,
        Func<long, long, SampleAccount> charge
    )
    {
        for (var first = 0L; first < count; )
        {
            if (_stop.Reason is { } reason)
            {
                return reason;
            }

            var wanted = (int)Math.Min(TrajectorySampler.WaveSize, count - first);
            try
            {
                var run = Sampler.Run(plan, key, first, wanted, budget - Account.Total, observes);
                if (Sampler.IsStopped)
                {
                    return _stop.Reason;
                }

                if (run == 0)
                {
                    return SolveStatus.SampleLimit;
                }

                onWave(run);
                first += run;
            }
            finally
            {
                // A wave that failed or was given up counts as planned, though not all of it was run.
                Account += charge(Sampler.DrawCalls, Sampler.RolloutCalls);
            }
        }

        return null;
    }
}
