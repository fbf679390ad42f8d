using System.Globalization;

namespace MeanField.Tabular;

/// <summary>A stationary randomised policy: for each state a probability over its feasible actions. Immutable.</summary>
public sealed class Policy
{
    /// <summary>How far the probabilities of a state may be from summing to one.</summary>
    public const double SumTolerance = 1e-9;

    private readonly double[] _probabilities;

    private Policy(double[] probabilities) => _probabilities = probabilities;

    /// <summary>π(a|s), one number a feasible pair, in the pair order of the game.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Checks and copies probabilities. Nothing is repaired.</summary>
    /// <param name="game">The game whose pairs these are.</param>
    /// <param name="probabilities">Length P.</param>
    /// <exception cref="ArgumentException">The length is wrong, a number is negative, NaN or infinite, or a state's numbers do not sum to
    /// one within <see cref="SumTolerance"/>; the message names state and action.</exception>
    public static Policy Create(TabularGame game, ReadOnlySpan<double> probabilities)
    {
        if (probabilities.Length != game.PairCount)
        {
            throw new ArgumentException(
                $"policy has {probabilities.Length} probabilities; allowed: {game.PairCount}, one a pair"
            );
        }

        for (var s = 0; s < game.StateCount; s++)
        {
            var sum = 0.0;
            for (var pair = game.PairOffsets[s]; pair < game.PairOffsets[s + 1]; pair++)
            {
                var probability = probabilities[pair];
                if (!(probability >= 0 && double.IsFinite(probability)))
                {
                    var place = GameTabulation.Place(game.Source, s, pair - game.PairOffsets[s]);
                    throw new ArgumentException($"policy at {place} is {Text(probability)}; allowed: 0 to 1");
                }

                sum += probability;
            }

            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                throw new ArgumentException(
                    $"policy at state {game.Source.StateName(s)} sums to {Text(sum)}; allowed: 1 within {Text(SumTolerance)}"
                );
            }
        }

        return new Policy(probabilities.ToArray());
    }

    /// <summary>The policy that draws uniformly among the feasible actions of each state.</summary>
    public static Policy Uniform(TabularGame game)
    {
        var probabilities = new double[game.PairCount];
        for (var s = 0; s < game.StateCount; s++)
        {
            var (start, end) = (game.PairOffsets[s], game.PairOffsets[s + 1]);
            probabilities.AsSpan(start, end - start).Fill(1.0 / (end - start));
        }

        return new Policy(probabilities);
    }

    /// <summary>A policy of a simulator, which has no table; the probabilities are this library's own and copied unchecked.</summary>
    internal static Policy OfPairs(ReadOnlySpan<double> probabilities) => new(probabilities.ToArray());

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
