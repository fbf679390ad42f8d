using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

/// <summary>Sparse state reduction against Gaussian elimination on full matrices of decimals.</summary>
public class StateReductionTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Values_and_visits_are_those_of_a_dense_solve(int seed)
    {
        var (game, chain, random) = RandomChain(seed);
        var rows = new SparseRows(chain);
        var reduction = new StateReduction(Plans.Of(rows.Offsets, rows.Columns));
        var discount = DecimalMath.From(game.Discount);
        var rewards = RandomInputs.Law(game.StateCount, random).Select(x => x - 0.5).ToArray();
        var start = RandomInputs.Law(game.StateCount, random, hasGaps: true);
        reduction.Factor(rows.Offsets, rows.Values, game.Discount);

        var values = new double[game.StateCount];
        reduction.SolveValues(rewards, values);
        var expectedValues = LinearSolver.Solve(
            DenseChain.OneMinus(chain, discount, isTransposed: false),
            DecimalMath.From(rewards)
        );
        AssertClose(expectedValues, values, Tolerance(game.Discount));

        var visits = new double[game.StateCount];
        reduction.SolveVisits(start, visits);
        AssertClose(DenseChain.Visits(chain, discount, DecimalMath.From(start)), visits, Tolerance(game.Discount));

        // Again in place, and in the other order: a solve leaves nothing behind.
        reduction.SolveVisits(start, start);
        reduction.SolveValues(rewards, rewards);
        Assert.Equal(visits, start);
        Assert.Equal(values, rewards);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void States_left_out_end_the_chain(int seed)
    {
        var (game, chain, random) = RandomChain(seed);
        var included = Enumerable.Range(0, game.StateCount).Select(_ => random.Next(3) > 0).ToArray();
        var rows = new SparseRows(chain);
        var reduction = new StateReduction(Plans.Of(rows.Offsets, rows.Columns));
        reduction.Factor(rows.Offsets, rows.Values, game.Discount, included);
        var rewards = RandomInputs.Law(game.StateCount, random);
        var values = new double[game.StateCount];
        reduction.SolveValues(rewards, values);

        for (var s = 0; s < game.StateCount; s++)
        {
            for (var next = 0; next < game.StateCount && !included[s]; next++)
            {
                chain[s, next] = 0;
            }
        }

        var expected = LinearSolver.Solve(
            DenseChain.OneMinus(chain, DecimalMath.From(game.Discount), isTransposed: false),
            DecimalMath.From(rewards)
        );
        AssertClose(expected, values, Tolerance(game.Discount));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_stationary_law_of_a_connected_chain_is_that_of_a_dense_solve(int seed)
    {
        var (game, chain, _) = RandomChain(seed, RandomShape.Connected);
        var rows = new SparseRows(chain);
        AssertClose(DenseChain.StationaryLaw(chain), StationaryLaw(rows, game.StateCount), 1e-14);
    }

    // Two halves joined by links of 1e-12: an elimination that subtracts would lose twelve digits of the balance between them.
    [Fact]
    public void A_nearly_uncoupled_chain_loses_no_digits()
    {
        var random = new Random(5);
        var chain = new decimal[10, 10];
        for (var i = 0; i < 10; i++)
        {
            var link = i % 5 == 0 ? (i < 5 ? 1e-12m : 3e-12m) : 0;
            var law = DecimalMath.From(RandomInputs.Law(5, random));
            for (var j = 0; j < 5; j++)
            {
                chain[i, (i / 5 * 5) + j] = law[j] / law.Sum() * (1 - link);
            }

            chain[i, (i + 5) % 10] += link;
        }

        var expected = DenseChain.StationaryLaw(chain);
        var law2 = StationaryLaw(new SparseRows(chain), 10);
        Assert.All(law2, (share, s) => Assert.Equal(1, share / (double)expected[s], 1e-13));
    }

    // Discounts as near one as doubles allow: every pivot is still a sum of positive numbers.
    [Fact]
    public void A_discount_next_to_one_keeps_the_values_of_a_constant_reward()
    {
        var (game, chain, _) = RandomChain(11, RandomShape.Connected);
        var rows = new SparseRows(chain);
        var reduction = new StateReduction(Plans.Of(rows.Offsets, rows.Columns));
        var discount = 1 - 1e-9;
        reduction.Factor(rows.Offsets, rows.Values, discount);
        var values = new double[game.StateCount];
        reduction.SolveValues(Enumerable.Repeat(1 - discount, game.StateCount).ToArray(), values);
        Assert.All(values, value => Assert.Equal(1, value, 1e-6));
    }

    private static double[] StationaryLaw(SparseRows rows, int states)
    {
        var reduction = new StateReduction(Plans.Of(rows.Offsets, rows.Columns));
        var law = new double[states];
        reduction.Factor(rows.Offsets, rows.Values, 1);
        reduction.SolveStationary(new int[states], law);
        Assert.Contains(1.0, law);
        var sum = law.Sum();
        return Array.ConvertAll(law, share => share / sum);
    }

    private static (RandomGame Game, decimal[,] Chain, Random Random) RandomChain(int seed, RandomShape? shape = null)
    {
        var game = new RandomGame(seed, shape: shape);
        var random = new Random(seed);
        var mdp = DenseMdp.At(game, RandomInputs.Law(game.StateCount, random));
        var chain = mdp.Chain(mdp.ByState(RandomInputs.Policy(game, random, hasGaps: shape is null)));
        for (var i = 0; i < chain.Length; i++)
        {
            // Both methods are to see the same numbers, so only what a double holds is kept.
            ref var entry = ref chain[i / game.StateCount, i % game.StateCount];
            entry = DecimalMath.From((double)entry);
        }

        return (game, chain, random);
    }

    // 1 − γ is only known to a rounding error of one, and values are of the size 1/(1 − γ).
    private static double Tolerance(double discount) => 1e-14 + (4e-16 / ((1 - discount) * (1 - discount)));

    private static void AssertClose(decimal[] expected, double[] actual, double tolerance) =>
        Assert.All(actual, (x, s) => Assert.Equal((double)expected[s], x, tolerance));
}
