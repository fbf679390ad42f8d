using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class AdaptiveMfTrpoTests
{
    // φ_η is flat at the equilibrium and φ is not: where the first is known to 1e-16, the second is to its root.
    private const double Precision = 1e-8;
    private static readonly SolveContext Context = new() { Clock = TimeProvider.System };

    // The published equilibria of the 5 x 5 grids, from an independent dense Newton solver.
    [Theory]
    [InlineData(Grids.Empty, 0.3, 0.248925831, 0.290052582)]
    [InlineData(Grids.Empty, 0.05, 0.038690405, 0.328484348)]
    [InlineData(Grids.Walls, 0.3, 0.283626518, 0.284847279)]
    [InlineData(Grids.Walls, 0.05, 0.041500866, 0.326254855)]
    public void The_regularised_equilibrium_is_the_published_one(
        string layout,
        double temperature,
        double exploitability,
        double largestShare
    )
    {
        var options = new AdaptiveMfTrpoOptions
        {
            Temperature = temperature,
            Tolerance = 1e-16,
            StallAfter = 20,
        };
        var last = AdaptiveMfTrpo.Solve(Grids.Tabulated(layout), options, Context).Last;
        Assert.InRange(last.Certificate.RegularizedExploitability.Upper, 0, 1e-11);
        Assert.Equal(exploitability, last.Certificate.Exploitability.Upper, Precision);
        Assert.Equal(largestShare, last.MeanField.Max(), Precision);
    }

    // Here no step of its own makes the gap smaller at some low temperature: Newton's method has to take over.
    [Theory]
    [InlineData(2, 0.05, 0)]
    [InlineData(5, 0.05, 0)]
    [InlineData(2, 0.05, 1e-4)]
    public void Where_its_own_steps_get_stuck_newtons_method_goes_on(double congestion, double slip, double temperature)
    {
        var game = Grids.Tabulated(Grids.Hall, ("congestion", congestion), ("slip", slip));
        var solution = AdaptiveMfTrpo.Solve(game, new AdaptiveMfTrpoOptions { Temperature = temperature }, Context);
        Assert.True(solution.Status.IsSuccess(), solution.Explanation);
        Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Upper, 0, 1e-6);
    }

    // However many steps an outer iteration has, so also where the rescue begins with its last one.
    [Fact]
    public void A_rescue_may_begin_at_the_end_of_an_outer_iteration()
    {
        var game = Grids.Tabulated(Grids.Hall, ("congestion", 2), ("slip", 0.05));
        foreach (var steps in Enumerable.Range(1, 8))
        {
            var options = new AdaptiveMfTrpoOptions { InnerIterations = steps, OuterIterations = 5000 };
            Assert.True(AdaptiveMfTrpo.Solve(game, options, Context).Status.IsSuccess());
        }
    }

    [Fact]
    public void Where_newtons_method_leads_nowhere_either_a_solve_ends_as_stalled_with_its_best()
    {
        var game = Grids.Tabulated(Grids.Hall, ("congestion", 2), ("slip", 0));
        var solution = AdaptiveMfTrpo.Solve(game, new AdaptiveMfTrpoOptions { StallAfter = 60 }, Context);
        Assert.Equal(SolveStatus.Stalled, solution.Status);
        var best = solution.Best.Certificate.RegularizedExploitability.Upper;
        Assert.Equal(solution.Trace.Min(row => row.RegularizedExploitability.Upper), best);
    }

    // The game that docs/adding-a-game.md adds.
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(20)]
    public void The_example_of_the_guide_to_adding_a_game_is_solved(int ponds)
    {
        var game = TabularGame.Create(Reference.CatalogueGames.Create(FishPonds.Definition, ("ponds", ponds)));
        var solution = AdaptiveMfTrpo.Solve(game, new AdaptiveMfTrpoOptions(), Context);
        Assert.True(solution.Status.IsSuccess(), solution.Explanation);
    }

    // Nothing is tuned here, and the certificate does not know how the answer was found.
    [Theory]
    [MemberData(nameof(CatalogueGames))]
    public void Every_game_of_the_catalogue_is_solved_without_entropy(string name)
    {
        var entry = GameCatalogue.Find(name)!;
        var game = TabularGame.Create(entry.Create(ParameterValues.Create("game", entry.Parameters, [])));
        var solution = AdaptiveMfTrpo.Solve(game, new AdaptiveMfTrpoOptions { TimeLimit = 60 }, Context);
        Assert.True(solution.Status.IsSuccess(), solution.Explanation);
        Assert.InRange(solution.Best.Certificate.Exploitability.Upper, 0, 1e-6);
    }

    public static TheoryData<string> CatalogueGames() => [.. GameCatalogue.All.Select(game => game.Name)];

    // field.md 3.1: the equilibrium of the Lasry-Lions chain is 0.0011, 0.0495, 0.2775, 0.3437 and symmetric, to 4 digits.
    [Fact]
    public void A_crowd_that_spreads_over_several_places_is_found()
    {
        var solution = AdaptiveMfTrpo.Solve(TabularGame.Create(BeachBar()), new AdaptiveMfTrpoOptions(), Context);
        Assert.True(solution.Status.IsSuccess(), solution.Explanation);
        double[] published = [0.0011, 0.0495, 0.2775, 0.3437, 0.2775, 0.0495, 0.0011];
        Assert.All(published.Zip(solution.Best.MeanField), pair => Assert.Equal(pair.First, pair.Second, 6e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void The_memory_changes_the_way_and_not_the_goal(int memory)
    {
        var game = Grids.Tabulated(Grids.Empty);
        var options = new AdaptiveMfTrpoOptions
        {
            Temperature = 0.3,
            Tolerance = 1e-9,
            Memory = memory,
        };
        var solution = AdaptiveMfTrpo.Solve(game, options, Context);
        Assert.True(solution.Status.IsSuccess(), solution.Explanation);
        Assert.Equal(0.290052582, solution.Best.MeanField.Max(), 1e-5);
    }

    [Fact]
    public void The_answer_is_the_same_to_the_last_bit_for_any_number_of_threads()
    {
        var game = Grids.Square(34);
        var options = new AdaptiveMfTrpoOptions { Temperature = 0.05, OuterIterations = 2 };
        var one = AdaptiveMfTrpo.Solve(game, options, Context);
        var three = AdaptiveMfTrpo.Solve(game, options, Context with { Threads = 3 });
        Assert.Equal(one.Last.Policy.Probabilities, three.Last.Policy.Probabilities);
        Assert.Equal(one.Last.MeanField, three.Last.MeanField);
    }

    // Returns are in the hundreds here, and rounding allows nothing like this tolerance.
    [Fact]
    public void What_does_not_converge_says_so()
    {
        var options = new AdaptiveMfTrpoOptions
        {
            Tolerance = 1e-13,
            StallAfter = 5,
            OuterIterations = 60,
        };
        var solution = AdaptiveMfTrpo.Solve(TabularGame.Create(BeachBar()), options, Context);
        Assert.False(solution.Status.IsSuccess());
        Assert.Contains("tolerance", solution.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1.0, 1, 1, 1e-10)]
    [InlineData(0.0, 0, 1, 1e-10)]
    [InlineData(0.0, 1, 101, 1e-10)]
    [InlineData(0.0, 1, 1, 0.0)]
    public void Options_out_of_range_are_refused(double temperature, int inner, int memory, double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            AdaptiveMfTrpo.Solve(
                Grids.Tabulated(Grids.Empty),
                new AdaptiveMfTrpoOptions
                {
                    Temperature = temperature,
                    InnerIterations = inner,
                    Memory = memory,
                    EvaluationTolerance = tolerance,
                },
                Context
            )
        );

    // Seven places in a row, a step to either side, noise of a fortieth each way, nobody likes crowds.
    private static PopulationGame BeachBar() =>
        new(
            (state, action, _) =>
                [
                    .. new[] { -1, 0, 1 }.Select(noise =>
                        (Math.Clamp(state + action - 1 + noise, 0, 6), noise == 0 ? 0.95 : 0.025)
                    ),
                ],
            (state, action, meanField) =>
                (-2 * Math.Abs(action - 1)) - (3 * (state - 3) * (state - 3)) - (40 * meanField[state]),
            states: 7,
            actions: 3
        )
        {
            Coupling = MeanFieldCoupling.Rewards,
        };
}
