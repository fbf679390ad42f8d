using MeanField.Markov;

namespace MeanField.Diagnostics;

/// <summary>How a chain mixes.</summary>
internal static class ChainExamination
{
    private const int LargestForPairs = 1000;
    private const int DecaySteps = 400;

    /// <summary>An estimate of |λ₂|: the mean factor by which a step shrinks a random change, over the later half of many steps.</summary>
    public static double SecondEigenvalue(InducedChain chain, long seed)
    {
        var change = LawDraw.Law(chain.Game.StateCount, seed, 0);
        var next = new double[change.Length];
        var (logarithms, counted) = (0.0, 0);
        for (var n = 0; n < DecaySteps; n++)
        {
            var mean = change.Sum() / change.Length;
            var size = 0.0;
            foreach (ref var entry in change.AsSpan())
            {
                entry -= mean;
                size += entry * entry;
            }

            size = Math.Sqrt(size);
            if (!(size > 1e-14))
            {
                return 0;
            }

            if (n > DecaySteps / 2)
            {
                logarithms += Math.Log(size);
                counted++;
            }

            foreach (ref var entry in change.AsSpan())
            {
                entry /= size;
            }

            PopulationFlow.Push(chain, change, next);
            (change, next) = (next, change);
        }

        return Math.Min(1, Math.Exp(logarithms / counted));
    }

    /// <summary>Dobrushin's coefficient ½ max ‖P(s, ·) − P(s', ·)‖₁, or <see langword="null"/> where there are too many pairs of states.</summary>
    public static double? Dobrushin(InducedChain chain)
    {
        var states = chain.Game.StateCount;
        if (states > LargestForPairs)
        {
            return null;
        }

        var largest = 0.0;
        for (var s = 0; s < states; s++)
        {
            for (var other = 0; other < s; other++)
            {
                largest = Math.Max(largest, Distance(chain, s, other));
            }
        }

        return 0.5 * largest;
    }

    // ‖P(s, ·) − P(s', ·)‖₁ of sparse rows with ascending columns.
    private static double Distance(InducedChain chain, int left, int right)
    {
        var (l, r) = (chain.Offsets[left], chain.Offsets[right]);
        var sum = 0.0;
        while (l < chain.Offsets[left + 1] || r < chain.Offsets[right + 1])
        {
            var leftColumn = l < chain.Offsets[left + 1] ? chain.Columns[l] : int.MaxValue;
            var rightColumn = r < chain.Offsets[right + 1] ? chain.Columns[r] : int.MaxValue;
            var column = Math.Min(leftColumn, rightColumn);
            var difference =
                (leftColumn == column ? chain.Values[l] : 0) - (rightColumn == column ? chain.Values[r] : 0);
            sum += Math.Abs(difference);
            l += leftColumn == column ? 1 : 0;
            r += rightColumn == column ? 1 : 0;
        }

        return sum;
    }
}
