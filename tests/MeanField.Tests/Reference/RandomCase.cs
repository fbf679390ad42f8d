using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Tests.Reference;

/// <summary>A random game with a random policy and mean field, compiled by the library on one side and dense on the other.</summary>
internal sealed class RandomCase : IDisposable
{
    public RandomCase(
        int seed,
        RandomShape? shape = null,
        MeanFieldCoupling? coupling = null,
        double? discount = null,
        bool hasGaps = true,
        int mostActions = 5
    )
    {
        Random = new Random(seed);
        Source = new RandomGame(seed, null, shape, coupling, discount, mostActions);
        Game = TabularGame.Create(Source);
        Law = RandomInputs.Law(Source.StateCount, Random, hasGaps);
        Policy = RandomInputs.Policy(Source, Random, hasGaps);
        Mdp = FrozenMdp.Create(Game, Law);
        Chain = new InducedChain(Game);
        Chain.Update(Mdp, Policy, Team);
        Dense = DenseMdp.At(Source, Law);
        DensePolicy = Dense.ByState(Policy);
        DenseChain = Dense.Chain(DensePolicy);
    }

    public Random Random { get; }

    public RandomGame Source { get; }

    public TabularGame Game { get; }

    public FrozenMdp Mdp { get; }

    public InducedChain Chain { get; }

    public double[] Law { get; }

    public double[] Policy { get; }

    public DenseMdp Dense { get; }

    public decimal[][] DensePolicy { get; }

    public decimal[,] DenseChain { get; }

    public ThreadTeam Team { get; } = new(1);

    public int States => Source.StateCount;

    /// <summary>What values can be told apart to: 1 − γ is known to one rounding error, and values are of the size 1/(1 − γ).</summary>
    public double ValueTolerance => 1e-13 + (2e-15 / ((1 - Source.Discount) * (1 - Source.Discount)));

    public void Dispose() => Team.Dispose();
}
