using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Tests.Reference;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

/// <summary>The walk of all chain games, row by row, and the optimum of the one without a crowd in closed form.</summary>
public class NoInteractionChainTests
{
    private const int Left = 0;
    private const int Stay = 1;
    private const int Right = 2;
    private static readonly IMeanFieldGame Game = Create(NoInteractionChain.Definition);

    // Move and push are added before the sum is cut to 0..6: at 0, left and a push to the right are undone together.
    [Theory]
    [InlineData(0, Left, new[] { 1.0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(0, Stay, new[] { 0.975, 0.025, 0, 0, 0, 0, 0 })]
    [InlineData(0, Right, new[] { 0.025, 0.95, 0.025, 0, 0, 0, 0 })]
    [InlineData(1, Left, new[] { 0.975, 0.025, 0, 0, 0, 0, 0 })]
    [InlineData(3, Left, new[] { 0, 0.025, 0.95, 0.025, 0, 0, 0 })]
    [InlineData(3, Stay, new[] { 0, 0, 0.025, 0.95, 0.025, 0, 0 })]
    [InlineData(3, Right, new[] { 0, 0, 0, 0.025, 0.95, 0.025, 0 })]
    [InlineData(5, Right, new[] { 0, 0, 0, 0, 0, 0.025, 0.975 })]
    [InlineData(6, Left, new[] { 0, 0, 0, 0, 0.025, 0.95, 0.025 })]
    [InlineData(6, Stay, new[] { 0, 0, 0, 0, 0, 0.025, 0.975 })]
    [InlineData(6, Right, new[] { 0, 0, 0, 0, 0, 0, 1.0 })]
    public void Move_and_push_are_added_and_cut_to_the_chain(int state, int action, double[] row) =>
        Assert.Equal(row, Row(Game, state, action), Within(1e-16));

    [Fact]
    public void The_reward_is_the_number_of_the_state_less_the_cost_of_moving()
    {
        var dear = Create(NoInteractionChain.Definition, ("move-cost", 2));
        for (var s = 0; s < 7; s++)
        {
            Assert.Equal([s - 0.1, s, s - 0.1], Rewards(Game, s));
            Assert.Equal([s - 2.0, s, s - 2.0], Rewards(dear, s));
        }

        static double[] Rewards(IMeanFieldGame game, int state) =>
            [.. Enumerable.Range(0, 3).Select(a => game.Reward(state, a, Grids.Uniform(game)))];
    }

    // From 5 to the right and from 6 by staying the next state is 5 with probability 0.025 and 6 with 0.975, so the law is (..., 0.025, 0.975),
    // V(6) - V(5) = 6 - 4.9 = 1.1 and V(6) = 6 + 0.9 (V(6) - 0.025 * 1.1). Going right at 6 costs 0.1 to save 0.9 * 0.025 * 1.1.
    [Fact]
    public void The_optimum_is_to_go_right_and_stay_at_the_end()
    {
        double[] meanField = [0, 0, 0, 0, 0, 0.025, 0.975];
        var (residual, exploitability, values) = Judge(Game, meanField, Pure(Game, s => s == 6 ? Stay : Right));
        Assert.Equal(0, residual, 1e-15);
        Assert.Equal(0, exploitability, 1e-15);
        Assert.Equal(59.7525, values[6], 1e-12);
        Assert.Equal(58.6525, values[5], 1e-12);

        var always = Judge(Game, [0, 0, 0, 0, 0, 0, 1], Pure(Game, _ => Right));
        Assert.Equal(0, always.Residual, 1e-15);
        Assert.Equal(59.7525 - (5.9 / 0.1), always.Exploitability, 1e-12);
    }

    [Fact]
    public void Without_noise_a_chain_of_any_length_moves_as_told()
    {
        var game = Create(NoInteractionChain.Definition, ("states", 3), ("noise", 0));
        Assert.Equal([0, 1, 0], Row(game, 0, Right));
        Assert.Equal([0, 0, 1], Row(game, 2, Stay));
        Assert.Equal(("2", "Right"), (game.StateName(2), game.ActionName(2, Right)));
    }
}
