namespace MeanField.Sampling;

/// <summary>
/// The trajectories that one thread moves together, a step each at a time, one array a quantity: then the loads of one do not wait for
/// those of another. Small enough for the first cache. Owned by one thread at a time.
/// </summary>
internal sealed class Lanes
{
    public const int Count = 256;

    /// <summary>The number of each trajectory, as the random numbers know it.</summary>
    public ulong[] Trajectory { get; } = new ulong[Count];

    /// <summary>Where each trajectory stands in the wave's arrays.</summary>
    public int[] Index { get; } = new int[Count];

    /// <summary>Steps before the state to evaluate.</summary>
    public int[] DrawSteps { get; } = new int[Count];

    /// <summary>All steps.</summary>
    public int[] LastStep { get; } = new int[Count];

    public int[] State { get; } = new int[Count];

    public int[] Pair { get; } = new int[Count];

    public int[] Next { get; } = new int[Count];

    /// <summary>The stored entry of the kernel that a step took, where there is a kernel.</summary>
    public int[] Entry { get; } = new int[Count];

    public double[] Reward { get; } = new double[Count];

    public double[] ActionUniform { get; } = new double[Count];

    public double[] StepUniform { get; } = new double[Count];

    /// <summary>The pair that a roll-out starts with.</summary>
    public int[] FirstPair { get; } = new int[Count];

    /// <summary>The return so far.</summary>
    public double[] Return { get; } = new double[Count];

    /// <summary>What the next reward counts.</summary>
    public double[] Weight { get; } = new double[Count];

    /// <summary>How often each entry of the kernel was taken; empty until needed.</summary>
    public int[] EntryCounts { get; set; } = [];

    /// <summary>Steps taken since the block began, where there is no kernel to count in.</summary>
    public List<ObservedStep> Log { get; set; } = [];

    /// <summary>Puts the last of several trajectories in the place of one that has ended.</summary>
    public void Replace(int lane, int last)
    {
        Trajectory[lane] = Trajectory[last];
        Index[lane] = Index[last];
        DrawSteps[lane] = DrawSteps[last];
        LastStep[lane] = LastStep[last];
        State[lane] = State[last];
        FirstPair[lane] = FirstPair[last];
        Return[lane] = Return[last];
        Weight[lane] = Weight[last];
    }
}
