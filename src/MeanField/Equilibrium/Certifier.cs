using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Equilibrium;

/// <summary>Certifies a policy and a mean field from the game alone. Safe to call from several threads.</summary>
public static class Certifier
{
    /// <summary>Bounds the exploitability of a policy at a mean field, whatever they came from.</summary>
    /// <param name="game">The game.</param>
    /// <param name="policy">π.</param>
    /// <param name="meanField">μ, length S; not changed.</param>
    /// <param name="temperature">η, zero or more and finite.</param>
    /// <exception cref="ArgumentException">The mean field is not a probability over the states, the policy belongs to another game, or the
    /// temperature is out of range. Nothing is repaired.</exception>
    /// <exception cref="InvalidGameException">The game is broken at this mean field.</exception>
    public static Certificate Certify(
        TabularGame game,
        Policy policy,
        ReadOnlySpan<double> meanField,
        double temperature
    )
    {
        if (!(temperature >= 0 && double.IsFinite(temperature)))
        {
            throw new ArgumentException("temperature is out of range; allowed: a finite number of at least 0");
        }

        if (policy.Probabilities.Length != game.PairCount)
        {
            throw new ArgumentException(
                $"policy has {policy.Probabilities.Length} probabilities; allowed: {game.PairCount}, one a pair"
            );
        }

        using var team = new ThreadTeam(1);
        var mdp = FrozenMdp.Create(game, meanField);
        return new CertificateWorkspace(new InducedChain(game), team).Certify(
            mdp,
            policy.Probabilities.ToArray(),
            temperature
        );
    }

    /// <summary>The stationary law of a policy that a population reaches from a start law, by elimination without subtraction, which is
    /// accurate also where the chain mixes so slowly that a stationarity residual says nothing.</summary>
    /// <param name="game">The game.</param>
    /// <param name="policy">π.</param>
    /// <param name="start">Length S; matters only where there are several recurrent classes, or where transitions depend on μ.</param>
    /// <returns>Length S, owned by the caller.</returns>
    /// <exception cref="ArgumentException">The start is not a probability over the states, or the policy belongs to another game.</exception>
    public static double[] StationaryLawOf(TabularGame game, Policy policy, ReadOnlySpan<double> start)
    {
        if (policy.Probabilities.Length != game.PairCount)
        {
            throw new ArgumentException(
                $"policy has {policy.Probabilities.Length} probabilities; allowed: {game.PairCount}, one a pair"
            );
        }

        using var team = new ThreadTeam(1);
        var mdp = FrozenMdp.Create(game, start);
        var law = start.ToArray();
        new StationaryLaw(new InducedChain(game)).Solve(mdp, policy.Probabilities.ToArray(), law, team);
        return law;
    }
}
