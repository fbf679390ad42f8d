using MeanField.Games;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Games;

/// <summary>A game in its own terms that knows its derivatives: three quays, where ships keep away from each other and follow the middle
/// one.</summary>
public class DifferentiableGameTests
{
    [Fact]
    public void Derivatives_are_numbered_like_states()
    {
        IRewardDerivative game = new Quays();
        var row = new GradientRow();
        game.AddRewardDerivatives(2, 1, [0.2, 0.3, 0.5], row);
        Assert.Equal([new(2, -2.0), new(1, 0.6)], row.Entries);
        row.Clear();
        Assert.Empty(row.Entries);
    }

    [Fact]
    public void A_state_that_the_game_does_not_list_is_refused()
    {
        IRewardDerivative game = new Quays { Middle = "Atlantis" };
        Assert.Throws<KeyNotFoundException>(() => game.AddRewardDerivatives(0, 0, [0.2, 0.3, 0.5], new GradientRow()));
    }

    [Fact]
    public void Newton_s_method_finds_the_same_root_with_them_and_without()
    {
        var context = new SolveContext { Clock = new FakeClock() };
        var options = new NewtonOptions { Temperature = 0.1 };
        var source = new Quays();
        var with = NewtonSolver.Solve(TabularGame.Create(source), options, context);
        var without = NewtonSolver.Solve(
            TabularGame.Create(new TransformedGame(source, factor: 1, constant: 0)),
            options,
            context
        );
        Assert.True(with.Status.IsSuccess());
        var distance = EquilibriumDistance.Measure(with.Best, without.Best);
        Assert.InRange(distance.MeanField, 0, 1e-12);
        Assert.InRange(distance.Policy, 0, 1e-12);
        Assert.Equal(with.Iterations, without.Iterations);
    }

    private sealed class Quays : DifferentiableGame<string, string>
    {
        public string Middle { get; init; } = "middle";

        public override double Discount => 0.8;

        public override MeanFieldCoupling Coupling => MeanFieldCoupling.Rewards;

        public override IReadOnlyList<string> States => ["near", "middle", "far"];

        public override IReadOnlyList<string> ActionsIn(string state) => States;

        protected override double Reward(string state, string action, Population<string> population) =>
            (-2 * population.Here) + (population["middle"] * population["middle"]) - (state == action ? 0 : 0.1);

        protected override void AddOutcomes(
            string state,
            string action,
            Population<string> population,
            Outcomes<string> outcomes
        )
        {
            outcomes.Add(action, 0.9);
            outcomes.Add(state, 0.1);
        }

        protected override void AddRewardDerivatives(
            string state,
            string action,
            Population<string> population,
            Gradient<string> gradient
        )
        {
            gradient.Add(state, -2);
            gradient.Add(Middle, 2 * population["middle"]);
        }
    }
}
