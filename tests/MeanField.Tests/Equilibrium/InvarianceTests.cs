using MeanField.Equilibrium;
using MeanField.Games;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Equilibrium;

/// <summary>What must not matter does not: units of reward, names of states, a constant in every reward.</summary>
public class InvarianceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Scaling_all_rewards_and_the_temperature_scales_exploitability(int seed)
    {
        using var check = new RandomCase(seed);
        foreach (var factor in new[] { 1e-3, 0.7, 8, 1e4 })
        {
            var scaled = new TransformedGame(check.Source, factor, 0);
            var (certificate, other) = (Certify(check, check.Source, 0.2), Certify(check, scaled, 0.2 * factor));
            AssertEqual(certificate.Exploitability, other.Exploitability, factor);
            AssertEqual(certificate.RegularizedExploitability, other.RegularizedExploitability, factor);
            Assert.Equal(certificate.EntropyBiasBound * factor, other.EntropyBiasBound, 1e-12 * factor / (1 - 0.999));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_constant_in_every_reward_changes_no_exploitability(int seed)
    {
        using var check = new RandomCase(seed);
        var raised = new TransformedGame(check.Source, 1, 13.25);
        var (certificate, other) = (Certify(check, check.Source, 0.2), Certify(check, raised, 0.2));
        AssertEqual(certificate.Exploitability, other.Exploitability, 1);
        AssertEqual(certificate.RegularizedExploitability, other.RegularizedExploitability, 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Renumbering_the_states_changes_no_exploitability(int seed)
    {
        using var check = new RandomCase(seed);
        var permuted = Permuted(check);
        var game = TabularGame.Create(permuted);
        var inverse = new PermutedGame(permuted, Inverse(check));
        var certificate = Certify(check, check.Source, 0.2);
        var other = Certifier.Certify(
            game,
            Policy.Create(game, inverse.OriginalPairs(check.Policy)),
            inverse.Original(check.Law),
            0.2
        );
        AssertEqual(certificate.Exploitability, other.Exploitability, 1);
        AssertEqual(certificate.RegularizedExploitability, other.RegularizedExploitability, 1);
        Assert.Equal(certificate.RecurrentClasses, other.RecurrentClasses);
        Assert.Equal(certificate.StationarityResidual, other.StationarityResidual, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Scaling_all_rewards_and_the_temperature_changes_no_answer(int seed)
    {
        using var check = new RandomCase(seed, discount: 0.9);
        var solution = Solve(check.Source, 0.2);
        AssertSame(solution, Solve(new TransformedGame(check.Source, 8, 0), 1.6), 1e-9);
        AssertSame(solution, Solve(new TransformedGame(check.Source, 0.7, 0), 0.14), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_constant_in_every_reward_changes_no_answer(int seed)
    {
        using var check = new RandomCase(seed, discount: 0.9);
        AssertSame(Solve(check.Source, 0.2), Solve(new TransformedGame(check.Source, 1, -40), 0.2), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_constant_in_every_reward_shifts_optimal_values_by_its_discounted_sum(int seed)
    {
        using var check = new RandomCase(seed);
        using var team = new ThreadTeam(1);
        foreach (var temperature in new[] { 0, 0.2 })
        {
            var (plain, raised) = (new double[check.States], new double[check.States]);
            var solver = new MeanField.Markov.BestResponse(check.Chain, team);
            var mdp = FrozenMdp.Create(TabularGame.Create(new TransformedGame(check.Source, 1, 2.5)), check.Law);
            solver.Solve(check.Mdp, temperature, 1e-14, plain);
            solver.Solve(mdp, temperature, 1e-14, raised);
            var shift = 2.5 / (1 - check.Source.Discount);
            Assert.All(plain, (value, s) => Assert.Equal(value + shift, raised[s], 10 * check.ValueTolerance));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Renumbering_the_states_renumbers_the_answer(int seed)
    {
        using var check = new RandomCase(seed, discount: 0.9);
        var permuted = Permuted(check);
        var (solution, other) = (Solve(check.Source, 0.2), Solve(permuted, 0.2));
        Assert.All(
            permuted.Original([.. other.Last.MeanField]),
            (share, s) => Assert.Equal(solution.Last.MeanField[s], share, 1e-9)
        );
        var policy = solution.Last.Policy.Probabilities.ToArray();
        Assert.All(
            permuted.OriginalPairs(other.Last.Policy.Probabilities),
            (p, pair) => Assert.Equal(policy[pair], p, 1e-9)
        );
    }

    private static int[] Order(RandomCase check)
    {
        var order = Enumerable.Range(0, check.States).ToArray();
        new Random(check.States).Shuffle(order);
        return order;
    }

    private static PermutedGame Permuted(RandomCase check) => new(check.Source, Order(check));

    private static int[] Inverse(RandomCase check)
    {
        var order = Order(check);
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return inverse;
    }

    private static Certificate Certify(RandomCase check, IMeanFieldGame source, double temperature)
    {
        var game = TabularGame.Create(source);
        return Certifier.Certify(game, Policy.Create(game, check.Policy), check.Law, temperature);
    }

    private static Solution Solve(IMeanFieldGame source, double temperature) =>
        MfTrpo.Solve(
            TabularGame.Create(source),
            new MfTrpoOptions
            {
                Temperature = temperature,
                OuterIterations = 15,
                InnerIterations = 4,
                TransitionSteps = 5,
                Tolerance = 0,
            },
            new SolveContext { Clock = new FakeClock() }
        );

    // Both intervals contain one number, up to the factor.
    private static void AssertEqual(Interval interval, Interval other, double factor)
    {
        var rounding = 1e-13 * factor * interval.Upper;
        Assert.True(
            factor * interval.Lower <= other.Upper + rounding && other.Lower <= (factor * interval.Upper) + rounding,
            $"{factor} times {interval} is not {other}"
        );
    }

    private static void AssertSame(Solution expected, Solution actual, double tolerance)
    {
        Assert.Equal(expected.Iterations, actual.Iterations);
        Assert.All(actual.Last.MeanField, (share, s) => Assert.Equal(expected.Last.MeanField[s], share, tolerance));
        var policy = expected.Last.Policy.Probabilities.ToArray();
        Assert.All(actual.Last.Policy.Probabilities.ToArray(), (p, pair) => Assert.Equal(policy[pair], p, tolerance));
    }
}
