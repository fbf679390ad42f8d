using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>
/// One and two iterations of every exact rival worked out by hand. On the contraction game of Bench-MFG from uniform both states are alike: with p the
/// probability to stay, V = (−1 p − 3 (1 − p)) / (1 − 0.9), and Q(stay) is larger than Q(switch) by the switching cost of 2.
/// </summary>
public class RivalHandTests
{
    private static readonly SolveContext Context = new() { Clock = new FakeClock() };

    // Where the next state is the action, and being in state 1 pays.
    private static readonly TabularGame Meeting = TabularGame.Create(
        new PopulationGame((_, a, _) => [(a, 1)], (s, _, _) => s, states: 2, actions: 2)
    );

    [Fact]
    public void Mirror_descent() =>
        AssertStays(
            new OnlineMirrorDescent(
                BenchMfgGames.Contraction,
                Limited(new OnlineMirrorDescentOptions { LearningRate = 0.5 }),
                Context
            ),
            Logistic(0.5 * 2),
            Logistic(2 * 0.5 * 2)
        );

    [Fact]
    public void Greedy_policy_iteration() =>
        AssertStays(
            new PolicyIteration(BenchMfgGames.Contraction, Limited(new PolicyIterationOptions()), Context),
            1,
            1
        );

    [Fact]
    public void Boltzmann_policy_iteration() =>
        AssertStays(
            new PolicyIteration(
                BenchMfgGames.Contraction,
                Limited(new PolicyIterationOptions { Variant = PolicyIterationVariant.Boltzmann, Temperature = 4 }),
                Context
            ),
            Logistic(2.0 / 4),
            Logistic(2.0 / 4)
        );

    // With λη = 0.1 the log-odds x become 0.9 x + 0.1 y + 1 with y those of the reference: 0, 1, 1.9 while y = 0, then 2.9, 3.8 with y = 1.9.
    [Fact]
    public void Proximal_point() =>
        AssertStays(
            new ProximalPoint(
                BenchMfgGames.Contraction,
                Limited(
                    new ProximalPointOptions
                    {
                        ProximalWeight = 0.2,
                        LearningRate = 0.5,
                        InnerIterations = 2,
                    }
                ),
                Context
            ),
            Logistic(1.9),
            Logistic(3.8)
        );

    // At temperature 0 the projection of (0.5 − 1.9, 0.5 − 2.1), and again.
    [Fact]
    public void Mirror_ascent_without_temperature() =>
        AssertStays(
            new PolicyMirrorAscent(
                BenchMfgGames.Contraction,
                Limited(new PolicyMirrorAscentOptions { Temperature = 0, LearningRate = 0.1 }),
                Context
            ),
            0.6,
            0.7
        );

    // u + ητ log u: see the test of the step.
    [Fact]
    public void Mirror_ascent_with_temperature() =>
        AssertStays(
            new PolicyMirrorAscent(
                BenchMfgGames.Contraction,
                Limited(
                    new PolicyMirrorAscentOptions { Temperature = 0.1 / Math.Log(1.5) / 0.15, LearningRate = 0.15 }
                ),
                Context
            ),
            0.6
        );

    // Everybody goes to state 1, and a fifth of the population moves in an iteration.
    [Fact]
    public void Fixed_point_iteration() =>
        AssertShares(new FixedPoint(Meeting, Limited(new FixedPointOptions()), Context), 0.6, 0.68);

    // μ̄ counts the start once: (1/2 + 1)/2 and (1/2 + 2)/3.
    [Fact]
    public void Fictitious_play() =>
        AssertShares(new FictitiousPlay(Meeting, Limited(new FictitiousPlayOptions()), Context), 1.5 / 2, 2.5 / 3);

    [Fact]
    public void Smooth_policy_iteration() =>
        AssertShares(
            new PolicyIteration(
                Meeting,
                Limited(new PolicyIterationOptions { Variant = PolicyIterationVariant.Smooth }),
                Context
            ),
            0.5 + (0.4 * 0.5),
            0.7 + (0.4 * 0.3)
        );

    private static TOptions Limited<TOptions>(TOptions options)
        where TOptions : ExactRivalOptions => options with { Tolerance = 0 };

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static void AssertStays(IterativeSolver solver, params double[] probabilities)
    {
        using (solver)
        {
            foreach (var stays in probabilities)
            {
                solver.Step();
                Assert.Equal([stays, 1 - stays, stays, 1 - stays], solver.Policy.ToArray(), new Near(1e-9));
                Assert.Equal([0.5, 0.5], solver.MeanField.ToArray(), new Near(1e-12));
            }
        }
    }

    private static void AssertShares(IterativeSolver solver, params double[] shares)
    {
        using (solver)
        {
            foreach (var share in shares)
            {
                solver.Step();
                Assert.Equal([0, 1, 0, 1], solver.Policy.ToArray());
                Assert.Equal([1 - share, share], solver.MeanField.ToArray(), new Near(1e-12));
            }
        }
    }
}
