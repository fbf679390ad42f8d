using System.Runtime.CompilerServices;

namespace MeanField.Numerics;

/// <summary>
/// Draws from a discrete law in constant time by the alias method (Walker, ACM TOMS 3, 1977; built in linear time after Vose, IEEE Trans.
/// Softw. Eng. 17, 1991). Entry i of a table keeps its own number with probability <c>thresholds[i]</c> and stands for <c>aliases[i]</c> otherwise.
/// </summary>
internal static class AliasTable
{
    /// <summary>Builds the table of a law.</summary>
    /// <param name="weights">Non-negative, with a positive finite sum; need not sum to one.</param>
    /// <param name="thresholds">The same length; overwritten.</param>
    /// <param name="aliases">The same length; overwritten with numbers from 0.</param>
    /// <param name="scratch">At least the same length.</param>
    public static void Build(
        ReadOnlySpan<double> weights,
        Span<double> thresholds,
        Span<int> aliases,
        Span<int> scratch
    )
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        // Entries below the mean from the front of the scratch space, the others from its back.
        var (poor, rich) = (0, weights.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            thresholds[i] = weights[i] / total * weights.Length;
            aliases[i] = i;
            if (thresholds[i] < 1)
            {
                scratch[poor++] = i;
            }
            else
            {
                scratch[--rich] = i;
            }
        }

        while (poor > 0 && rich < weights.Length)
        {
            var (low, high) = (scratch[--poor], scratch[rich]);
            aliases[low] = high;
            thresholds[high] -= 1 - thresholds[low];
            if (thresholds[high] < 1)
            {
                rich++;
                scratch[poor++] = high;
            }
        }

        // What is left is 1 but for rounding; an entry without weight among it must never be drawn.
        for (var i = 0; i < poor; i++)
        {
            Settle(scratch[i], weights, thresholds, aliases);
        }

        for (var i = rich; i < weights.Length; i++)
        {
            thresholds[scratch[i]] = 1;
        }
    }

    /// <summary>The entry that a number draws.</summary>
    /// <param name="uniform">In [0, 1).</param>
    /// <param name="thresholds">The table.</param>
    /// <param name="aliases">The table.</param>
    public static int Draw(double uniform, ReadOnlySpan<double> thresholds, ReadOnlySpan<int> aliases)
    {
        var scaled = uniform * thresholds.Length;
        var i = (int)scaled;
        return scaled - i < thresholds[i] ? i : aliases[i];
    }

    /// <summary>One of two numbers without a branch: which one it is cannot be predicted, and a wrong guess costs more than the rest of a draw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Select(bool isFirst, int first, int second) =>
        second ^ ((second ^ first) & -Unsafe.BitCast<bool, byte>(isFirst));

    private static void Settle(int entry, ReadOnlySpan<double> weights, Span<double> thresholds, Span<int> aliases)
    {
        if (weights[entry] > 0)
        {
            thresholds[entry] = 1;
            return;
        }

        var heaviest = 0;
        for (var i = 1; i < weights.Length; i++)
        {
            heaviest = weights[i] > weights[heaviest] ? i : heaviest;
        }

        thresholds[entry] = 0;
        aliases[entry] = heaviest;
    }
}
