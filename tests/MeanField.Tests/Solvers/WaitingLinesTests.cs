using MeanField.Equilibrium;
using MeanField.Examples.WaitingLines;
using MeanField.Games;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The example that has no kernel, against the kernel that one can work out for it.</summary>
public class WaitingLinesTests
{
    private const double Temperature = 0.05;

    // The kernel finds the equilibrium by another method and judges the answer; the solve has seen neither. A seventh of the example's budget.
    [Fact]
    public void The_answer_is_nearly_an_equilibrium()
    {
        var game = TabularGame.Create(new ServedLines());
        var exact = MfTrpo.Solve(
            game,
            new MfTrpoOptions { Temperature = Temperature, PopulationStep = 0.02 },
            new SolveContext { Clock = new FakeClock() }
        );
        Assert.Equal(SolveStatus.Converged, exact.Status);
        var options = new SampledMfTrpoOptions
        {
            Temperature = Temperature,
            PopulationStep = 0.02,
            SampleBudget = 150_000,
            EvaluationTrajectories = 300,
        };
        var context = new SolveContext { Seed = 1, Clock = new FakeClock() };
        var solution = SimulatorMfTrpo.Solve(new CoffeeQueues(), options, context);
        Assert.Equal(SolveStatus.SampleLimit, solution.Status);
        Assert.InRange(solution.Samples.Total - solution.Samples.Evaluation, 149_000, 150_000);

        var last = solution.Last;
        var policy = Policy.Create(game, last.Policy.Probabilities);
        var truth = Certifier.Certify(game, policy, [.. last.MeanField], Temperature);
        var uniform = Certifier.Certify(game, Policy.Uniform(game), [.. last.MeanField], Temperature);
        Assert.InRange(truth.RegularizedExploitability.Upper, 0, 0.05 * uniform.RegularizedExploitability.Lower);
        foreach (var (share, other) in last.MeanField.Zip(exact.Last.MeanField))
        {
            Assert.Equal(other, share, 0.06);
        }

        // The estimates know no kernel; 5.6 standard errors, and what the deviation found falls short.
        AssertNear(truth.Exploitability.Upper, last.Exploitability!);
        AssertNear(truth.RegularizedExploitability.Upper, last.RegularizedExploitability!);
    }

    // The minute as it is played is the minute as it is written down.
    [Fact]
    public void The_simulator_serves_as_the_kernel_says()
    {
        var (office, lines) = (new CoffeeQueues(), new ServedLines());
        double[] law = [0.1, 0.05, 0.25, 0.6];
        for (var state = 0; state < 4; state++)
        {
            Assert.Equal(lines.ActionCount(state), office.ActionCount(state));
            for (var action = 0; action < lines.ActionCount(state); action++)
            {
                var row = new TransitionRow();
                lines.AddTransitions(state, action, law, row);
                var expected = new double[4];
                foreach (var (next, probability) in row.Entries)
                {
                    expected[next] += probability;
                }

                var (counts, rewards) = (new long[4], 0.0);
                var random = new RandomNumbers(state, action);
                for (var n = 0; n < 10_000; n++)
                {
                    var step = office.Step(state, action, law, ref random);
                    counts[step.Next]++;
                    rewards += step.Reward;
                    Assert.True(office.RewardRange.Contains(step.Reward));
                }

                // One false alarm in a million runs of each if seeds were drawn; a reward has a standard deviation of at most a half.
                Assert.InRange(ChiSquare.PValue(counts, expected), 1e-6, 1);
                Assert.Equal(lines.Reward(state, action, law), rewards / 10_000, 5 * 0.5 / 100);
            }
        }
    }

    private static void AssertNear(double truth, MonteCarloEstimate estimate)
    {
        var noise = 5.6 * estimate.StandardError;
        Assert.InRange(estimate.Mean, truth - noise - 0.02, truth + noise);
    }

    // Served with probability min(1, capacity / people in line), for one's coffee less the minute; otherwise one goes on standing there.
    private sealed class ServedLines : IMeanFieldGame
    {
        public int StateCount => 4;

        public double Discount => 0.95;

        public MeanFieldCoupling Coupling => MeanFieldCoupling.RewardsAndTransitions;

        public int ActionCount(int state) => state == 0 ? 4 : 2;

        public double Reward(int state, int action, ReadOnlySpan<double> meanField) =>
            (state, action) switch
            {
                (0, 0) => 0,
                (0, _) => -new[] { 0, 0.1, 0.3 }[action - 1],
                (_, 0) => Served(state, meanField) - 0.04,
                _ => 0,
            };

        public void AddTransitions(int state, int action, ReadOnlySpan<double> meanField, TransitionRow row)
        {
            if (state == 0 || action == 1)
            {
                row.Add(state == 0 ? action : 0, 1);
                return;
            }

            row.Add(0, Served(state, meanField));
            row.Add(state, 1 - Served(state, meanField));
        }

        public string StateName(int state) => $"{state}";

        public string ActionName(int state, int action) => $"{action}";

        private static double Served(int line, ReadOnlySpan<double> meanField) =>
            Math.Min(1, new[] { 1, 3, 6 }[line - 1] / (100 * meanField[line]));
    }
}
