using MeanField.Catalogue;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class RockPaperScissorsTests
{
    private const string FiveInACircle = "0,-1,1,-1,1/1,0,-1,1,-1/-1,1,0,-1,1/1,-1,1,0,-1/-1,1,-1,1,0";

    [Fact]
    public void The_action_is_the_next_strategy()
    {
        var game = Create(RockPaperScissors.Definition);
        for (var s = 0; s < 3; s++)
        {
            Assert.Equal([1, 0, 0], Row(game, s, 0));
            Assert.Equal([0, 1, 0], Row(game, s, 1));
            Assert.Equal([0, 0, 1], Row(game, s, 2));
        }

        Assert.Equal(("rock", "paper", "scissors"), (game.StateName(0), game.StateName(1), game.ActionName(0, 2)));
    }

    // Rock loses to paper and beats scissors, and so on round; what is chosen next earns nothing yet.
    [Theory]
    [InlineData(0, 0.5 - 0.3)]
    [InlineData(1, 0.2 - 0.5)]
    [InlineData(2, 0.3 - 0.2)]
    public void The_reward_is_the_share_that_is_beaten_less_the_share_that_beats(int state, double reward)
    {
        var game = Create(RockPaperScissors.Definition);
        for (var a = 0; a < 3; a++)
        {
            Assert.Equal(reward, game.Reward(state, a, [0.2, 0.3, 0.5]), 1e-15);
        }
    }

    // A μ = 0: what is won against one strategy is lost to another. Paper wins 2 against rock, rock 3 against scissors, scissors 5 against paper.
    [Theory]
    [InlineData("0,-1,1/1,0,-1/-1,1,0", new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 })]
    [InlineData("0,-2,3/2,0,-5/-3,5,0", new[] { 0.5, 0.3, 0.2 })]
    [InlineData(FiveInACircle, new[] { 0.2, 0.2, 0.2, 0.2, 0.2 })]
    public void The_equilibrium_is_what_the_matrix_sends_to_zero(string payoffs, double[] meanField)
    {
        var game = Create(RockPaperScissors.Definition, ("payoffs", payoffs));
        var judged = Judge(game, meanField, [.. meanField.Select(_ => meanField)]);
        Assert.Equal(0, judged.Residual, 1e-15);
        Assert.Equal(0, judged.Exploitability, 1e-14);
    }

    // The 9.00 that Bench-MFG prints for best responses: from the second step on, paper wins 1 a step against all rock.
    [Fact]
    public void All_rock_is_as_exploitable_as_published()
    {
        var game = Create(RockPaperScissors.Definition);
        Assert.Equal(9, Judge(game, [1, 0, 0], Pure(game, _ => 0)).Exploitability, 1e-13);
    }

    [Fact]
    public void Other_numbers_of_strategies_are_numbered()
    {
        var game = Create(RockPaperScissors.Definition, ("payoffs", FiveInACircle));
        Assert.Equal((5, "strategy 4"), (game.StateCount, game.StateName(4)));
        Assert.Equal(1, Create(RockPaperScissors.Definition, ("payoffs", "0")).StateCount);
    }

    [Theory]
    [InlineData("0,-1,1/1,0,-1", "payoffs row 0 has 3 entries; allowed: 2, as many as rows")]
    [InlineData("0,x/1,0", "payoffs row 0 has 'x'; allowed: numbers from -1e9 to 1e9, separated by commas")]
    [InlineData("0,NaN/1,0", "payoffs row 0 has 'NaN'; allowed: numbers from -1e9 to 1e9, separated by commas")]
    [InlineData("0,1/2e9,0", "payoffs row 1 has '2e9'; allowed: numbers from -1e9 to 1e9, separated by commas")]
    [InlineData("0,1/1,0", "payoffs row 1, column 0 is 1; allowed: -1, so that what one wins the other loses")]
    [InlineData("0,1/-1,2", "payoffs row 1, column 1 is 2; allowed: -2, so that what one wins the other loses")]
    public void A_matrix_that_is_not_skew_symmetric_is_refused(string payoffs, string message) =>
        Assert.Equal("rock-paper-scissors: " + message, Refusal(RockPaperScissors.Definition, "payoffs", payoffs));

    [Fact]
    public void A_matrix_that_is_too_large_is_refused() =>
        Assert.Equal(
            "rock-paper-scissors: payoffs have 101 rows; allowed: at most 100",
            Refusal(RockPaperScissors.Definition, "payoffs", string.Join('/', Enumerable.Repeat("0", 101)))
        );
}
