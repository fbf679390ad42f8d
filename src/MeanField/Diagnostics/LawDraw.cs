using MeanField.Numerics;

namespace MeanField.Diagnostics;

/// <summary>Random laws for pairs, in turn: uniform over all laws; uneven over many orders of magnitude; nine tenths in one state.</summary>
internal static class LawDraw
{
    private const int Kinds = 3;
    private const double Unevenness = 8;
    private const double Concentration = 0.9;

    /// <summary>Law number i of a seed, a probability over the states.</summary>
    public static double[] Law(int states, long seed, int number)
    {
        var random = new RandomNumbers(seed, number);
        var kind = number % Kinds;
        var law = new double[states];
        for (var s = 0; s < states; s++)
        {
            law[s] = -Math.Log(1 - random.NextDouble());
            law[s] = kind == 1 ? Math.Pow(law[s], Unevenness) : law[s];
        }

        Normalize(law);
        if (kind == 2)
        {
            foreach (ref var share in law.AsSpan())
            {
                share *= 1 - Concentration;
            }

            law[random.NextBelow(states)] += Concentration;
            Normalize(law);
        }

        return law;
    }

    /// <summary>A law with mass moved along a change, and what would be negative cut off.</summary>
    /// <param name="law">μ by state.</param>
    /// <param name="direction">v by state, with sum zero and not 0.</param>
    /// <param name="mass">How much mass moves, negative for the other way.</param>
    public static double[] Moved(double[] law, double[] direction, double mass)
    {
        var size = 0.0;
        foreach (var change in direction)
        {
            size += 0.5 * Math.Abs(change);
        }

        var moved = new double[law.Length];
        for (var s = 0; s < law.Length; s++)
        {
            moved[s] = Math.Max(0, law[s] + (mass / size * direction[s]));
        }

        Normalize(moved);
        return moved;
    }

    /// <summary>Scales to sum one; to the uniform law where all is 0.</summary>
    private static void Normalize(double[] law)
    {
        var sum = law.Sum();
        for (var s = 0; s < law.Length; s++)
        {
            law[s] = sum > 0 ? law[s] / sum : 1.0 / law.Length;
        }
    }
}
