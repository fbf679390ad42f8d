namespace MeanField.Tests.Reference;

/// <summary>The references against textbook constants and against each other by second methods.</summary>
public class ReferenceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 15)];

    [Fact]
    public void Decimals_carry_what_doubles_are()
    {
        Assert.Equal(0.1000000000000000055511151231m, DecimalMath.From(0.1));
        Assert.Equal(0m, DecimalMath.From(1e-300));
        Assert.Equal(-3m, DecimalMath.From(-3));
    }

    [Fact]
    public void Exponential_and_logarithm_have_25_digits()
    {
        Assert.Equal(0m, DecimalMath.Exp(1) - 2.7182818284590452353602874714m, 25);
        Assert.Equal(0m, DecimalMath.Exp(-10) - 0.0000453999297624848515355915m, 27);
        Assert.Equal(0m, DecimalMath.Log(2) - 0.6931471805599453094172321215m, 25);
        Assert.Equal(0m, DecimalMath.Log(DecimalMath.Exp(-41.5m)) + 41.5m, 8);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Value_iteration_finds_the_same_optimal_values(int seed)
    {
        var game = new RandomGame(seed, states: 1 + (seed % 8), discount: 0.8);
        var mdp = DenseMdp.At(game, RandomInputs.Law(game.StateCount, new Random(seed)));
        foreach (var temperature in new[] { 0m, 0.3m })
        {
            var values = new decimal[game.StateCount];
            for (var n = 0; n < 160; n++)
            {
                values = mdp.Improve(values, temperature).Values;
            }

            var optimal = mdp.OptimalValues(temperature);
            Assert.All(values, (value, s) => Assert.Equal(0m, value - optimal[s], 14));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Values_and_visits_are_two_ways_to_one_number(int seed)
    {
        var game = new RandomGame(seed);
        var random = new Random(seed);
        var law = RandomInputs.Law(game.StateCount, random);
        var mdp = DenseMdp.At(game, law);
        var policy = mdp.ByState(RandomInputs.Policy(game, random));
        var values = mdp.PolicyValues(policy, 0.1m);
        var rewards = mdp.ExpectedRewards(policy, 0.1m);
        var visits = DenseChain.Visits(mdp.Chain(policy), mdp.Discount, mdp.MeanField);
        var byValues = mdp.MeanField.Zip(values, (weight, value) => weight * value).Sum();
        Assert.Equal(0m, byValues - visits.Zip(rewards, (x, r) => x * r).Sum(), 18);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_single_stationary_law_is_the_limit_from_anywhere(int seed)
    {
        var game = new RandomGame(seed, shape: RandomShape.Connected);
        var random = new Random(seed);
        var mdp = DenseMdp.At(game, RandomInputs.Law(game.StateCount, random));
        var chain = mdp.Chain(mdp.ByState(RandomInputs.Policy(game, random)));
        var law = DenseChain.StationaryLaw(chain);
        var limit = DenseChain.LimitLaw(chain, RandomInputs.Law(game.StateCount, random));
        Assert.Single(DenseChain.RecurrentClass(chain).Where(c => c >= 0).Distinct());
        Assert.All(limit, (share, s) => Assert.Equal((double)law[s], share, 1e-12));
    }

    // NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.4, upper-tail critical values.
    [Theory]
    [InlineData(1, 0.05, 3.841)]
    [InlineData(1, 0.01, 6.635)]
    [InlineData(1, 0.001, 10.828)]
    [InlineData(2, 0.05, 5.991)]
    [InlineData(2, 0.001, 13.816)]
    [InlineData(5, 0.01, 15.086)]
    [InlineData(10, 0.05, 18.307)]
    [InlineData(25, 0.001, 52.620)]
    [InlineData(100, 0.01, 135.807)]
    public void The_tail_of_chi_square_has_its_tabulated_values(int degreesOfFreedom, double tail, double criticalValue)
    {
        Assert.InRange(ChiSquare.UpperTail(criticalValue - 0.0006, degreesOfFreedom), tail, 2 * tail);
        Assert.InRange(ChiSquare.UpperTail(criticalValue + 0.0006, degreesOfFreedom), tail / 2, tail);
    }

    [Fact]
    public void Counts_are_judged_by_cells_that_expect_enough()
    {
        // (60 − 50)²/50 + (40 − 50)²/50 = 4, and 2 Φ(−2) = 0.0455003.
        Assert.Equal(0.0455003, ChiSquare.PValue([60, 40], [0.5, 0.5]), 1e-7);
        Assert.Equal(0, ChiSquare.PValue([60, 40, 1], [0.5, 0.5, 0]));
        Assert.Equal(1, ChiSquare.PValue([7], [1]));

        // The last two together expect 4: their (14 − 4)²/5 is added, their cell is not.
        Assert.Equal(
            ChiSquare.UpperTail(20 + (100 / 48.0), 1),
            ChiSquare.PValue([48, 38, 7, 7], [0.48, 0.48, 0.02, 0.02]),
            1e-12
        );
    }
}
