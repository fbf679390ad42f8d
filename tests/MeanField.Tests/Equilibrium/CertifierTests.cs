using MeanField.Equilibrium;
using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Equilibrium;

public class CertifierTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Intervals_contain_the_exploitability_of_the_dense_reference(int seed)
    {
        using var check = new RandomCase(seed);
        var temperature = new[] { 0, 0.02, 0.5 }[seed % 3];
        AssertHolds(check.Source, check.Policy, check.Law, temperature);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void They_contain_it_at_the_stationary_law_too(int seed)
    {
        using var check = new RandomCase(seed, hasGaps: seed % 2 == 0);
        new StationaryLaw(check.Chain).Solve(check.Mdp, check.Policy, check.Law, check.Team);
        var certificate = AssertHolds(check.Source, check.Policy, check.Law, 0.1);
        if (check.Source.Coupling != MeanFieldCoupling.RewardsAndTransitions)
        {
            Assert.InRange(certificate.StationarityResidual, 0, 1e-14);
        }
    }

    // The best a certificate can find: the optimal policy itself, hard or soft.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_optimal_policy_is_not_exploitable(int seed)
    {
        using var check = new RandomCase(seed);
        foreach (var temperature in new[] { 0, 0.3 })
        {
            var optimal = check.Dense.Improve(
                check.Dense.OptimalValues(DecimalMath.From(temperature)),
                DecimalMath.From(temperature)
            );
            var policy = optimal.Policy.SelectMany(row => row.Select(p => (double)p)).ToArray();
            var certificate = AssertHolds(check.Source, policy, check.Law, temperature);
            Assert.InRange(
                certificate.RegularizedExploitability.Upper,
                0,
                Slack(check.Source, temperature) + (1e-14 / (1 - check.Source.Discount))
            );
        }
    }

    [Fact]
    public void At_temperature_zero_both_intervals_are_one()
    {
        using var check = new RandomCase(8);
        var certificate = AssertHolds(check.Source, check.Policy, check.Law, 0);
        Assert.Equal(certificate.Exploitability, certificate.RegularizedExploitability);
        Assert.Equal(0, certificate.EntropyBiasBound);
    }

    // Sums may be off by 1e-9: such numbers are shares of their sum, or a surplus would count as value. The certificate of the exact
    // probabilities is held to the dense reference above; both contain one and the same number.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Probabilities_that_nearly_sum_to_one_are_shares_of_their_sum(int seed)
    {
        using var check = new RandomCase(seed);
        var off = seed % 2 == 0 ? 1 + 9e-10 : 1 - 9e-10;
        var near = Certify(check.Source, Array.ConvertAll(check.Policy, p => p * off), check.Law, 0.1);
        var exact = Certify(check.Source, check.Policy, check.Law, 0.1);
        AssertMeet(exact.Exploitability, near.Exploitability);
        AssertMeet(exact.RegularizedExploitability, near.RegularizedExploitability);

        static void AssertMeet(Interval left, Interval right) =>
            Assert.True(left.Lower <= right.Upper && right.Lower <= left.Upper, $"{left} and {right} do not meet");
    }

    [Fact]
    public void An_infinitely_tempting_deviation_is_seen()
    {
        // Staying pays 0, moving to the absorbing state 1 pays 1 a step for ever: φ = γ/(1 − γ) = 9.
        var source = new ListedGame
        {
            Rows =
            [
                [new(0, (0, 1)), new(0, (1, 1))],
                [new(1, (1, 1))],
            ],
        };
        var certificate = Certify(source, [1, 0, 1], [1, 0], 0);
        Assert.Equal(9, certificate.Exploitability.Lower, 1e-12);
        Assert.Equal(9, certificate.Exploitability.Upper, 1e-12);
        Assert.Equal((2, 0.0), (certificate.RecurrentClasses, certificate.StationarityResidual));
        Assert.Equal(1, Certify(source, [0.5, 0.5, 1], [0, 1], 0).RecurrentClasses);
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.25 }, "mean field sums to 0.75; allowed: 1 within 1E-09")]
    [InlineData(new[] { 1.25, -0.25 }, "mean field at state s1 is -0.25; allowed: 0 to 1")]
    [InlineData(new[] { double.NaN, 1 }, "mean field at state s0 is NaN; allowed: 0 to 1")]
    [InlineData(new[] { 1.0 }, "mean field has 1 numbers; allowed: 2, one a state")]
    public void A_mean_field_that_is_none_is_refused(double[] meanField, string message)
    {
        var source = ListedGame.OfChain([(1, 1)], [(0, 1)]);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Certify(source, [1, 1], meanField, 0.1)).Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_temperature_out_of_range_is_refused(double temperature)
    {
        var source = ListedGame.OfChain([(1, 1)], [(0, 1)]);
        Assert.StartsWith(
            "temperature is",
            Assert.Throws<ArgumentException>(() => Certify(source, [1, 1], [0.5, 0.5], temperature)).Message
        );
    }

    [Fact]
    public void A_policy_of_another_game_is_refused()
    {
        var game = TabularGame.Create(ListedGame.OfChain([(1, 1)], [(0, 1)]));
        var policy = Policy.Uniform(TabularGame.Create(ListedGame.OfChain([(0, 1)])));
        Assert.Equal(
            "policy has 1 probabilities; allowed: 2, one a pair",
            Assert.Throws<ArgumentException>(() => Certifier.Certify(game, policy, [0.5, 0.5], 0.1)).Message
        );
    }

    [Fact]
    public void A_game_that_breaks_at_the_mean_field_is_said_to()
    {
        var source = new PopulationGame((s, _, _) => [(s, 1)], (s, _, mu) => 1 / mu[s]);
        Assert.Throws<InvalidGameException>(() => Certify(source, [1, 1], [1, 0], 0.1));
    }

    private static Certificate Certify(IMeanFieldGame source, double[] policy, double[] meanField, double temperature)
    {
        var game = TabularGame.Create(source);
        return Certifier.Certify(game, Policy.Create(game, policy), meanField, temperature);
    }

    // What rounding leaves: values of size 1/(1 − γ), solved to 1e-14 of their size, divided by 1 − γ once more.
    private static double Slack(RandomGame source, double temperature) =>
        3e-13 * (1 + temperature) / ((1 - source.Discount) * (1 - source.Discount));

    private static Certificate AssertHolds(
        RandomGame source,
        double[] policy,
        double[] meanField,
        double temperature,
        bool isTight = true
    )
    {
        var certificate = Certify(source, policy, meanField, temperature);
        var dense = DenseMdp.At(source, meanField);
        var densePolicy = dense.ByState(policy);
        foreach (
            var (interval, eta) in new[]
            {
                (certificate.Exploitability, 0m),
                (certificate.RegularizedExploitability, DecimalMath.From(temperature)),
            }
        )
        {
            var truth = dense.Exploitability(densePolicy, eta);
            Assert.InRange(interval.Lower, 0, interval.Upper);
            Assert.InRange(interval.Width, 0, isTight ? Slack(source, temperature) : double.PositiveInfinity);
            // A policy whose numbers sum to a little more than one can be worth more than the best; its φ is below 0 then.
            Assert.InRange(
                Math.Max(0, truth),
                DecimalMath.From(interval.Lower) - 1e-22m,
                DecimalMath.From(interval.Upper)
            );
        }

        var chain = dense.Chain(densePolicy);
        var pushed = DenseChain.Push(chain, dense.MeanField);
        var residual = pushed.Zip(dense.MeanField, (next, share) => Math.Abs(next - share)).Sum();
        Assert.Equal((double)residual, certificate.StationarityResidual, 1e-14);
        Assert.Equal(
            DenseChain.RecurrentClass(chain).Where(c => c >= 0).Distinct().Count(),
            certificate.RecurrentClasses
        );
        var actions = Enumerable.Range(0, source.StateCount).Max(source.ActionCount);
        Assert.Equal(temperature * Math.Log(actions) / (1 - source.Discount), certificate.EntropyBiasBound, 1e-12);
        Assert.Equal(temperature, certificate.Temperature);
        return certificate;
    }
}
