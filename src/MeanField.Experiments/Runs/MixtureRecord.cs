using MeanField.Equilibrium;
using MeanField.Numerics;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>What a run says about the uniform mixture of its last inner iterates. Immutable.</summary>
/// <param name="Members">The number of inner iterates in it, at least 1.</param>
/// <param name="Value">Σ_s μ(s) V(s), the mean of the members' values, as computed.</param>
/// <param name="RegularizedValue">The same with entropy rewards.</param>
/// <param name="Exploitability">Contains φ of the mixture at the mean field its members were found at. It rests on the hash of
/// run.json: the members are not stored.</param>
/// <param name="RegularizedExploitability">Contains φ_η of it.</param>
/// <param name="MarkovCertificate">The certificate of the mixture's Markov policy, which is stored with its stationary law.</param>
public sealed record MixtureRecord(
    int Members,
    double Value,
    double RegularizedValue,
    Interval Exploitability,
    Interval RegularizedExploitability,
    Certificate MarkovCertificate
)
{
    /// <summary>The record of a solved mixture.</summary>
    public static MixtureRecord Create(Mixture mixture)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        return new MixtureRecord(
            mixture.Members,
            mixture.Value,
            mixture.RegularizedValue,
            mixture.Exploitability,
            mixture.RegularizedExploitability,
            mixture.MarkovPolicy.Certificate
        );
    }
}
