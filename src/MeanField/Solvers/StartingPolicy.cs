using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>Draws the policy that a solver starts from.</summary>
internal static class StartingPolicy
{
    private const double RandomTemperature = 0.2;

    /// <summary>π_0.</summary>
    /// <param name="game">The game.</param>
    /// <param name="start">Which policy.</param>
    /// <param name="seed">The seed of random ones; each pair has a number of its own.</param>
    /// <returns>One probability a pair.</returns>
    public static double[] Create(TabularGame game, StartPolicy start, long seed)
    {
        var logits = new double[game.PairCount];
        if (start == StartPolicy.Random)
        {
            var key = Philox.DeriveKey(seed, 0, 0, (int)SamplingPurpose.StartPolicy);
            for (var pair = 0; pair < logits.Length; pair++)
            {
                var uniform = Philox.Uniform(Philox.Block(key, 0, (ulong)pair).First);
                logits[pair] = ((2 * uniform) - 1) / RandomTemperature;
            }
        }

        var probabilities = new double[game.PairCount];
        LogSoftmax.Normalize(game.PairOffsets, 0, game.StateCount, logits, probabilities, new double[game.StateCount]);
        return probabilities;
    }
}
