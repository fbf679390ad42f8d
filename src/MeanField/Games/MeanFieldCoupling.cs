namespace MeanField.Games;

/// <summary>What in a game depends on the mean field. A kernel that does not depend on it is built once and shared.</summary>
public enum MeanFieldCoupling
{
    /// <summary>Nothing: the game is an ordinary Markov decision process.</summary>
    None,

    /// <summary>Rewards depend on the mean field, transitions do not.</summary>
    Rewards,

    /// <summary>Rewards and transition probabilities depend on the mean field.</summary>
    RewardsAndTransitions,
}
