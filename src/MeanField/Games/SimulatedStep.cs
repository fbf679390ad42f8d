namespace MeanField.Games;

/// <summary>What a simulator answers to one step.</summary>
/// <param name="Next">The next state, 0 to S − 1.</param>
/// <param name="Reward">r, a finite number within the declared range.</param>
public readonly record struct SimulatedStep(int Next, double Reward);
