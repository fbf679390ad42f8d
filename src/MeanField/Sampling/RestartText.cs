using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Sampling;

/// <summary>Restart laws as they are written on the command line and in files: a word, or <c>STATE:WEIGHT,...</c>.</summary>
internal static class RestartText
{
    /// <summary>Reads a restart law; the weights are empty unless it is <see cref="RestartKind.Given"/>.</summary>
    /// <param name="owner">Whose option it is, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ParameterException">A part is no <c>STATE:WEIGHT</c>, or a state comes twice.</exception>
    public static (RestartKind Kind, SortedDictionary<int, double> Weights) Read(string owner, string text)
    {
        var weights = new SortedDictionary<int, double>();
        switch (text)
        {
            case "uniform":
                return (RestartKind.Uniform, weights);
            case "mean-field":
                return (RestartKind.MeanField, weights);
            case "simulator":
                return (RestartKind.Simulator, weights);
        }

        foreach (var part in text.Split(','))
        {
            var sides = part.Split(':');
            var isWeight =
                sides.Length == 2
                    & int.TryParse(sides[0], NumberStyles.None, CultureInfo.InvariantCulture, out var state)
                    & double.TryParse(sides[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
                && weight >= 0
                && double.IsFinite(weight);
            if (!isWeight || !weights.TryAdd(state, weight))
            {
                throw new ParameterException(
                    $"{owner}: 'restart' has '{part}', allowed is uniform, mean-field, simulator, or STATE:WEIGHT,... with each state once"
                );
            }
        }

        return (RestartKind.Given, weights);
    }
}
