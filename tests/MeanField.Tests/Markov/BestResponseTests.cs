using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class BestResponseTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Optimal_values_are_those_of_the_dense_reference(int seed)
    {
        using var check = new RandomCase(seed);
        var solver = new BestResponse(check.Chain, check.Team);
        foreach (var temperature in new[] { 0, 0.01, 0.5 })
        {
            var expected = check.Dense.OptimalValues(DecimalMath.From(temperature));
            foreach (var guess in new[] { 0.0, 1e3 })
            {
                var values = Enumerable.Repeat(guess, check.States).ToArray();
                solver.Solve(check.Mdp, temperature, 1e-15 / (1 - check.Source.Discount), values);
                Assert.All(values, (value, s) => Assert.Equal((double)expected[s], value, 4 * check.ValueTolerance));
            }
        }
    }

    [Theory]
    [InlineData(0, 0.9)]
    [InlineData(0.05, 0.9)]
    [InlineData(1e-6, 0.9)]
    [InlineData(0, 0.999)]
    [InlineData(0.3, 0.999)]
    public void Optimal_values_of_a_large_grid_solve_the_bellman_equation(double temperature, double discount)
    {
        var game = Grids.Square(40, ("discount", discount), ("congestion", "50"));
        var law = RandomInputs.Law(game.StateCount, new Random(1), hasGaps: true);
        using var team = new ThreadTeam(2);
        var values = new double[game.StateCount];
        new BestResponse(new InducedChain(game), team).Solve(FrozenMdp.Create(game, law), temperature, 1e-11, values);
        Assert.InRange(
            BellmanEquation.OptimalityResidual(game.Source, law, temperature, values),
            0,
            1e-11 + (1e-15 * values.Max(Math.Abs))
        );
    }

    [Fact]
    public void Actions_that_are_all_alike_are_no_trouble()
    {
        var source = new PopulationGame((s, a, _) => [((s + a) % 7, 1)], (_, _, _) => 1, states: 7, actions: 7);
        var game = TabularGame.Create(source);
        using var team = new ThreadTeam(1);
        var solver = new BestResponse(new InducedChain(game), team);
        foreach (var temperature in new[] { 0, 0.5 })
        {
            var values = new double[7];
            solver.Solve(FrozenMdp.Create(game, Grids.Uniform(source)), temperature, 1e-14, values);
            Assert.All(values, value => Assert.Equal((1 + (temperature * Math.Log(7))) / (1 - 0.9), value, 1e-12));
        }
    }

    [Fact]
    public void A_caller_can_stop_it()
    {
        using var check = new RandomCase(2);
        Assert.Throws<OperationCanceledException>(() =>
            new BestResponse(check.Chain, check.Team).Solve(
                check.Mdp,
                0,
                0,
                new double[check.States],
                new CancellationToken(canceled: true)
            )
        );
    }
}
