using System.Runtime.CompilerServices;
using MeanField.Numerics;

namespace MeanField.Markov;

/// <summary>Policies from logits, row by row of the pair table.</summary>
internal static class LogSoftmax
{
    /// <summary>
    /// Turns logits into log-probabilities and probabilities for a range of states, the largest logit of each state subtracted first. A
    /// probability too small for a double becomes 0 while its logarithm stays finite, so nothing becomes NaN.
    /// </summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="start">The first state.</param>
    /// <param name="end">One past the last state.</param>
    /// <param name="logits">Length P: on entry finite logits, on return log-probabilities. Only the range is touched.</param>
    /// <param name="probabilities">Length P. Only the range is written.</param>
    /// <param name="scratch">Length S: scratch; the range is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Normalize(
        ReadOnlySpan<int> pairOffsets,
        int start,
        int end,
        Span<double> logits,
        Span<double> probabilities,
        Span<double> scratch
    )
    {
        var (first, last) = (pairOffsets[start], pairOffsets[end]);
        var pairs = logits[first..last];
        var sums = scratch[start..end];
        fixed (int* offsets = pairOffsets)
        fixed (
            double* logit = logits,
                probability = probabilities,
                sum = scratch
        )
        {
            for (int s = start, pair = first; s < end; s++)
            {
                var largest = logit[pair];
                for (var i = pair + 1; i < offsets[s + 1]; i++)
                {
                    largest = double.MaxNative(largest, logit[i]);
                }

                for (; pair < offsets[s + 1]; pair++)
                {
                    logit[pair] -= largest;
                }
            }

            VectorMath.Exp(pairs, probabilities[first..last]);
            for (int s = start, pair = first; s < end; s++)
            {
                var total = 0.0;
                for (var i = pair; i < offsets[s + 1]; i++)
                {
                    total += probability[i];
                }

                sum[s] = total;
                var inverse = 1 / total;
                for (; pair < offsets[s + 1]; pair++)
                {
                    probability[pair] *= inverse;
                }
            }

            VectorMath.Log(sums, sums);
            for (int s = start, pair = first; s < end; s++)
            {
                for (; pair < offsets[s + 1]; pair++)
                {
                    logit[pair] -= sum[s];
                }
            }
        }
    }
}
