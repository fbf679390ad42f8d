namespace MeanField.Sampling;

/// <summary>
/// Collects the returns of roll-outs by the pair they started with and turns them into action values, advantages over the state's current value.
/// Owned by one run; not safe for several threads.
/// </summary>
internal sealed class ReturnSums(int[] pairOffsets)
{
    private readonly double[] _sums = new double[pairOffsets[^1]];
    private readonly int[] _counts = new int[pairOffsets[^1]];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
        Total = 0;
    }

    /// <summary>Roll-outs added.</summary>
    public long Total { get; private set; }

    /// <summary>Adds roll-outs in their order.</summary>
    public void Add(ReadOnlySpan<int> firstPairs, ReadOnlySpan<double> returns)
    {
        for (var i = 0; i < firstPairs.Length; i++)
        {
            _sums[firstPairs[i]] += returns[i];
            _counts[firstPairs[i]]++;
        }

        Total += firstPairs.Length;
    }

    /// <summary>The roll-outs that started with a pair.</summary>
    public int Count(int pair) => _counts[pair];

    /// <summary>The roll-outs that started in a state.</summary>
    public int StateCount(int state)
    {
        var count = 0;
        for (var pair = pairOffsets[state]; pair < pairOffsets[state + 1]; pair++)
        {
            count += _counts[pair];
        }

        return count;
    }

    /// <summary>The mean return of a pair that has one.</summary>
    public double Mean(int pair) => _sums[pair] / _counts[pair];

    /// <summary>
    /// The estimate of q̂(s, ·) by importance weights around the state's mean return m: m + A/(n − 1) Σ (q̂ − m) over the samples of an action. With
    /// n − 1 in the place of n it is unbiased from two samples on: m holds each return itself, which costs the factor (n − 1)/n (ours).
    /// </summary>
    /// <param name="state">A state with roll-outs.</param>
    /// <param name="values">A(s) numbers.</param>
    public void Importance(int state, Span<double> values)
    {
        var start = pairOffsets[state];
        var (sum, count) = (0.0, 0);
        for (var a = 0; a < values.Length; a++)
        {
            sum += _sums[start + a];
            count += _counts[start + a];
        }

        var mean = sum / count;
        var weight = count > 1 ? (double)values.Length / (count - 1) : 0;
        for (var a = 0; a < values.Length; a++)
        {
            values[a] = mean + (weight * (_sums[start + a] - (_counts[start + a] * mean)));
        }
    }

    /// <summary>The sample means of q̂(s, ·), NaN for actions without a sample.</summary>
    /// <param name="state">A state.</param>
    /// <param name="values">A(s) numbers.</param>
    public void Means(int state, Span<double> values)
    {
        var start = pairOffsets[state];
        for (var a = 0; a < values.Length; a++)
        {
            values[a] = _counts[start + a] > 0 ? Mean(start + a) : double.NaN;
        }
    }
}
