using MeanField.Solvers;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class EquilibriumDistanceTests
{
    [Fact]
    public void Distances_are_the_sum_over_states_and_the_largest_over_pairs()
    {
        var game = Grids.Tabulated(Grids.Walls);
        var context = new SolveContext { Clock = new FakeClock() };
        var root = NewtonSolver.Solve(game, new NewtonOptions(), context).Best;
        var start = MfTrpo.Solve(game, new MfTrpoOptions { OuterIterations = 1 }, context);
        var uniform = start.Trace[0].Iteration == start.Best.Iteration ? start.Best : start.Last;

        Assert.Equal(new EquilibriumDistance(0, 0), EquilibriumDistance.Measure(root, root));
        var distance = EquilibriumDistance.Measure(root, uniform);
        var shares = root.MeanField.Zip(uniform.MeanField, (left, right) => Math.Abs(left - right));
        var probabilities = root
            .Policy.Probabilities.ToArray()
            .Zip(uniform.Policy.Probabilities.ToArray(), (left, right) => Math.Abs(left - right));
        Assert.Equal(shares.Sum(), distance.MeanField, 1e-15);
        Assert.Equal(probabilities.Max(), distance.Policy);
        Assert.Equal(distance, EquilibriumDistance.Measure(root, uniform.Policy.Probabilities, [.. uniform.MeanField]));
    }

    [Fact]
    public void A_trace_shows_how_far_each_scored_crowd_is_from_a_reference()
    {
        var game = Grids.Tabulated(Grids.Walls);
        var context = new SolveContext { Clock = new FakeClock() };
        var root = NewtonSolver.Solve(game, new NewtonOptions(), context).Best;
        var options = new MfTrpoOptions { OuterIterations = 200 };
        var solution = MfTrpo.Solve(game, options, context with { Reference = root.MeanField });
        Assert.Equal(EquilibriumDistance.Measure(root, solution.Last).MeanField, solution.Trace[^1].ReferenceDistance);
        Assert.InRange(solution.Trace[0].ReferenceDistance, 0.5, 2);
        Assert.InRange(solution.Trace[^1].ReferenceDistance, 0, 1e-2);

        var without = MfTrpo.Solve(game, options, context);
        Assert.All(without.Trace, row => Assert.Equal(double.NaN, row.ReferenceDistance));
        Assert.Equal(without.Best.Policy.Probabilities, solution.Best.Policy.Probabilities);
    }

    [Fact]
    public void A_reference_of_another_game_is_refused()
    {
        var context = new SolveContext { Clock = new FakeClock(), Reference = [0.5, 0.5] };
        var exception = Assert.Throws<ArgumentException>(() =>
            MfTrpo.Solve(Grids.Tabulated(Grids.Walls), new MfTrpoOptions(), context)
        );
        Assert.Contains("2 shares; allowed: 21", exception.Message);
    }

    [Fact]
    public void An_iterate_of_another_game_is_refused()
    {
        var context = new SolveContext { Clock = new FakeClock() };
        var root = NewtonSolver.Solve(Grids.Tabulated(Grids.Walls), new NewtonOptions(), context).Best;
        var other = NewtonSolver.Solve(Grids.Tabulated(Grids.Empty), new NewtonOptions(), context).Best;
        var exception = Assert.Throws<ArgumentException>(() => EquilibriumDistance.Measure(root, other));
        Assert.Contains("125 pairs and 25 states; allowed: 105 and 21", exception.Message);
    }
}
