namespace MeanField.Solvers;

/// <summary>The policies that the last outer iteration evaluated, with how often each state was drawn under each: what the mixture is made of.</summary>
/// <remarks>Kept only while they fit; owned by one run, not safe for several threads.</remarks>
internal sealed class InnerIterates(int pairs, int innerIterations)
{
    private const long MostNumbers = 1 << 26;

    private readonly bool _fits = (long)pairs * innerIterations <= MostNumbers;
    private readonly List<double[]> _policies = [];
    private readonly List<double[]> _occupancies = [];
    private double[] _meanField = [];
    private bool _isNew;

    /// <summary>The policies, oldest first; empty where they do not fit.</summary>
    public IReadOnlyList<double[]> Policies => _policies;

    /// <summary>How much each state counts under each policy, as drawn or as modelled; not normalised.</summary>
    public IReadOnlyList<double[]> Occupancies => _occupancies;

    /// <summary>The mean field they were found at.</summary>
    public ReadOnlySpan<double> MeanField => _meanField;

    /// <summary>Begins another outer iteration; the iterates of the last one stay until the first of the new one is there.</summary>
    public void Begin() => _isNew = true;

    /// <summary>Keeps a policy.</summary>
    /// <param name="policy">One probability a pair; copied.</param>
    /// <param name="occupancy">One weight a state; copied.</param>
    /// <param name="meanField">μ_k; copied.</param>
    public void Add(ReadOnlySpan<double> policy, ReadOnlySpan<double> occupancy, ReadOnlySpan<double> meanField)
    {
        if (!_fits)
        {
            return;
        }

        if (_isNew)
        {
            _isNew = false;
            _policies.Clear();
            _occupancies.Clear();
            _meanField = meanField.ToArray();
        }

        _policies.Add(policy.ToArray());
        _occupancies.Add(occupancy.ToArray());
    }

    /// <summary>The Markov policy that weights π_l(a|s) by d_l(s); the plain mean in states that no iterate visits.</summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    public double[] MarkovPolicy(ReadOnlySpan<int> pairOffsets)
    {
        var policy = new double[pairOffsets[^1]];
        for (var s = 0; s < pairOffsets.Length - 1; s++)
        {
            var visits = 0.0;
            foreach (var occupancy in _occupancies)
            {
                visits += occupancy[s];
            }

            for (var l = 0; l < _policies.Count; l++)
            {
                var weight = visits > 0 ? _occupancies[l][s] / visits : 1.0 / _policies.Count;
                for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
                {
                    policy[pair] += weight * _policies[l][pair];
                }
            }
        }

        return policy;
    }
}
