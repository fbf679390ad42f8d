using System.Globalization;
using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>A user's simulator, asked one step at a time; every answer is checked.</summary>
internal sealed class GenerativeBatch : IBatchSimulator
{
    private readonly double[] _meanField;
    private readonly Interval _rewardRange;

    /// <summary>Checks what a simulator says about itself.</summary>
    /// <exception cref="InvalidGameException">No state, a state without an action, a discount outside (0, 1), or a reward range that no reward lies in.</exception>
    public GenerativeBatch(IGenerativeModel model)
    {
        Model = model;
        PairOffsets = CheckedPairOffsets(model);
        _rewardRange = model.RewardRange;
        _meanField = new double[model.StateCount];
        Array.Fill(_meanField, 1.0 / _meanField.Length);
    }

    public IGenerativeModel Model { get; }

    public int[] PairOffsets { get; }

    public void MoveTo(ReadOnlySpan<double> meanField, ThreadTeam team) => meanField.CopyTo(_meanField);

    public void Step(Lanes lanes, int count, ulong key, int step)
    {
        for (var lane = 0; lane < count; lane++)
        {
            var (state, trajectory) = (lanes.State[lane], lanes.Trajectory[lane]);
            var action = lanes.Pair[lane] - PairOffsets[state];
            var random = new RandomNumbers(key, step, trajectory, firstDraw: 1);
            var answer = Ask(state, action, trajectory, ref random);
            if ((uint)answer.Next >= (uint)Model.StateCount)
            {
                throw Failed(
                    state,
                    action,
                    trajectory,
                    $"went to state {answer.Next}; allowed: 0 to {Model.StateCount - 1}",
                    null
                );
            }

            if (!double.IsFinite(answer.Reward) || !_rewardRange.Contains(answer.Reward))
            {
                throw Failed(
                    state,
                    action,
                    trajectory,
                    $"gave the reward {answer.Reward.ToString("R", CultureInfo.InvariantCulture)}; allowed: a finite number in the declared range {_rewardRange}",
                    null
                );
            }

            lanes.Next[lane] = answer.Next;
            lanes.Reward[lane] = answer.Reward;
        }
    }

    public void Observe(Lanes lanes, int count)
    {
        for (var lane = 0; lane < count; lane++)
        {
            lanes.Log.Add(new ObservedStep(lanes.Pair[lane], lanes.Next[lane], lanes.Reward[lane]));
        }
    }

    public void Collect(IReadOnlyCollection<Lanes> workers, IReadOnlyList<List<ObservedStep>> logs, EmpiricalGame model)
    {
        foreach (var step in logs.SelectMany(log => log))
        {
            model.Add(step.Pair, step.Next, 1, step.Reward);
        }
    }

    private SimulatedStep Ask(int state, int action, ulong trajectory, ref RandomNumbers random)
    {
        try
        {
            return Model.Step(state, action, _meanField, ref random);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Failed(
                state,
                action,
                trajectory,
                $"threw {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}",
                e
            );
        }
    }

    // A simulator that fails may fail to name things too.
    private static string Name(Func<int, string> name, int number)
    {
        try
        {
            return name(number);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }
    }

    private SimulatorException Failed(int state, int action, ulong trajectory, string what, Exception? cause) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The simulator {what} (state {Name(Model.StateName, state)}, action {Name(a => Model.ActionName(state, a), action)}, trajectory {trajectory})"
            ),
            cause
        );

    private static int[] CheckedPairOffsets(IGenerativeModel model)
    {
        var findings = new List<GameFinding>();
        if (!(model.Discount > 0 && model.Discount < 1))
        {
            var found = model.Discount.ToString("R", CultureInfo.InvariantCulture);
            findings.Add(new("discount", $"is {found}", "greater than 0 and less than 1"));
        }

        if (!(model.RewardRange.Lower <= model.RewardRange.Upper))
        {
            findings.Add(
                new("reward range", $"is {model.RewardRange}", "a lower end that is no more than the upper end")
            );
        }

        if (model.StateCount < 1)
        {
            findings.Add(new("simulator", "has no state", "at least one state"));
        }

        var offsets = new int[Math.Max(0, model.StateCount) + 1];
        for (var s = 0; s < offsets.Length - 1; s++)
        {
            var actions = model.ActionCount(s);
            if (actions < 1)
            {
                findings.Add(new($"state {model.StateName(s)}", "has no action", "at least one action"));
            }

            offsets[s + 1] = offsets[s] + Math.Max(0, actions);
        }

        return findings.Count == 0 ? offsets : throw new InvalidGameException(findings);
    }
}
