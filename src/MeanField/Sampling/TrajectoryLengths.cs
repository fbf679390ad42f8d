using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>
/// How long each trajectory of a wave will be. Lengths do not depend on where a trajectory goes, so that what a wave costs is known before
/// it runs.
/// </summary>
internal sealed class TrajectoryLengths(int capacity) : IChunkedWork
{
    private readonly ulong[] _trajectories = new ulong[capacity];
    private readonly double[] _drawUniform = new double[capacity];
    private readonly double[] _rollUniform = new double[capacity];
    private TrajectoryPlan? _plan;
    private ulong _key;
    private ulong _first;

    /// <summary>Steps before the first action.</summary>
    public int[] DrawSteps { get; } = new int[capacity];

    /// <summary>All steps.</summary>
    public int[] Steps { get; } = new int[capacity];

    /// <summary>Draws the lengths of a wave.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="key">The key of the random numbers.</param>
    /// <param name="first">The number of the first trajectory.</param>
    /// <param name="count">Trajectories, at most the capacity.</param>
    /// <param name="team">Threads.</param>
    public void Draw(TrajectoryPlan plan, ulong key, long first, int count, ThreadTeam team)
    {
        _plan = plan;
        _key = key;
        _first = (ulong)first;
        team.Run(this, count);
    }

    void IChunkedWork.Run(int start, int end)
    {
        var plan = _plan!;
        for (var i = start; i < end; i++)
        {
            _trajectories[i] = _first + (ulong)i;
        }

        var range = start..end;
        Philox.Fill(_key, 0, _trajectories.AsSpan(range), _drawUniform.AsSpan(range), _rollUniform.AsSpan(range));
        if (!plan.HasFixedDraw)
        {
            Geometric(
                plan,
                _drawUniform.AsSpan(range),
                Math.Min(plan.LongestDraw, RolloutHorizon.Longest),
                DrawSteps.AsSpan(range)
            );
        }
        else
        {
            DrawSteps.AsSpan(range).Fill(plan.LongestDraw);
        }

        if (plan is { HasRollout: true, Horizon: null })
        {
            Geometric(plan, _rollUniform.AsSpan(range), RolloutHorizon.Longest, Steps.AsSpan(range));
        }
        else
        {
            Steps.AsSpan(range).Fill(plan.Horizon ?? 0);
        }

        for (var i = start; i < end; i++)
        {
            Steps[i] = plan.HasRollout ? DrawSteps[i] + 1 + Steps[i] : DrawSteps[i];
        }
    }

    // The number of times that a coin with probability γ of going on lets one go on: ⌊log u / log γ⌋ with u uniform in (0, 1].
    private static void Geometric(TrajectoryPlan plan, Span<double> uniforms, int longest, Span<int> numbers)
    {
        for (var i = 0; i < uniforms.Length; i++)
        {
            uniforms[i] = 1 - uniforms[i];
        }

        VectorMath.Log(uniforms, uniforms);
        var scale = 1 / Math.Log(plan.Discount);
        for (var i = 0; i < uniforms.Length; i++)
        {
            numbers[i] = (int)Math.Min(longest, uniforms[i] * scale);
        }
    }
}
