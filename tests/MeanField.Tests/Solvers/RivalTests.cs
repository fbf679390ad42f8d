using System.Globalization;
using MeanField.Games;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The exact rivals against the project's anchor values, against MF-TRPO and against what must not matter.</summary>
public class RivalTests
{
    private static readonly SolveContext Context = new() { Clock = new FakeClock() };

    public static TheoryData<string> Rivals =>
        [
            "fixed-point",
            "fictitious-play",
            "online-mirror-descent",
            "policy-iteration",
            "proximal-point",
            "policy-mirror-ascent",
        ];

    // φ at the η-equilibrium from the project's definitions (an independent dense Newton solver).
    [Theory]
    [InlineData(Grids.Empty, 0.3, 0.248925831)]
    [InlineData(Grids.Walls, 0.3, 0.283626518)]
    [InlineData(Grids.Walls, 0.05, 0.041500866)]
    public void Mirror_ascent_finds_the_regularised_equilibrium(
        string layout,
        double temperature,
        double exploitability
    )
    {
        var options = new PolicyMirrorAscentOptions { Temperature = temperature, Tolerance = 1e-10 };
        var solution = PolicyMirrorAscent.Solve(Grids.Tabulated(layout), options, Context);
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.Equal(exploitability, solution.Best.Certificate.Exploitability.Upper, 1e-4);
    }

    // With a uniform reference KL is entropy up to a constant: the first proximal point is the η-equilibrium with η = λ.
    [Theory]
    [InlineData(Grids.Empty, 0.3, 0.248925831)]
    [InlineData(Grids.Walls, 0.05, 0.041500866)]
    public void The_first_proximal_point_is_the_regularised_equilibrium(
        string layout,
        double weight,
        double exploitability
    )
    {
        var options = new ProximalPointOptions
        {
            ProximalWeight = weight,
            LearningRate = 0.5,
            InnerIterations = 1000,
            OuterIterations = 1,
            Tolerance = 0,
        };
        var solution = ProximalPoint.Solve(Grids.Tabulated(layout), options, Context);
        Assert.Equal(exploitability, solution.Last.Certificate.Exploitability.Upper, 1e-8);
    }

    [Theory]
    [InlineData(Grids.Empty)]
    [InlineData(Grids.Walls)]
    public void Proximal_points_lead_to_the_equilibrium_without_regularisation(string layout)
    {
        var solution = ProximalPoint.Solve(
            Grids.Tabulated(layout),
            new ProximalPointOptions { Tolerance = 1e-4 },
            Context
        );
        Assert.Equal(SolveStatus.Converged, solution.Status);
        Assert.Equal(0, solution.Best.Certificate.Temperature);
        Assert.InRange(solution.Best.Certificate.Exploitability.Upper, 0, 1e-4);
    }

    // MF-TRPO without entropy, with one inner step of constant size and all of the population moving to the stationary law. Its step size depends on
    // the span of rewards, which stays the same where nothing couples.
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(7)]
    public void Mirror_descent_from_uniform_is_trust_region_optimisation_without_entropy(int seed)
    {
        var game = TabularGame.Create(
            new RandomGame(seed, shape: RandomShape.Connected, coupling: MeanFieldCoupling.None, discount: 0.9)
        );
        var options = new MfTrpoOptions
        {
            Temperature = 0,
            StepRule = StepRule.Constant,
            InnerIterations = 1,
            PopulationStep = 1,
            Tolerance = 0,
        };
        using var trust = new MfTrpo(game, options, Context);
        trust.Step();
        var mirror = new OnlineMirrorDescentOptions
        {
            LearningRate = trust.Trace[^1].StepSize,
            TransitionSteps = null,
            Tolerance = 0,
        };
        using var descent = new OnlineMirrorDescent(game, mirror, Context);
        descent.Step();
        for (var k = 0; k < 10; k++)
        {
            Assert.Equal(trust.Policy.ToArray(), descent.Policy.ToArray(), new Near(1e-8));
            Assert.Equal(trust.MeanField.ToArray(), descent.MeanField.ToArray(), new Near(1e-8));
            trust.Step();
            descent.Step();
            Assert.Equal(trust.Trace[^1].PolicyKl, descent.Trace[^1].PolicyKl, 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Rivals))]
    public void Renumbering_states_changes_no_exploitability(string name)
    {
        var source = new RandomGame(11, states: 8, shape: RandomShape.Connected, discount: 0.9);
        var permuted = new PermutedGame(source, [3, 0, 7, 1, 6, 2, 5, 4]);
        var (left, right) = (Solve(name, source), Solve(name, permuted));
        Assert.All(
            left.Trace.Zip(right.Trace),
            rows =>
            {
                Assert.Equal(rows.First.Exploitability.Upper, rows.Second.Exploitability.Upper, 1e-7);
                Assert.Equal(rows.First.PopulationChange, rows.Second.PopulationChange, 1e-8);
            }
        );
    }

    // Rewards and temperatures in another unit, and rates that multiply values in its inverse; a constant in every reward.
    [Theory]
    [InlineData("fixed-point", "population-step", 0)]
    [InlineData("fictitious-play", "", 0)]
    [InlineData("online-mirror-descent", "learning-rate", -1)]
    [InlineData("policy-iteration", "temperature", 1)]
    [InlineData("proximal-point", "proximal-weight", 1)]
    [InlineData("policy-mirror-ascent", "temperature", 1)]
    public void Units_of_reward_change_no_answer(string name, string option, int power)
    {
        const double Factor = 8;
        var source = new RandomGame(11, states: 8, shape: RandomShape.Connected, discount: 0.9);
        var scaled = new TransformedGame(source, Factor, 13.25);
        var (left, right) = (Solve(name, source, 0, Given(1)), Solve(name, scaled, 0, Given(Factor)));
        Assert.All(
            left.Trace.Zip(right.Trace),
            rows =>
            {
                Assert.Equal(rows.First.Exploitability.Upper, rows.Second.Exploitability.Upper / Factor, 1e-7);
                Assert.Equal(
                    rows.First.RegularizedExploitability.Upper,
                    rows.Second.RegularizedExploitability.Upper / Factor,
                    1e-7
                );
            }
        );

        (string, string)[] Given(double factor)
        {
            var options = new List<(string, string)>();
            if (option.Length > 0)
            {
                options.Add((option, Text(0.25 * Math.Pow(factor, power))));
            }

            if (name is "proximal-point" or "policy-mirror-ascent")
            {
                options.Add(("learning-rate", Text(0.5 / factor)));
            }

            if (name == "policy-iteration")
            {
                options.Add(("variant", "boltzmann"));
            }

            return [.. options];
        }

        static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Rivals))]
    public void A_random_start_is_the_seeds_and_a_uniform_one_is_not(string name)
    {
        var game = new RandomGame(11, states: 8, discount: 0.9);
        var first = Solve(name, game, seed: 1, ("start", "random"));
        var again = Solve(name, game, seed: 1, ("start", "random"));
        var other = Solve(name, game, seed: 2, ("start", "random"));
        Assert.Equal(first.Trace, again.Trace);
        Assert.NotEqual(first.Trace[0].Exploitability, other.Trace[0].Exploitability);
        Assert.Equal(
            Solve(name, game, seed: 1, ("start", "uniform")).Trace,
            Solve(name, game, seed: 2, ("start", "uniform")).Trace
        );
    }

    private static Solution Solve(
        string name,
        IMeanFieldGame game,
        long seed = 0,
        params (string Name, string Text)[] options
    )
    {
        var entry = SolverCatalogue.Find(name)!;
        var given = options
            .Append(("outer-iterations", "12"))
            .Append(("tolerance", "0"))
            .Select(option => KeyValuePair.Create(option.Item1, option.Item2));
        return entry.Solve(
            TabularGame.Create(game),
            ParameterValues.Create(name, entry.Options, given),
            Context with
            {
                Seed = seed,
            }
        );
    }
}
