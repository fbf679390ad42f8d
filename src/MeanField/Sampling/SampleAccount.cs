namespace MeanField.Sampling;

/// <summary>Simulator calls, every reset and every step, by purpose. Trajectories run in waves; of a wave that the simulator's failure, the caller or the
/// time limit cut short, the calls that were planned are counted.</summary>
/// <param name="StateDrawing">Resets, and the steps that carry a trajectory from there to the state it is to evaluate.</param>
/// <param name="Rollout">Steps from that state on.</param>
/// <param name="Population">Placing and moving particles.</param>
/// <param name="Evaluation">Resets and steps of Monte-Carlo estimates of a finished answer; 0 where a kernel gives the certificate.</param>
public readonly record struct SampleAccount(long StateDrawing, long Rollout, long Population, long Evaluation = 0)
{
    /// <summary>The most calls that one account may hold for the total to be a number still.</summary>
    public const long LargestPart = long.MaxValue / 4;

    /// <summary>All calls.</summary>
    public long Total => StateDrawing + Rollout + Population + Evaluation;

    /// <summary>The accounts of two parts of a run together.</summary>
    public static SampleAccount operator +(SampleAccount left, SampleAccount right) =>
        new(
            left.StateDrawing + right.StateDrawing,
            left.Rollout + right.Rollout,
            left.Population + right.Population,
            left.Evaluation + right.Evaluation
        );
}
