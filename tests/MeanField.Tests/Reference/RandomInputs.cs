using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>Random laws and policies.</summary>
internal static class RandomInputs
{
    /// <summary>A probability over outcomes: exponentially distributed weights, some of them tiny or zero.</summary>
    public static double[] Law(int outcomes, Random random, bool hasGaps = false)
    {
        var weights = new double[outcomes];
        for (var i = 0; i < outcomes; i++)
        {
            weights[i] = -Math.Log(1 - random.NextDouble());
            if (hasGaps && outcomes > 1)
            {
                weights[i] *= random.Next(4) switch
                {
                    0 => 0,
                    1 => 1e-12,
                    _ => 1,
                };
            }
        }

        if (weights.Max() < 1e-3)
        {
            weights[random.Next(outcomes)] = 1;
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    /// <summary>A policy in pair order.</summary>
    public static double[] Policy(IMeanFieldGame game, Random random, bool hasGaps = false) =>
        [.. Enumerable.Range(0, game.StateCount).SelectMany(s => Law(game.ActionCount(s), random, hasGaps))];
}
