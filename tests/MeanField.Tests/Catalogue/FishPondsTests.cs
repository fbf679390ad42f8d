using MeanField.Catalogue;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class FishPondsTests
{
    [Fact]
    public void A_car_that_does_not_start_leaves_one_where_one_is()
    {
        var game = Create(FishPonds.Definition, ("ponds", 3), ("breakdown", 0.25));
        Assert.Equal([0.25, 0, 0.75], Row(game, state: 0, action: 2));
        Assert.Equal([0, 1, 0], Row(game, state: 1, action: 1));
    }

    [Fact]
    public void The_catch_is_shared_and_the_way_costs_fuel()
    {
        var game = Create(FishPonds.Definition, ("ponds", 3), ("fuel", 0.5));
        Assert.Equal((3 * 0.4) - (2 * 0.5), game.Reward(2, 0, [0.3, 0.1, 0.6]), 1e-15);
    }

    // Two ponds, driving for nothing: 1 - m = 2 (1 - (1 - m)) where both are equally good, so a third fishes at pond 0, everybody catches 2/3
    // a day, and no policy is better than another.
    [Fact]
    public void At_the_equilibrium_both_ponds_are_equally_good()
    {
        var game = Create(FishPonds.Definition, ("ponds", 2), ("fuel", 0), ("breakdown", 0));
        double[] toAPond = [1 / 3.0, 2 / 3.0];
        var judged = Judge(game, meanField: toAPond, policy: [toAPond, toAPond]);
        Assert.Equal(0, judged.Residual, 1e-15);
        Assert.Equal(0, judged.Exploitability, 1e-14);
        Assert.Equal(2 / 3.0 / 0.1, judged.Values[0], 1e-13);
    }
}
