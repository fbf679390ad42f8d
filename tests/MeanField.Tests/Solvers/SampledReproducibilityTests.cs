using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>One seed, one answer, to the last bit, for any number of threads; another seed, another answer.</summary>
public class SampledReproducibilityTests
{
    // Blocks of 256 trajectories are what threads share: each case has many.
    public static TheoryData<string, MeanFieldCoupling> Cases
    {
        get
        {
            var cases = new TheoryData<string, MeanFieldCoupling>();
            foreach (var name in new[] { "model", "model with particles", "mean", "importance", "faithful" })
            {
                cases.Add(name, MeanFieldCoupling.Rewards);
                if (name is "model" or "mean")
                {
                    cases.Add(name, MeanFieldCoupling.RewardsAndTransitions);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_a_kernel(string name, MeanFieldCoupling coupling)
    {
        var game = TabularGame.Create(Source(coupling));
        var alone = Solve(1, seed: 2);
        foreach (var threads in new[] { 2, 3 })
        {
            var together = Solve(threads, seed: 2);
            Assert.Equal(alone.Status, together.Status);
            Assert.Equal(alone.Last.Policy.Probabilities, together.Last.Policy.Probabilities);
            Assert.Equal(alone.Last.MeanField, together.Last.MeanField);
            Assert.Equal(alone.Last.Certificate, together.Last.Certificate);
            Assert.Equal(alone.Trace, together.Trace);
            Assert.Equal(alone.Samples, together.Samples);
            Assert.Equal(alone.Mixture!.Value, together.Mixture!.Value);
            Assert.Equal(
                alone.Mixture.MarkovPolicy.Policy.Probabilities,
                together.Mixture.MarkovPolicy.Policy.Probabilities
            );
        }

        var other = Solve(1, seed: 3);
        Assert.NotEqual(alone.Last.Policy.Probabilities.ToArray(), other.Last.Policy.Probabilities.ToArray());

        Solution Solve(int threads, long seed) =>
            SampledMfTrpo.Solve(
                game,
                Options(name),
                new SolveContext
                {
                    Clock = new FakeClock(),
                    Seed = seed,
                    Threads = threads,
                }
            );
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void With_a_simulator(string name, MeanFieldCoupling coupling)
    {
        var alone = Solve(1, seed: 2);
        foreach (var threads in new[] { 2, 3 })
        {
            var together = Solve(threads, seed: 2);
            Assert.Equal(alone.Status, together.Status);
            Assert.Equal(alone.Last.Policy.Probabilities, together.Last.Policy.Probabilities);
            Assert.Equal(alone.Last.MeanField, together.Last.MeanField);
            Assert.Equal(alone.Last.Exploitability, together.Last.Exploitability);
            Assert.Equal(alone.Last.RegularizedExploitability, together.Last.RegularizedExploitability);
            Assert.Equal(alone.Mixture!.Policy.Probabilities, together.Mixture!.Policy.Probabilities);
            Assert.Equal(alone.Mixture.Exploitability, together.Mixture.Exploitability);
            Assert.Equal(alone.Trace, together.Trace);
            Assert.Equal(alone.Samples, together.Samples);
        }

        var other = Solve(1, seed: 3);
        Assert.NotEqual(alone.Last.Policy.Probabilities.ToArray(), other.Last.Policy.Probabilities.ToArray());

        SimulatorSolution Solve(int threads, long seed) =>
            SimulatorMfTrpo.Solve(
                new BlackBox(Source(coupling))
                {
                    RewardRange = new Interval(-10, 10),
                    HasRandomRewards = true,
                    // A reward with chance in it, which depends on nothing but state, action and next state.
                    OnStep = (_, _, _, step) => step with { Reward = step.Reward + (0.01 * step.Next) },
                },
                Options(name) with
                {
                    Restart = RestartKind.Simulator,
                },
                new SolveContext
                {
                    Clock = new FakeClock(),
                    Seed = seed,
                    Threads = threads,
                }
            );
    }

    // Who calls twice gets the same twice, and a solve leaves nothing behind that another would see.
    [Fact]
    public void Solves_do_not_know_of_each_other()
    {
        var game = TabularGame.Create(Source(MeanFieldCoupling.Rewards));
        var context = new SolveContext { Clock = new FakeClock(), Seed = 5 };
        var first = SampledMfTrpo.Solve(game, Options("mean"), context);
        SampledMfTrpo.Solve(game, Options("importance"), context with { Seed = 6 });
        var second = SampledMfTrpo.Solve(game, Options("mean"), context);
        Assert.Equal(first.Trace, second.Trace);
        Assert.Equal(first.Last.Policy.Probabilities, second.Last.Policy.Probabilities);
    }

    private static RandomGame Source(MeanFieldCoupling coupling) =>
        new(7, states: 9, RandomShape.Connected, coupling, discount: 0.5);

    private static SampledMfTrpoOptions Options(string name)
    {
        var options = new SampledMfTrpoOptions
        {
            Temperature = 0.2,
            OuterIterations = 2,
            InnerIterations = 2,
            Trajectories = 600,
            Horizon = RolloutHorizon.Geometric,
            Tolerance = 0,
            SampleBudget = 10_000_000,
            EvaluationTrajectories = 300,
        };
        var particles = options with { Particles = 600, TransitionSteps = 3 };
        return name switch
        {
            "model with particles" => particles,
            "mean" => particles with { Estimator = ActionValueEstimator.Mean },
            "importance" => particles with { Estimator = ActionValueEstimator.Importance },
            "faithful" => particles with { Faithful = true },
            _ => options,
        };
    }
}
