using MeanField.Games;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Tabular;

/// <summary>Everything that can be wrong with a game, found in one go.</summary>
public class GameTabulationTests
{
    [Fact]
    public void All_findings_come_together_and_name_place_found_and_allowed()
    {
        var game = new ListedGame
        {
            Discount = 1,
            Rows =
            [
                [new(0, (0, 0.5), (1, 0.4)), new(double.NaN, (0, 1))],
                [new(0, (0, -0.25), (1, 1.25))],
                [],
                [new(double.PositiveInfinity, (0, double.NaN), (1, 1))],
                [new(0, (9, 0.5), (-1, 0.5))],
            ],
        };

        var findings = Assert.Throws<InvalidGameException>(() => TabularGame.Create(game)).Findings;
        Assert.Equal(
            [
                ("discount", "is 1", "greater than 0 and less than 1"),
                ("state s2", "has no action", "at least one action"),
                ("state s0, action a0", "transition probabilities sum to 0.9", "1 within 1E-09"),
                ("state s0, action a1", "reward is NaN at the uniform mean field", "a finite number"),
                ("state s1, action a0", "has transition probability -0.25", "0 to 1"),
                ("state s1, action a0", "has transition probability 1.25", "0 to 1"),
                ("state s3, action a0", "has transition probability NaN", "0 to 1"),
                ("state s3, action a0", "transition probabilities sum to NaN", "1 within 1E-09"),
                ("state s3, action a0", "reward is Infinity at the uniform mean field", "a finite number"),
                ("state s4, action a0", "names a successor that is no state", "states of the game"),
                ("state s4, action a0", "names a successor that is no state", "states of the game"),
            ],
            findings.Select(f => (f.Place, f.Found, f.Allowed))
        );
        Assert.Equal("discount: is 1; allowed: greater than 0 and less than 1", findings[0].ToString());
    }

    [Theory]
    [InlineData(0.0, "is 0")]
    [InlineData(1.0, "is 1")]
    [InlineData(-0.5, "is -0.5")]
    [InlineData(1.5, "is 1.5")]
    [InlineData(double.NaN, "is NaN")]
    [InlineData(double.PositiveInfinity, "is Infinity")]
    public void A_discount_outside_the_open_unit_interval_is_refused(double discount, string found)
    {
        var game = new ListedGame { Rows = ListedGame.OfChain([(0, 1)]).Rows, Discount = discount };
        var finding = Assert.Single(Assert.Throws<InvalidGameException>(() => TabularGame.Create(game)).Findings);
        Assert.Equal(new GameFinding("discount", found, "greater than 0 and less than 1"), finding);
    }

    [Fact]
    public void A_game_without_states_is_refused_together_with_its_discount()
    {
        var findings = Assert
            .Throws<InvalidGameException>(() => TabularGame.Create(new ListedGame { Rows = [], Discount = 0 }))
            .Findings;
        Assert.Equal("discount game", string.Join(' ', findings.Select(f => f.Place)));
    }

    [Theory]
    [InlineData(1 + 0.9e-9, true)]
    [InlineData(1 - 0.9e-9, true)]
    [InlineData(1 + 1.1e-9, false)]
    [InlineData(1 - 1.1e-9, false)]
    public void Rows_sum_to_one_within_the_tolerance(double sum, bool isAllowed)
    {
        var game = ListedGame.OfChain([(0, sum - 0.5), (1, 0.5)], [(1, 1)]);
        Assert.Equal(isAllowed, Record.Exception(() => TabularGame.Create(game)) is null);
    }

    [Fact]
    public void A_message_shows_ten_findings_and_counts_the_rest()
    {
        var rows = Enumerable.Repeat(new[] { new ListedRow(0, (0, 0.5)) }, 25).ToArray();
        var exception = Assert.Throws<InvalidGameException>(() => TabularGame.Create(new ListedGame { Rows = rows }));
        Assert.Equal(25, exception.Findings.Count);
        Assert.Contains("state s9, action a0", exception.Message);
        Assert.DoesNotContain("state s10", exception.Message);
        Assert.EndsWith("; and 15 more", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void A_game_that_is_wrong_everywhere_gives_a_bounded_list()
    {
        var rows = Enumerable.Repeat(new[] { new ListedRow(double.NaN, (0, 0.5)) }, 5000).ToArray();
        var exception = Assert.Throws<InvalidGameException>(() => TabularGame.Create(new ListedGame { Rows = rows }));
        Assert.InRange(exception.Findings.Count, 1000, 1010);
    }
}
