using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Tabular;

public class PolicyTests
{
    private static readonly TabularGame Game = TabularGame.Create(
        new ListedGame
        {
            Rows =
            [
                [new(0, (0, 1)), new(0, (1, 1))],
                [new(0, (0, 1))],
            ],
        }
    );

    [Fact]
    public void A_policy_is_a_copy()
    {
        var numbers = new[] { 0.25, 0.75, 1 };
        var policy = Policy.Create(Game, numbers);
        numbers[0] = 9;
        Assert.Equal([0.25, 0.75, 1], policy.Probabilities);
    }

    [Fact]
    public void The_uniform_policy_shares_equally_in_each_state() =>
        Assert.Equal([0.5, 0.5, 1], Policy.Uniform(Game).Probabilities);

    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, "policy has 2 probabilities; allowed: 3, one a pair")]
    [InlineData(new[] { -0.5, 1.5, 1 }, "policy at state s0, action a0 is -0.5; allowed: 0 to 1")]
    [InlineData(new[] { 0.5, double.NaN, 1 }, "policy at state s0, action a1 is NaN; allowed: 0 to 1")]
    [InlineData(
        new[] { 0.5, 0.5, double.PositiveInfinity },
        "policy at state s1, action a0 is Infinity; allowed: 0 to 1"
    )]
    [InlineData(new[] { 0.5, 0.25, 1 }, "policy at state s0 sums to 0.75; allowed: 1 within 1E-09")]
    [InlineData(new[] { 0.5, 0.5, 0 }, "policy at state s1 sums to 0; allowed: 1 within 1E-09")]
    public void What_is_no_policy_is_refused_and_not_repaired(double[] numbers, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Policy.Create(Game, numbers)).Message);

    [Theory]
    [InlineData(0.9e-9, true)]
    [InlineData(1.1e-9, false)]
    public void Probabilities_sum_to_one_within_the_tolerance(double excess, bool isAllowed) =>
        Assert.Equal(isAllowed, Record.Exception(() => Policy.Create(Game, [0.5, 0.5 + excess, 1])) is null);
}
