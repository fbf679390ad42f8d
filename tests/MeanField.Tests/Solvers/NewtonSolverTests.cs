using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class NewtonSolverTests
{
    private const double LastDigit = 5e-10;

    public static TheoryData<string> SmoothGames =>
        [.. GameCatalogue.All.Select(entry => entry.Name).Where(name => name != KineticCongestion.Definition.Name)];

    /// <summary>The published numbers, found by an independent dense Newton solver.</summary>
    [Theory]
    [InlineData(Grids.Empty, 0.3, 0.248925831, 0.290052582, 11.413147631)]
    [InlineData(Grids.Empty, 0.05, 0.038690405, 0.328484348, 7.444056510)]
    [InlineData(Grids.Walls, 0.3, 0.283626518, 0.284847279, 11.485118882)]
    [InlineData(Grids.Walls, 0.05, 0.041500866, 0.326254855, 7.466977207)]
    public void The_regularised_equilibrium_is_the_published_one_in_under_ten_steps(
        string layout,
        double temperature,
        double exploitability,
        double largestShare,
        double value
    )
    {
        var game = Grids.Tabulated(layout);
        var solution = Solve(game, new NewtonOptions { Temperature = temperature });
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.InRange(solution.Iterations, 1, 9);
        Assert.Equal(solution.Iterations, solution.Best.Iteration);
        Assert.Equal(largestShare, solution.Best.MeanField.Max(), LastDigit);

        var dense = DenseMdp.At(game.Source, [.. solution.Best.MeanField]);
        var policy = dense.ByState(solution.Best.Policy.Probabilities);
        var values = dense.PolicyValues(policy, DecimalMath.From(temperature));
        Assert.Equal(exploitability, (double)dense.Exploitability(policy, 0), LastDigit);
        Assert.Equal(value, (double)dense.MeanField.Zip(values, (share, v) => share * v).Sum(), LastDigit);
        var residual = DenseEquilibrium.Residual(
            game.Source,
            DecimalMath.From(temperature),
            values,
            [.. solution.Best.MeanField]
        );
        Assert.InRange(residual, 0, 1e-12m);
        Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Upper, 0, 1e-11);
    }

    [Theory]
    [InlineData("grid", 0.05)]
    [InlineData("grid", 0.3)]
    [InlineData("moving kernel", 0.1)]
    public void Residuals_square_from_step_to_step(string name, double temperature)
    {
        var game =
            name == "grid"
                ? Grids.Tabulated(Grids.Empty)
                : TabularGame.Create(
                    new RandomGame(8, 12, RandomShape.Connected, MeanFieldCoupling.RewardsAndTransitions, 0.9)
                );
        using var solver = new NewtonSolver(game, new NewtonOptions { Temperature = temperature }, Context);
        var residuals = new List<double>();
        while (solver.Step() is null)
        {
            residuals.Add(solver.Residual);
        }

        // The first of them come from where a step is still too long for its linearisation.
        var near = residuals.SkipWhile(residual => residual > 0.05).ToList();
        Assert.InRange(near.Count, 3, 6);
        Assert.All(
            near.Zip(near.Skip(1)),
            pair => Assert.InRange(pair.Second, 0, (2 * pair.First * pair.First) + 1e-13)
        );
        Assert.InRange(near[^1], 0, 1e-12);
        Assert.All(solver.Trace.TakeLast(near.Count), row => Assert.Equal(1, row.PopulationStep));
    }

    /// <summary>Random games of every coupling at a temperature high enough for one equilibrium, against dense Newton on other unknowns.</summary>
    [Theory]
    [InlineData(1, 8, "Connected", MeanFieldCoupling.Rewards)]
    [InlineData(2, 12, "Connected", MeanFieldCoupling.RewardsAndTransitions)]
    [InlineData(3, 6, "Full", MeanFieldCoupling.RewardsAndTransitions)]
    [InlineData(4, 9, "Periodic", MeanFieldCoupling.RewardsAndTransitions)]
    [InlineData(5, 7, "Full", MeanFieldCoupling.None)]
    public void The_root_is_the_one_of_the_dense_reference(
        int seed,
        int states,
        string shape,
        MeanFieldCoupling coupling
    )
    {
        var source = new RandomGame(seed, states, Enum.Parse<RandomShape>(shape), coupling, discount: 0.9);
        var solution = Solve(TabularGame.Create(source), new NewtonOptions { Temperature = 0.75 });
        var (values, meanField) = DenseEquilibrium.Find(source, 0.75m, Grids.Uniform(source));
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.All(meanField.Zip(solution.Best.MeanField), pair => Assert.Equal(pair.First, pair.Second, 1e-13));

        var dense = DenseMdp.At(source, meanField);
        decimal[] expected = [.. dense.Improve(values, 0.75m).Policy.SelectMany(row => row)];
        Assert.All(
            expected.Zip(solution.Best.Policy.Probabilities.ToArray()),
            pair => Assert.Equal((double)pair.First, pair.Second, 1e-12)
        );
    }

    /// <summary>Crowding that only depends on where one is makes a game monotone (Lasry and Lions), with one equilibrium at any
    /// temperature.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void The_root_of_a_monotone_game_is_where_MF_TRPO_goes(int seed)
    {
        var game = TabularGame.Create(new CrowdedGame(seed, states: 10));
        var root = Solve(game, new NewtonOptions { Temperature = 0.1 }).Equilibria.Single();
        using var solver = new MfTrpo(
            game,
            new MfTrpoOptions
            {
                Temperature = 0.1,
                OuterIterations = 400,
                Tolerance = 0,
                EvaluationTolerance = 1e-14,
            },
            Context
        );
        var distances = new List<EquilibriumDistance>();
        do
        {
            distances.Add(EquilibriumDistance.Measure(root, solver.Policy, solver.MeanField));
        } while (solver.Step() is null);
        Assert.True(distances[0].MeanField > 0.1);
        Assert.True(distances[100].MeanField < 0.01 * distances[0].MeanField);
        Assert.InRange(distances[^1].MeanField, 0, 1e-10);
        Assert.InRange(distances[^1].Policy, 0, 1e-10);
    }

    [Theory]
    [InlineData("empty", 20)]
    [InlineData("walls", 20)]
    [InlineData("log", 20)]
    [InlineData("congested", 20)]
    [InlineData("beach bar", 100)]
    public void Lower_and_lower_temperatures_lead_to_the_equilibrium_without_entropy(string name, int steps)
    {
        var source = name switch
        {
            "walls" => Grids.Crowd(("layout", Grids.Walls)),
            "log" => Grids.Crowd(("congestion-form", "log")),
            "congested" => Grids.Crowd(("congestion", 10)),
            "beach bar" => CatalogueGames.Create(LasryLionsChain.Definition),
            _ => Grids.Crowd(("layout", Grids.Empty)),
        };
        var solution = Solve(TabularGame.Create(source), new NewtonOptions { Temperature = 0, Tolerance = 1e-7 });
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.InRange(solution.Iterations, 1, steps);
        Assert.InRange(solution.Best.Certificate.Exploitability.Upper, 0, 1e-7);
        Assert.Equal(0, solution.Best.Certificate.Temperature);

        var dense = DenseMdp.At(source, [.. solution.Best.MeanField]);
        var policy = dense.ByState(solution.Best.Policy.Probabilities);
        Assert.InRange(dense.Exploitability(policy, 0), -1e-15m, 1e-7m);
        var pushed = DenseChain.Push(dense.Chain(policy), dense.MeanField);
        Assert.InRange(pushed.Zip(dense.MeanField, (p, m) => Math.Abs(p - m)).Sum(), 0, 1e-14m);
    }

    // Policies that are all but deterministic, kernels that move with the crowd, a discount up to 0.999, and for seed 17 two closed classes.
    [Theory]
    [InlineData(16, MeanFieldCoupling.RewardsAndTransitions)]
    [InlineData(17, MeanFieldCoupling.RewardsAndTransitions)]
    [InlineData(11, MeanFieldCoupling.Rewards)]
    [InlineData(20, MeanFieldCoupling.Rewards)]
    [InlineData(30, MeanFieldCoupling.Rewards)]
    [InlineData(9, MeanFieldCoupling.None)]
    public void Random_games_are_solved_without_entropy(int seed, MeanFieldCoupling coupling)
    {
        var source = new RandomGame(seed, coupling: coupling);
        var solution = Solve(TabularGame.Create(source), new NewtonOptions { Temperature = 0, Tolerance = 1e-7 });
        Assert.Equal(SolveStatus.Converged, solution.Status);
        var dense = DenseMdp.At(source, [.. solution.Best.MeanField]);
        var policy = dense.ByState(solution.Best.Policy.Probabilities);
        Assert.InRange(dense.Exploitability(policy, 0), -1e-15m, 1e-7m);
    }

    /// <summary>The oracle in closed form: V(I) = −9/(1 − 0.9²), μ(I) = 1/(γ 0.8 |V(I)|), mean activity 0.1/(0.8 (1 − μ(I))); or no infection at
    /// all.</summary>
    [Fact]
    public void Different_starts_find_the_endemic_and_the_disease_free_equilibrium()
    {
        var game = TabularGame.Create(CatalogueGames.Create(SisEpidemic.Definition));
        var solution = Solve(
            game,
            new NewtonOptions
            {
                Temperature = 0,
                Tolerance = 1e-9,
                Starts = 4,
            }
        );
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.Equal(2, solution.Equilibria.Count);
        Assert.Same(solution.Equilibria[0], solution.Best);
        Assert.Contains("Distinct equilibria found from 4 starts: 2.", solution.Explanation);
        Assert.All(solution.Equilibria, e => Assert.InRange(e.Certificate.Exploitability.Upper, 0, 1e-9));

        var healthy = solution.Equilibria.Single(e => e.MeanField[1] < 1e-3);
        Assert.Equal(0, healthy.MeanField[1], 1e-12);
        Assert.Equal(1, MeanActivity(healthy), 1e-6);

        var endemic = solution.Equilibria.Single(e => e.MeanField[1] >= 1e-3);
        const double Infected = -9 / (1 - (0.9 * 0.9));
        const double Share = 1 / (0.9 * 0.8 * -Infected);
        Assert.Equal(0.0293210, Share, 5e-8);
        Assert.Equal(-47.368421, Infected, 5e-7);
        Assert.Equal(Share, endemic.MeanField[1], 1e-8);
        Assert.Equal(0.1 / (0.8 * (1 - Share)), MeanActivity(endemic), 1e-8);
        Assert.Equal(0.1287758, MeanActivity(endemic), 5e-8);
        var dense = DenseMdp.At(game.Source, [.. endemic.MeanField]);
        var values = dense.PolicyValues(dense.ByState(endemic.Policy.Probabilities), 0);
        Assert.Equal(Infected, (double)values[1], 1e-6);
        Assert.Equal(0, (double)values[0], 1e-6);
    }

    // Sixteen starts put the crowd into each of the seven places once, whatever the seed.
    [Fact]
    public void Two_bars_have_three_equilibria()
    {
        var options = new NewtonOptions { Temperature = 0.05, Starts = 16 };
        var equilibria = Solve(TabularGame.Create(CatalogueGames.Create(TwoBars.Definition)), options).Equilibria;
        Assert.Equal(3, equilibria.Count);
        Assert.All(equilibria, e => Assert.InRange(e.Certificate.RegularizedExploitability.Upper, 0, 1e-8));
        Assert.Contains(equilibria, e => e.MeanField[2] > 0.9);
        Assert.Contains(equilibria, e => e.MeanField[4] > 0.9);
        Assert.Contains(equilibria, e => Math.Abs(e.MeanField[2] - e.MeanField[4]) < 1e-6);
    }

    [Theory]
    [MemberData(nameof(SmoothGames))]
    public void Every_smooth_game_of_the_catalogue_is_solved_with_entropy_and_without(string name)
    {
        var game = TabularGame.Create(CatalogueGames.Create(GameCatalogue.Find(name)!));
        var root = Solve(game, new NewtonOptions { Temperature = 0.1 });
        Assert.Equal(SolveStatus.Converged, root.Status);
        Assert.InRange(root.Best.Certificate.RegularizedExploitability.Upper, 0, 1e-8);
        var limit = Solve(game, new NewtonOptions { Temperature = 0, Tolerance = 1e-7 });
        Assert.Equal(SolveStatus.Converged, limit.Status);
        Assert.InRange(limit.Best.Certificate.Exploitability.Upper, 0, 1e-7);
    }

    /// <summary>A cell that is full turns everybody away, however full it is: no Newton step sees beyond that edge.</summary>
    [Fact]
    public void A_kink_ends_a_solve_as_stalled_or_at_a_certificate()
    {
        var game = TabularGame.Create(CatalogueGames.Create(KineticCongestion.Definition));
        foreach (var temperature in new[] { 0.3, 0.1, 0 })
        {
            var solution = Solve(game, new NewtonOptions { Temperature = temperature });
            var isWithin = solution.Best.Certificate.RegularizedExploitability.Upper <= 1e-8;
            Assert.Equal(isWithin ? SolveStatus.Converged : SolveStatus.Stalled, solution.Status);
            Assert.Equal(isWithin, solution.Equilibria.Count > 0);
        }
    }

    [Fact]
    public void A_renumbered_game_has_the_renumbered_root()
    {
        var inner = new RandomGame(7, 15, RandomShape.Connected, MeanFieldCoupling.RewardsAndTransitions, 0.9);
        var order = Enumerable.Range(0, 15).ToArray();
        new Random(3).Shuffle(order);
        var permuted = new PermutedGame(inner, order);
        var options = new NewtonOptions { Temperature = 0.5 };
        var expected = Solve(TabularGame.Create(inner), options).Best;
        var actual = Solve(TabularGame.Create(permuted), options).Best;
        var distance = EquilibriumDistance.Measure(
            expected,
            permuted.OriginalPairs(actual.Policy.Probabilities),
            permuted.Original([.. actual.MeanField])
        );
        Assert.InRange(distance.MeanField, 0, 1e-12);
        Assert.InRange(distance.Policy, 0, 1e-12);
    }

    [Fact]
    public void There_is_a_trace_row_for_each_step_and_the_certificate_says_zero()
    {
        var solution = Solve(Grids.Tabulated(Grids.Walls), new NewtonOptions());
        Assert.Equal(Enumerable.Range(0, solution.Iterations + 1), solution.Trace.Select(row => row.Iteration));
        Assert.Same(solution.Last, solution.Best);
        Assert.Equal([solution.Best], solution.Equilibria);
        Assert.Equal(0, solution.Best.Certificate.RegularizedExploitability.Lower, 1e-12);
        Assert.Equal(1, solution.Best.Certificate.RecurrentClasses);
        Assert.Equal(solution.Trace[^1].PopulationStep / 0.05, solution.Trace[^1].StepSize, 1e-12);
        Assert.InRange(solution.Trace[^1].PopulationGap, 0, 1e-14);
        Assert.InRange(solution.Trace[^1].PolicyKl, 0, 1e-6);
        Assert.True(solution.Trace[1].PolicyKl > 0.01);
    }

    [Fact]
    public void A_game_of_hundreds_of_states_takes_a_few_steps()
    {
        var game = Grids.Tabulated(Grids.Rooms(5, 5));
        Assert.InRange(game.StateCount, 600, 1000);
        var solution = Solve(game, new NewtonOptions { Temperature = 0, Tolerance = 1e-7 });
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.InRange(solution.Iterations, 1, 50);
    }

    [Fact]
    public void A_game_without_a_root_ends_as_stalled_with_the_best_iterate()
    {
        var solution = Solve(TabularGame.Create(Jump()), new NewtonOptions { Temperature = 0.01 });
        Assert.Equal(SolveStatus.Stalled, solution.Status);
        Assert.Empty(solution.Equilibria);
        Assert.Contains("Nothing is left to try", solution.Explanation);
        Assert.Contains("found no root", solution.Explanation);
        Assert.True(solution.Best.Certificate.RegularizedExploitability.Lower > 1e-3);
        Assert.Equal(
            solution.Trace.Min(row => row.RegularizedExploitability.Upper),
            solution.Best.Certificate.RegularizedExploitability.Upper
        );
    }

    [Fact]
    public void A_certificate_that_rounding_keeps_above_the_tolerance_is_no_success()
    {
        var solution = Solve(
            Grids.Tabulated(Grids.Empty, ("discount", 0.999)),
            new NewtonOptions { Tolerance = 1e-13 }
        );
        Assert.Equal(SolveStatus.Stalled, solution.Status);
        Assert.Contains("Rounding allows no certificate", solution.Explanation);
        Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Upper, 1e-13, 1e-8);
    }

    [Fact]
    public void Limits_end_a_solve_before_its_root()
    {
        var game = Grids.Tabulated(Grids.Empty);
        var limited = Solve(game, new NewtonOptions { OuterIterations = 3 });
        Assert.Equal((SolveStatus.IterationLimit, 3), (limited.Status, limited.Iterations));

        var clock = new FakeClock();
        var timed = NewtonSolver.Solve(
            game,
            new NewtonOptions { TimeLimit = 2 },
            new SolveContext { Clock = clock, Progress = _ => clock.Advance(TimeSpan.FromSeconds(1)) }
        );
        Assert.Equal((SolveStatus.TimeLimit, 2), (timed.Status, timed.Iterations));
        Assert.Empty(timed.Equilibria);
    }

    [Fact]
    public void Tolerance_zero_runs_every_iteration()
    {
        var solution = Solve(Grids.Tabulated(Grids.Empty), new NewtonOptions { Tolerance = 0, OuterIterations = 12 });
        Assert.Equal((SolveStatus.IterationLimit, 12), (solution.Status, solution.Iterations));
        Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Upper, 0, 1e-11);
    }

    private static SolveContext Context => new() { Clock = new FakeClock(), Seed = 1 };

    private static Solution Solve(TabularGame game, NewtonOptions options) =>
        NewtonSolver.Solve(game, options, Context);

    // The first place pays while at most a third is there and costs beyond: best responses jump, and no policy is an equilibrium.
    private static PopulationGame Jump() =>
        new(
            (_, action, _) => [(action, 1)],
            (state, _, meanField) =>
                state > 0 ? 0
                : meanField[0] <= 1.0 / 3 ? 1
                : -1,
            states: 2,
            actions: 2
        )
        {
            Coupling = MeanFieldCoupling.Rewards,
        };

    private static double MeanActivity(Iterate iterate)
    {
        var susceptible = iterate.Policy.Probabilities[..5];
        var sum = 0.0;
        for (var a = 0; a < susceptible.Length; a++)
        {
            sum += susceptible[a] * a / 4;
        }

        return sum;
    }
}
