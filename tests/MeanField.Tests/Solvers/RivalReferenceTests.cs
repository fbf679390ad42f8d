using MeanField.Games;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>Whole trajectories of the exact rivals against their updates as printed, on full matrices of decimals.</summary>
public class RivalReferenceTests
{
    private const int Iterations = 5;

    // Every shape and every coupling.
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 15)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Fixed_point_iteration_moves_a_share_to_the_best_response(int seed) =>
        AssertSameTrajectory(
            seed,
            new FixedPointOptions { PopulationStep = 0.3, PopulationStepDecay = 0.5 },
            (game, options, context) => new FixedPoint(game, options, context),
            (play, k, options) =>
            {
                var next = BestResponse(play);
                Take(play, next, play.Follow(next, options.TransitionSteps), 0.3m / (1 + (0.5m * k)));
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Fictitious_play_averages_populations_and_weighs_policies_by_them(int seed)
    {
        var sums = new List<(decimal[] Law, decimal[][] Policy)>();
        AssertSameTrajectory(
            seed,
            new FictitiousPlayOptions(),
            (game, options, context) => new FictitiousPlay(game, options, context),
            (play, k, options) =>
            {
                var answer = BestResponse(play);
                var law = play.Follow(answer, options.TransitionSteps);
                sums.Add((law, answer));
                var average = answer.Select(
                    (row, s) =>
                        row.Select(
                                (p, a) =>
                                    sums.Sum(part => part.Law[s]) > 0
                                        ? sums.Sum(part => part.Law[s] * part.Policy[s][a])
                                            / sums.Sum(part => part.Law[s])
                                        : p
                            )
                            .ToArray()
                );
                Take(play, [.. average], law, 1m / (k + 2));
            }
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mirror_descent_is_the_softmax_of_the_sum_of_all_action_values(int seed)
    {
        decimal[][]? sum = null;
        AssertSameTrajectory(
            seed,
            new OnlineMirrorDescentOptions { LearningRate = 0.25 },
            (game, options, context) => new OnlineMirrorDescent(game, options, context),
            (play, _, options) =>
            {
                var values = play.ActionValues();
                sum = Combine(values, sum, (q, y) => (0.25m * q) + y);
                var next = DensePlay.Softmax(sum);
                Take(play, next, play.Follow(next, options.TransitionSteps), 1);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Policy_iteration_is_greedy_in_the_values_of_the_last_policy(int seed) =>
        AssertSameTrajectory(
            seed,
            new PolicyIterationOptions { PopulationStep = 0.1, PopulationStepDecay = 3 },
            (game, options, context) => new PolicyIteration(game, options, context),
            (play, _, options) =>
            {
                var next = DensePlay.Greedy(play.ActionValues());
                Take(play, next, play.Follow(next, options.TransitionSteps), 1);
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Smooth_policy_iteration_moves_a_share(int seed) =>
        AssertSameTrajectory(
            seed,
            new PolicyIterationOptions
            {
                Variant = PolicyIterationVariant.Smooth,
                PopulationStep = 0.5,
                PopulationStepDecay = 0.5,
            },
            (game, options, context) => new PolicyIteration(game, options, context),
            (play, k, options) =>
            {
                var next = DensePlay.Greedy(play.ActionValues());
                Take(play, next, play.Follow(next, options.TransitionSteps), 1m / (k + 2));
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Boltzmann_policy_iteration_is_softmax_in_them(int seed) =>
        AssertSameTrajectory(
            seed,
            new PolicyIterationOptions { Variant = PolicyIterationVariant.Boltzmann, Temperature = 0.4 },
            (game, options, context) => new PolicyIteration(game, options, context),
            (play, _, options) =>
            {
                var next = DensePlay.Softmax(Combine(play.ActionValues(), null, (q, _) => q / 0.4m));
                Take(play, next, play.Follow(next, options.TransitionSteps), 1);
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_proximal_point_is_neared_by_steps_between_reference_and_policy(int seed) =>
        AssertSameTrajectory(
            seed,
            new ProximalPointOptions
            {
                ProximalWeight = 0.5,
                LearningRate = 0.4,
                InnerIterations = 3,
            },
            (game, options, context) => new ProximalPoint(game, options, context),
            (play, _, options) =>
            {
                var reference = play.Policy;
                for (var l = 0; l < 3; l++)
                {
                    var values = play.ActionValues(0.5m, reference);
                    var logits = Combine(values, play.Policy, (q, p) => (0.4m * q) + (0.8m * DecimalMath.Log(p)));
                    var next = DensePlay.Softmax(Combine(logits, reference, (x, r) => x + (0.2m * DecimalMath.Log(r))));
                    Take(play, next, play.Follow(next, options.TransitionSteps), 1);
                }
            }
        );

    // The maximiser is found here by its first-order conditions with bisection.
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mirror_ascent_stays_near_the_last_policy_in_the_euclidean_norm(int seed) =>
        AssertSameTrajectory(
            seed,
            new PolicyMirrorAscentOptions { Temperature = 0.5, LearningRate = 0.3 },
            (game, options, context) => new PolicyMirrorAscent(game, options, context),
            (play, _, options) =>
            {
                var values = play.ActionValues(0.5m);
                var next = values.Select((row, s) => Ascend(row, play.Policy[s])).ToArray();
                Take(play, next, play.Follow(next, options.TransitionSteps), 1);
            }
        );

    private static decimal[] Ascend(decimal[] values, decimal[] policy)
    {
        var targets = policy.Select((p, a) => (double)(p + (0.3m * (values[a] - values.Max())))).ToArray();
        var multiplier = Bisect(-30, 3, nu => 1 - targets.Sum(z => Inverse(z - nu)));
        return Array.ConvertAll(targets, z => DecimalMath.From(Inverse(z - multiplier)));

        static double Inverse(double z) => Bisect(0, 40, u => u + (0.15 * Math.Log(u)) - z);
    }

    // The root of an increasing function.
    private static double Bisect(double low, double high, Func<double, double> function)
    {
        for (var n = 0; n < 60; n++)
        {
            var middle = (low + high) / 2;
            (low, high) = function(middle) < 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static decimal[][] Combine(
        decimal[][] left,
        decimal[][]? right,
        Func<decimal, decimal, decimal> function
    ) => [.. left.Select((row, s) => row.Select((x, a) => function(x, right is null ? 0 : right[s][a])).ToArray())];

    private static decimal[][] BestResponse(DensePlay play)
    {
        var mdp = play.Mdp();
        return mdp.Improve(mdp.OptimalValues(0), 0).Policy;
    }

    private static void Take(DensePlay play, decimal[][] policy, decimal[] law, decimal share)
    {
        play.Policy = policy;
        play.Move(law, share);
    }

    // A few transition steps; the stationary law in the seeds where there is exactly one that does not couple.
    private static void AssertSameTrajectory<TOptions>(
        int seed,
        TOptions options,
        Func<TabularGame, TOptions, SolveContext, IterativeSolver> create,
        Action<DensePlay, int, TOptions> iterate
    )
        where TOptions : ExactRivalOptions
    {
        var source = new RandomGame(seed, states: 4 + (seed % 7), discount: 0.8, mostActions: 4);
        var hasLaw =
            source.Shape is RandomShape.Connected or RandomShape.Full
            && source.Coupling != MeanFieldCoupling.RewardsAndTransitions;
        options = options with
        {
            OuterIterations = Iterations,
            Tolerance = 0,
            Start = seed % 2 == 0 ? StartPolicy.Random : StartPolicy.Uniform,
            TransitionSteps = hasLaw ? null : 1 + (seed % 4),
        };
        using var solver = create(
            TabularGame.Create(source),
            options,
            new SolveContext { Clock = new FakeClock(), Seed = seed }
        );
        var uniform = DenseMdp.At(source, Grids.Uniform(source));
        var play = new DensePlay(source, uniform.ByState(solver.Policy), uniform.MeanField);
        play.MeanField = play.Follow(play.Policy, options.TransitionSteps);
        for (var k = 0; k < Iterations; k++)
        {
            AssertEqual(play, solver);
            solver.Step();
            iterate(play, k, options);
        }

        AssertEqual(play, solver);
    }

    private static void AssertEqual(DensePlay play, IterativeSolver solver)
    {
        var policy = play.Policy.SelectMany(row => row).ToArray();
        Assert.All(solver.MeanField.ToArray(), (share, s) => Assert.Equal((double)play.MeanField[s], share, 1e-9));
        Assert.All(solver.Policy.ToArray(), (p, pair) => Assert.Equal((double)policy[pair], p, 1e-8));
    }
}
