namespace MeanField.Sampling;

/// <summary>One simulated step.</summary>
/// <param name="Pair">The state-action pair.</param>
/// <param name="Next">The next state.</param>
/// <param name="Reward">The reward.</param>
internal readonly record struct ObservedStep(int Pair, int Next, double Reward);
