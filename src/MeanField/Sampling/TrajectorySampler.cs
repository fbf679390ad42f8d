using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>
/// Runs trajectories in waves on all threads. What a trajectory does is a function of the key and its number alone, every trajectory has
/// a result of its own, and observations are added up as whole numbers or in order: the same bits for any number of threads.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class TrajectorySampler : IChunkedWork
{
    /// <summary>The most trajectories that a wave takes.</summary>
    public const int WaveSize = 1 << 16;

    // 16 bytes each where there is no kernel to count them in.
    private const int MostNoted = 1 << 23;

    private readonly IBatchSimulator _simulator;
    private readonly SampledPolicy _policy;
    private readonly ThreadTeam _team;
    private readonly TrajectoryLengths _lengths;
    private readonly TrajectoryOrder _order;
    private readonly ConcurrentBag<Lanes> _idle = [];
    private readonly ConcurrentBag<Lanes> _all = [];
    private readonly List<ObservedStep>?[] _blockLogs = new List<ObservedStep>?[WaveSize / Lanes.Count];
    private readonly List<List<ObservedStep>> _logs = [];
    private readonly ConcurrentBag<List<ObservedStep>> _emptyLogs = [];
    private readonly Lock _failureLock = new();
    private TrajectoryPlan? _plan;
    private bool _observes;
    private ulong _key;
    private long _first;
    private volatile int _failedBlock;
    private volatile bool _isStopped;
    private SimulatorException? _failure;

    public TrajectorySampler(IBatchSimulator simulator, SampledPolicy policy, ThreadTeam team)
    {
        _simulator = simulator;
        _policy = policy;
        _team = team;
        _lengths = new TrajectoryLengths(WaveSize);
        _order = new TrajectoryOrder(simulator.Model.StateCount, WaveSize);
        FirstPairs = new int[WaveSize];
        Returns = new double[WaveSize];
        LastStates = new int[WaveSize];
    }

    /// <summary>The pair that each roll-out of the last wave started with, where first actions are uniform; of no meaning otherwise.</summary>
    public int[] FirstPairs { get; }

    /// <summary>q̂, the return of each roll-out of the last wave.</summary>
    public double[] Returns { get; }

    /// <summary>Where each trajectory of the last wave ended.</summary>
    public int[] LastStates { get; }

    /// <summary>Asked in every step of a block of trajectories, from several threads, whether to give up the wave.</summary>
    public Func<bool> MustStop { get; init; } = () => false;

    /// <summary>Whether the last wave was given up: then its results are not whole.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Simulator calls of the last wave before first actions, resets included.</summary>
    public long DrawCalls { get; private set; }

    /// <summary>Simulator calls of the last wave from first actions on.</summary>
    public long RolloutCalls { get; private set; }

    /// <summary>Runs one wave. One whose steps are noted takes up no further trajectory once there are many of them.</summary>
    /// <param name="plan">What trajectories do.</param>
    /// <param name="key">The key of the random numbers.</param>
    /// <param name="first">The number of the first trajectory.</param>
    /// <param name="count">Trajectories wanted, at most <see cref="WaveSize"/>.</param>
    /// <param name="budget">Simulator calls that may be spent; the wave is cut to the trajectories that it pays for in full.</param>
    /// <param name="observes">Whether steps are noted for <see cref="Collect"/>.</param>
    /// <returns>The trajectories run: 0 where the budget does not pay for the first.</returns>
    /// <exception cref="SimulatorException">The simulator failed: of all failures the one in the first block of trajectories.</exception>
    public int Run(TrajectoryPlan plan, ulong key, long first, int count, long budget, bool observes)
    {
        _lengths.Draw(plan, key, first, count, _team);
        (DrawCalls, RolloutCalls) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var (draw, all) = (_lengths.DrawSteps[i], _lengths.Steps[i]);
            var calls = DrawCalls + RolloutCalls;
            if (calls + 1 + all > budget || (observes && calls >= MostNoted))
            {
                count = i;
                break;
            }

            DrawCalls += 1L + draw;
            RolloutCalls += all - draw;
        }

        _order.Arrange(plan.Start, key, first, count, _team);
        (_plan, _key, _first, _observes) = (plan, key, first, observes);
        (_isStopped, _failedBlock) = (false, int.MaxValue);
        _team.Run(this, count, Lanes.Count);
        _logs.AddRange(_blockLogs.OfType<List<ObservedStep>>());
        Array.Clear(_blockLogs);
        if (_failure is { } failure)
        {
            _failure = null;
            throw failure;
        }

        return count;
    }

    /// <summary>Adds the steps noted since the last call to a model.</summary>
    public void Collect(EmpiricalGame model)
    {
        _simulator.Collect(_all, _logs, model);
        foreach (var log in _logs)
        {
            log.Clear();
            _emptyLogs.Add(log);
        }

        _logs.Clear();
    }

    void IChunkedWork.Run(int start, int end)
    {
        if (!_idle.TryTake(out var lanes))
        {
            lanes = new Lanes();
            _all.Add(lanes);
        }

        for (var from = start; from < end; from += Lanes.Count)
        {
            RunBlock(lanes, from, Math.Min(from + Lanes.Count, end));
        }

        _idle.Add(lanes);
    }

    private void RunBlock(Lanes lanes, int start, int end)
    {
        var block = start / Lanes.Count;
        try
        {
            if (block < _failedBlock)
            {
                Begin(lanes, start, end);
                Advance(lanes, end - start, block);
            }
        }
        catch (SimulatorException e)
        {
            lock (_failureLock)
            {
                if (block < _failedBlock)
                {
                    (_failure, _failedBlock) = (e, block);
                }
            }
        }

        if (lanes.Log.Count > 0)
        {
            _blockLogs[block] = lanes.Log;
            lanes.Log = _emptyLogs.TryTake(out var log) ? log : [];
        }
    }

    private void Begin(Lanes lanes, int start, int end)
    {
        for (var place = start; place < end; place++)
        {
            var (lane, i) = (place - start, _order.At(place));
            var trajectory = (ulong)_first + (ulong)i;
            lanes.Trajectory[lane] = trajectory;
            lanes.Index[lane] = i;
            lanes.DrawSteps[lane] = _lengths.DrawSteps[i];
            lanes.LastStep[lane] = _lengths.Steps[i];
            lanes.State[lane] = _plan!.Start.Draw(_key, trajectory);
            lanes.Return[lane] = 0;
            lanes.Weight[lane] = 1;
        }
    }

    // Blocks after one that failed are given up; those before it go on, because they may fail as well and then count as the first.
    private void Advance(Lanes lanes, int count, int block)
    {
        var plan = _plan!;
        var decay = plan.Horizon is null ? 1 : plan.Discount;
        count = Retire(lanes, count, step: 0);
        for (var step = 1; count > 0; step++)
        {
            if (_isStopped || MustStop())
            {
                _isStopped = true;
                return;
            }

            if (block > _failedBlock)
            {
                return;
            }

            Philox.Fill(_key, step, lanes.Trajectory.AsSpan(0, count), lanes.ActionUniform, lanes.StepUniform);
            ChooseActions(lanes, count, plan.HasUniformFirstAction ? step - 1 : -1);
            _simulator.Step(lanes, count, _key, step);
            if (_observes)
            {
                _simulator.Observe(lanes, count);
            }

            AddRewards(lanes, count, step, decay, !plan.HasUniformFirstAction);
            count = Retire(lanes, count, step);
        }
    }

    // Lanes that have drawn exactly uniformAfter states take a uniform action, the others the policy's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void ChooseActions(Lanes lanes, int count, int uniformAfter)
    {
        fixed (
            int* offsets = _policy.PairOffsets,
                aliases = _policy.Aliases,
                states = lanes.State,
                pairs = lanes.Pair,
                draws = lanes.DrawSteps
        )
        fixed (
            double* thresholds = _policy.Thresholds,
                uniforms = lanes.ActionUniform
        )
        {
            for (var lane = 0; lane < count; lane++)
            {
                var state = states[lane];
                var row = offsets[state];
                var scaled = uniforms[lane] * (offsets[state + 1] - row);
                var place = (int)scaled;
                var pair = row + place;
                var keeps = (scaled - place < thresholds[pair]) | (draws[lane] == uniformAfter);
                pairs[lane] = AliasTable.Select(keeps, pair, row + aliases[pair]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void AddRewards(Lanes lanes, int count, int step, double decay, bool firstHasBonus)
    {
        fixed (
            int* draws = lanes.DrawSteps,
                pairs = lanes.Pair,
                firstPairs = lanes.FirstPair,
                states = lanes.State,
                next = lanes.Next
        )
        fixed (
            double* bonus = _policy.Bonus,
                rewards = lanes.Reward,
                returns = lanes.Return,
                weights = lanes.Weight
        )
        {
            for (var lane = 0; lane < count; lane++)
            {
                states[lane] = next[lane];
                var since = step - 1 - draws[lane];
                if (since < 0)
                {
                    continue;
                }

                var reward = rewards[lane];
                if (since > 0 || firstHasBonus)
                {
                    reward += bonus[pairs[lane]];
                }
                else
                {
                    firstPairs[lane] = pairs[lane];
                }

                returns[lane] += weights[lane] * reward;
                weights[lane] *= decay;
            }
        }
    }

    // Hands in the results of trajectories that end with this step.
    private int Retire(Lanes lanes, int count, int step)
    {
        for (var lane = 0; lane < count; )
        {
            if (lanes.LastStep[lane] > step)
            {
                lane++;
                continue;
            }

            var index = lanes.Index[lane];
            LastStates[index] = lanes.State[lane];
            FirstPairs[index] = lanes.FirstPair[lane];
            Returns[index] = lanes.Return[lane];
            lanes.Replace(lane, --count);
        }

        return count;
    }
}
