namespace MeanField.Sampling;

/// <summary>
/// What a batch of trajectories does: start from a law, follow the policy for some steps, then, unless it is only to move a particle, take one
/// first action, roll out with the policy and add up rewards.
/// </summary>
internal sealed record TrajectoryPlan
{
    /// <summary>Where trajectories start.</summary>
    public required RestartLaw Start { get; init; }

    /// <summary>γ, for the geometric clocks and the return.</summary>
    public required double Discount { get; init; }

    /// <summary>Steps with the policy before the first action: at most this many of a geometric number, stopping with probability 1 − γ at
    /// every state, or exactly this many where <see cref="HasFixedDraw"/>.</summary>
    public required int LongestDraw { get; init; }

    /// <summary>Whether the number of steps before the first action is fixed.</summary>
    public bool HasFixedDraw { get; init; }

    /// <summary>Whether there is a first action and a roll-out at all.</summary>
    public bool HasRollout { get; init; } = true;

    /// <summary>Whether the first action is uniform over the feasible ones; otherwise it is the policy's.</summary>
    public bool HasUniformFirstAction { get; init; } = true;

    /// <summary>T, steps of the roll-out after the first, 0 to <see cref="RolloutHorizon.Longest"/>, or <see langword="null"/> for a geometric
    /// number with an undiscounted sum, which is exactly unbiased.</summary>
    public int? Horizon { get; init; }
}
