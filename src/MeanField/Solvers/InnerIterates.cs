using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>The policies that the inner loop of the last whole outer iteration evaluated: what the mixture is made of.</summary>
/// <remarks>Kept only while they fit; owned by one run, not safe for several threads.</remarks>
internal sealed class InnerIterates(int pairs, int innerIterations)
{
    private const long MostNumbers = 1 << 26;

    private readonly bool _fits = 2L * pairs * innerIterations <= MostNumbers;
    private Loop _whole = new();
    private Loop _begun = new();

    /// <summary>The policies, oldest first; empty before the first whole outer iteration, and where they do not fit.</summary>
    public IReadOnlyList<double[]> Policies => _whole.Policies;

    /// <summary>How often each state was drawn under each policy, one weight a state; empty where nothing was counted.</summary>
    public IReadOnlyList<double[]> Occupancies => _whole.Occupancies;

    /// <summary>The mean field they were found at.</summary>
    public ReadOnlySpan<double> MeanField => _whole.MeanField;

    /// <summary>Begins another inner loop; one that was not completed is forgotten.</summary>
    /// <param name="meanField">μ_k; copied.</param>
    public void Begin(ReadOnlySpan<double> meanField)
    {
        _begun.Policies.Clear();
        _begun.Occupancies.Clear();
        _begun.MeanField = meanField.ToArray();
    }

    /// <summary>Adds a policy to the loop begun.</summary>
    /// <param name="policy">One probability a pair; copied.</param>
    /// <param name="occupancy">How often each state was drawn, one weight a state; copied. Empty where nothing was counted.</param>
    public void Add(ReadOnlySpan<double> policy, ReadOnlySpan<double> occupancy = default)
    {
        if (!_fits)
        {
            return;
        }

        _begun.Policies.Add(policy.ToArray());
        if (!occupancy.IsEmpty)
        {
            _begun.Occupancies.Add(occupancy.ToArray());
        }
    }

    /// <summary>Puts the loop begun in the place of the one before, once its outer iteration is whole.</summary>
    public void Complete() => (_whole, _begun) = (_begun, _whole);

    /// <summary>The last whole loop.</summary>
    public void Exchange(StateArchive archive)
    {
        var count = archive.Value("policies", Policies.Count);
        var hasOccupancies = archive.Value("hasOccupancies", Occupancies.Count > 0);
        _whole.MeanField = archive.List("loopMeanField", _whole.MeanField);
        for (var l = 0; l < count; l++)
        {
            ExchangeOne(archive, "loopPolicy", _whole.Policies, l);
            if (hasOccupancies)
            {
                ExchangeOne(archive, "loopOccupancy", _whole.Occupancies, l);
            }
        }
    }

    private static void ExchangeOne(StateArchive archive, string name, List<double[]> arrays, int index)
    {
        var array = archive.List(name, index < arrays.Count ? arrays[index] : []);
        if (archive.IsReading)
        {
            arrays.Add(array);
        }
    }

    /// <summary>The Markov policy that weights π_l(a|s) by d_l(s); the plain mean in states that no iterate visits.</summary>
    /// <param name="pairOffsets">Length S + 1.</param>
    /// <param name="occupancies">d_l: for each policy one weight a state, of any common scale.</param>
    public double[] MarkovPolicy(ReadOnlySpan<int> pairOffsets, IReadOnlyList<double[]> occupancies)
    {
        var policy = new double[pairOffsets[^1]];
        for (var s = 0; s < pairOffsets.Length - 1; s++)
        {
            var visits = 0.0;
            foreach (var occupancy in occupancies)
            {
                visits += occupancy[s];
            }

            for (var l = 0; l < Policies.Count; l++)
            {
                var weight = visits > 0 ? occupancies[l][s] / visits : 1.0 / Policies.Count;
                for (var pair = pairOffsets[s]; pair < pairOffsets[s + 1]; pair++)
                {
                    policy[pair] += weight * Policies[l][pair];
                }
            }
        }

        return policy;
    }

    private sealed class Loop
    {
        public List<double[]> Policies { get; } = [];

        public List<double[]> Occupancies { get; } = [];

        public double[] MeanField { get; set; } = [];
    }
}
