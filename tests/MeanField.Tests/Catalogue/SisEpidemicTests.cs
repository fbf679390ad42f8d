using MeanField.Catalogue;
using MeanField.Games;
using static MeanField.Tests.Reference.CatalogueGames;

namespace MeanField.Tests.Catalogue;

public class SisEpidemicTests
{
    [Theory]
    [InlineData(0, 0, 0.3, 0)]
    [InlineData(0, 1, 0.3, 0.8 * 0.25 * 0.3)]
    [InlineData(0, 4, 0.3, 0.8 * 0.3)]
    [InlineData(0, 4, 0.001, 0.8 * 0.001)]
    [InlineData(0, 4, 0, 0)]
    [InlineData(0, 4, 1, 0.8)]
    [InlineData(1, 0, 0.3, 0.9)]
    [InlineData(1, 4, 0, 0.9)]
    public void Infection_grows_with_activity_and_with_the_infected_and_has_no_least_probability(
        int state,
        int action,
        double infected,
        double next
    )
    {
        var row = Row(Create(SisEpidemic.Definition), state, action, [1 - infected, infected]);
        Assert.Equal([1 - next, next], row, Within(1e-16));
    }

    [Fact]
    public void More_than_certain_infection_is_certain()
    {
        var game = Create(SisEpidemic.Definition, ("transmission", 5));
        Assert.Equal([0, 1], Row(game, 0, 4, [0.5, 0.5]));
        Assert.Equal([0, 1], Row(game, 0, 4, [0, 1]));
    }

    [Fact]
    public void The_reward_is_the_activity_less_the_cost_of_being_infected()
    {
        var game = Create(SisEpidemic.Definition);
        double[] activities = [0, 0.25, 0.5, 0.75, 1];
        for (var a = 0; a < 5; a++)
        {
            Assert.Equal(activities[a], game.Reward(0, a, [0.5, 0.5]));
            Assert.Equal(activities[a] - 10, game.Reward(1, a, [0.5, 0.5]));
        }

        Assert.Equal(("infected", "activity 0.25"), (game.StateName(1), game.ActionName(0, 1)));
    }

    // The printed digits: mathematics of this project, section 7.
    [Fact]
    public void The_endemic_equilibrium_has_the_known_digits()
    {
        var (infected, activity, value) = EndemicEquilibrium(0.8, 0.1, 10, 0.9);
        Assert.Equal(0.0293210, infected, 5e-8);
        Assert.Equal(0.1287758, activity, 5e-8);
        Assert.Equal(-47.368421, value, 5e-7);
    }

    [Theory]
    [InlineData(0.8, 0.1, 10, 0.9)]
    [InlineData(0.6, 0.05, 4, 0.95)]
    [InlineData(1, 0.3, 20, 0.8)]
    public void The_endemic_equilibrium_is_one(double transmission, double recovery, double cost, double discount)
    {
        var (infected, activity, value) = EndemicEquilibrium(transmission, recovery, cost, discount);
        var game = Game(transmission, recovery, cost, discount);
        double[] mixed = [1 - activity, 0, 0, 0, activity];
        double[] meanField = [1 - infected, infected];
        var judged = Judge(game, meanField, [mixed, [0, 0, 0, 0, 1]]);
        Assert.Equal(0, judged.Residual, 1e-15);
        Assert.Equal(0, judged.Exploitability, 1e-12);
        Assert.Equal([0, value], judged.Values, Within(1e-12));

        // Only the mean activity counts.
        double[] other = [1 - (2 * activity), 0, 2 * activity, 0, 0];
        Assert.Equal(0, Judge(game, meanField, [other, [0, 0, 0, 0, 1]]).Exploitability, 1e-12);
    }

    [Fact]
    public void Without_an_infected_everybody_is_fully_active()
    {
        var game = Create(SisEpidemic.Definition);
        var judged = Judge(game, [1, 0], Pure(game, _ => 4));
        Assert.Equal(0, judged.Residual);
        Assert.Equal(0, judged.Exploitability, 1e-15);
        Assert.Equal(10, judged.Values[0], 1e-13);
    }

    private static IMeanFieldGame Game(double transmission, double recovery, double cost, double discount) =>
        Create(
            SisEpidemic.Definition,
            ("transmission", transmission),
            ("recovery", recovery),
            ("infection-cost", cost),
            ("discount", discount)
        );

    // An infected is fully active and V(S) = 0: V(I) = 1 - C + γ (1 - ν) V(I). Being active is worth what it costs: a + γ β a μ(I) V(I) = 0.
    // As many are infected as recover: μ(S) β a μ(I) = ν μ(I).
    private static (double Infected, double Activity, double Value) EndemicEquilibrium(
        double transmission,
        double recovery,
        double cost,
        double discount
    )
    {
        var value = (1 - cost) / (1 - (discount * (1 - recovery)));
        var infected = 1 / (discount * transmission * -value);
        return (infected, recovery / (transmission * (1 - infected)), value);
    }
}
