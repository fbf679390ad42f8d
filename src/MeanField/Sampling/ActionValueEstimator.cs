namespace MeanField.Sampling;

/// <summary>How the returns of a state's roll-outs become action values.</summary>
public enum ActionValueEstimator
{
    /// <summary>
    /// The reward and transition model that all steps seen so far suggest, evaluated exactly (ours). Every step of every trajectory counts, also
    /// those of earlier iterations.
    /// </summary>
    Model,

    /// <summary>The sample mean of each action's returns; an action without a sample keeps its logit.</summary>
    Mean,

    /// <summary>A/n(s) Σ q̂ over the samples of an action (Shani et al. 2020), with the mean return of the state taken off first, because without that an
    /// action without a sample would look good or bad.</summary>
    Importance,
}
