using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>How far values are from solving a Bellman equation, asked of the game row by row: for games too large to be dense.</summary>
internal static class BellmanEquation
{
    /// <summary>max_s |Σ_a π (Q − η log π) − V|.</summary>
    public static double PolicyResidual(
        IMeanFieldGame game,
        double[] meanField,
        double[] policy,
        double temperature,
        double[] stateValues
    )
    {
        var (largest, pair) = (0.0, 0);
        for (var s = 0; s < game.StateCount; s++)
        {
            var value = 0.0;
            foreach (var q in ActionValues(game, meanField, s, stateValues))
            {
                var probability = policy[pair++];
                value += probability == 0 ? 0 : probability * (q - (temperature * Math.Log(probability)));
            }

            largest = Math.Max(largest, Math.Abs(value - stateValues[s]));
        }

        return largest;
    }

    /// <summary>max_s |max_a Q − V|, or with η log Σ_a exp(Q/η).</summary>
    public static double OptimalityResidual(
        IMeanFieldGame game,
        double[] meanField,
        double temperature,
        double[] stateValues
    )
    {
        var largest = 0.0;
        for (var s = 0; s < game.StateCount; s++)
        {
            var values = ActionValues(game, meanField, s, stateValues);
            var best = values.Max();
            var soft =
                temperature == 0 ? 0 : temperature * Math.Log(values.Sum(q => Math.Exp((q - best) / temperature)));
            largest = Math.Max(largest, Math.Abs(best + soft - stateValues[s]));
        }

        return largest;
    }

    private static double[] ActionValues(IMeanFieldGame game, double[] meanField, int state, double[] stateValues)
    {
        var values = new double[game.ActionCount(state)];
        for (var a = 0; a < values.Length; a++)
        {
            var row = new TransitionRow();
            game.AddTransitions(state, a, meanField, row);
            values[a] =
                game.Reward(state, a, meanField)
                + (game.Discount * row.Entries.Sum(entry => entry.Value * stateValues[entry.Key]));
        }

        return values;
    }
}
