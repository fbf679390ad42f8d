using MeanField.Games;
using MeanField.Tabular;

namespace MeanField.Tests.Games;

/// <summary>The base class against a game in its own terms: towns and roads between them.</summary>
public class MeanFieldGameTests
{
    private static readonly double[] Shares = [0.5, 0.3, 0.2];

    [Fact]
    public void States_and_actions_are_numbered_in_the_order_they_are_listed()
    {
        IMeanFieldGame game = new Towns();
        Assert.Equal(3, game.StateCount);
        Assert.Equal((2, 1, 2), (game.ActionCount(0), game.ActionCount(1), game.ActionCount(2)));
        Assert.Equal(("Ulm", "Rome", "Oslo"), (game.StateName(0), game.StateName(1), game.StateName(2)));
        Assert.Equal(("Road to Rome", "Stay"), (game.ActionName(0, 1), game.ActionName(2, 0)));
    }

    [Fact]
    public void The_population_is_seen_by_state_and_here()
    {
        IMeanFieldGame game = new Towns();
        Assert.Equal(-0.5, game.Reward(0, 0, Shares));
        Assert.Equal(-0.3 + (10 * 0.2), game.Reward(1, 0, Shares), 1e-15);
        IMeanFieldGame lost = new Towns { Watched = "Paris" };
        Assert.Throws<KeyNotFoundException>(() => lost.Reward(1, 0, Shares));
    }

    [Fact]
    public void Outcomes_become_rows_by_index()
    {
        IMeanFieldGame game = new Towns();
        var row = new TransitionRow();
        game.AddTransitions(0, 1, Shares, row);
        Assert.Equal([new(1, 0.75), new(0, 0.25)], row.Entries);
        row.Clear();
        Assert.Empty(row.Entries);
    }

    [Fact]
    public void An_outcome_that_is_no_state_is_reported_when_the_game_is_tabulated()
    {
        var exception = Assert.Throws<InvalidGameException>(() =>
            TabularGame.Create(new Towns { Destination = "Atlantis" })
        );
        Assert.Equal(
            new GameFinding(
                "state Ulm, action Road to Rome",
                "names a successor that is no state",
                "states of the game"
            ),
            Assert.Single(exception.Findings)
        );
    }

    [Fact]
    public void A_state_listed_twice_is_a_finding()
    {
        var exception = Assert.Throws<InvalidGameException>(() =>
            TabularGame.Create(new Towns { Listed = ["Ulm", "Rome", "Ulm", "Oslo"] })
        );
        Assert.Equal("state Ulm: is listed twice; allowed: each state once", exception.Message);
    }

    [Fact]
    public void A_game_without_states_is_refused() =>
        Assert.Throws<InvalidGameException>(() => TabularGame.Create(new Towns { Listed = [] }));

    [Fact]
    public void A_state_without_actions_is_a_finding()
    {
        var exception = Assert.Throws<InvalidGameException>(() =>
            TabularGame.Create(new Towns { Listed = ["Ulm", "Rome", "Oslo", "Nowhere"] })
        );
        Assert.Equal("state Nowhere: has no action; allowed: at least one action", exception.Message);
    }

    [Fact]
    public void States_are_asked_for_once()
    {
        var game = new Towns();
        TabularGame.Create(game);
        TabularGame.Create(game);
        Assert.Equal(3, game.TimesAskedForActions);
    }

    private sealed record Move(string Kind, string To)
    {
        public override string ToString() => To.Length == 0 ? Kind : $"{Kind} to {To}";
    }

    private sealed class Towns : MeanFieldGame<string, Move>
    {
        public IReadOnlyList<string> Listed { get; init; } = ["Ulm", "Rome", "Oslo"];

        public override IReadOnlyList<string> States => Listed;

        public string Watched { get; init; } = "Oslo";

        public string Destination { get; init; } = "Rome";

        public int TimesAskedForActions { get; private set; }

        public override double Discount => 0.9;

        public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

        public override IReadOnlyList<Move> ActionsIn(string state)
        {
            TimesAskedForActions++;
            return state switch
            {
                "Nowhere" => [],
                "Rome" => [new("Stay", "")],
                _ => [new("Stay", ""), new("Road", "Rome")],
            };
        }

        protected override double Reward(string state, Move action, Population<string> population) =>
            -population.Here + (state == "Rome" ? 10 * population[Watched] : 0);

        protected override void AddOutcomes(
            string state,
            Move action,
            Population<string> population,
            Outcomes<string> outcomes
        )
        {
            if (action.Kind == "Stay")
            {
                outcomes.Add(state, 1);
                return;
            }

            outcomes.Add(state == "Ulm" ? Destination : "Rome", 0.75);
            outcomes.Add(state, 0.25);
        }
    }
}
