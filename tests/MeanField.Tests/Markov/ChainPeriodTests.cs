using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class ChainPeriodTests
{
    [Fact]
    public void A_cycle_of_three_has_period_three()
    {
        Assert.Equal([3], PeriodsOf([(1, 1)], [(2, 1)], [(0, 1)]));
    }

    [Fact]
    public void A_state_that_may_be_kept_makes_its_class_aperiodic()
    {
        Assert.Equal([1], PeriodsOf([(1, 1)], [(2, 1)], [(0, 0.5), (2, 0.5)]));
    }

    [Fact]
    public void Ways_of_four_and_of_six_have_period_two()
    {
        Assert.Equal(
            [2],
            PeriodsOf(
                [(1, 0.5), (4, 0.5)],
                [(2, 1)],
                [(3, 1)],
                [(0, 1)],
                [(5, 1)],
                [(6, 1)],
                [(7, 1)],
                [(8, 1)],
                [(0, 1)]
            )
        );
    }

    [Fact]
    public void Every_class_has_its_own_and_transient_states_none()
    {
        var periods = PeriodsOf([(1, 1)], [(0, 1)], [(0, 0.5), (3, 0.5)], [(4, 1)], [(5, 1)], [(3, 1)]);
        Assert.Equal([2, 3], periods.Order());
    }

    /// <summary>By definition: the greatest common divisor of the n for which Pⁿ(s, s) is positive, n up to twice the states squared.</summary>
    [Fact]
    public void Periods_are_those_of_the_definition()
    {
        var periodic = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            using var scene = new RandomCase(seed, seed % 2 == 0 ? RandomShape.Periodic : RandomShape.SeveralClasses);
            if (scene.States > 15)
            {
                continue;
            }

            var structure = ChainStructure.Find(scene.Chain);
            var periods = ChainPeriod.Find(scene.Chain, structure);
            for (var s = 0; s < scene.States; s++)
            {
                if (structure.RecurrentClass[s] is >= 0 and var c)
                {
                    Assert.Equal(Defined(scene.DenseChain, s), periods[c]);
                    periodic += periods[c] > 1 ? 1 : 0;
                }
            }
        }

        Assert.True(periodic > 10);
    }

    private static int Defined(decimal[,] chain, int state)
    {
        var count = chain.GetLength(0);
        var reached = Enumerable.Range(0, count).Select(s => s == state).ToArray();
        var period = 0;
        for (var n = 1; n <= 2 * count * count; n++)
        {
            reached =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(t => Enumerable.Range(0, count).Any(s => reached[s] && chain[s, t] > 0)),
            ];
            period = reached[state] ? (int)System.Numerics.BigInteger.GreatestCommonDivisor(period, n) : period;
        }

        return period;
    }

    private static int[] PeriodsOf(params (int, double)[][] rows)
    {
        var game = TabularGame.Create(ListedGame.OfChain(rows));
        using var team = new ThreadTeam(1);
        var chain = new InducedChain(game);
        chain.Update(
            FrozenMdp.Create(game, Grids.Uniform(game.Source)),
            Policy.Uniform(game).Probabilities.ToArray(),
            team
        );
        return ChainPeriod.Find(chain, ChainStructure.Find(chain));
    }
}
