using MeanField.Equilibrium;
using MeanField.Games;
using MeanField.Sampling;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>What deviations were seen to gain against what the best ones gain, from the kernel.</summary>
public class DeviationEstimatorTests
{
    // One false alarm in a million runs of a case if seeds were drawn; what the deviation found falls short of the best one comes on top.
    private const double StandardErrors = 5.6;
    private const double Temperature = 0.2;

    // No policy is near an equilibrium here, and each is judged at a mean field that the model did not learn at.
    [Theory]
    [InlineData(MeanFieldCoupling.None, 1)]
    [InlineData(MeanFieldCoupling.Rewards, 2)]
    [InlineData(MeanFieldCoupling.RewardsAndTransitions, 3)]
    [InlineData(MeanFieldCoupling.RewardsAndTransitions, 4)]
    public void The_gain_is_the_exploitability_but_for_noise(MeanFieldCoupling coupling, int seed)
    {
        var game = new RandomGame(seed, states: 8, RandomShape.Connected, coupling, discount: 0.8);
        using var inside = Case(game, seed);
        for (var k = 0; k < 4; k++)
        {
            inside.Iteration.Advance();
        }

        var random = new Random(seed);
        var policy = Policy.Create(inside.Game, RandomInputs.Policy(game, random));
        var law = RandomInputs.Law(8, random);
        var judged = Estimator(inside, 5000).Judge(Iterate(policy, law));
        var certificate = Certifier.Certify(inside.Game, policy, law, Temperature);
        AssertNear(judged.Exploitability!, certificate.Exploitability.Upper);
        AssertNear(judged.RegularizedExploitability!, certificate.RegularizedExploitability.Upper);
        Assert.Equal(5000, judged.Exploitability!.Trajectories);
        Assert.Equal(policy.Probabilities, judged.Policy.Probabilities);
        Assert.Equal(law, judged.MeanField);
    }

    // The model learnt at a mean field where all goes well; at another the way is shut. Whoever deviates must see that, also in a game with more pairs
    // than an estimate has steps: here most states are never reached.
    [Fact]
    public void A_model_of_another_mean_field_is_not_believed()
    {
        const int States = 1200;
        var game = new PopulationGame(
            (s, a, mu) =>
                (s, a) switch
                {
                    (0, 0) => [(1, 1 - mu[1]), (0, mu[1])],
                    (0, _) => [(2, 0.3), (0, 0.7)],
                    _ => [(0, 1)],
                },
            (s, _, _) => s is 1 or 2 ? 1 : 0,
            States,
            actions: 2
        );
        var options = Options with
        {
            Restart = RestartKind.Given,
            RestartWeights = new Dictionary<int, double> { [0] = 1 },
        };
        using var inside = new SampledCase(game, options, seed: 1, box: new BlackBox(game));
        var (half, law, never) = (new double[2 * States], new double[States], new double[2 * States]);
        Array.Fill(half, 0.5);
        half.CopyTo(never, 0);
        (never[0], never[1]) = (1, 0);
        law[0] = 1;
        inside.Session.MoveTo(law, inside.Team);
        inside.Session.Policy.Update(half, new double[2 * States], 0);
        Assert.Null(inside.Session.Improve(0, 0, 1500, _ => inside.Iteration.Model!.Collect()));
        (law[0], law[1]) = (0.05, 0.95);
        var policy = Policy.Create(inside.Game, never);
        var judged = Estimator(inside, 100).Judge(Iterate(policy, law));
        var truth = Certifier.Certify(inside.Game, policy, law, 0).Exploitability.Upper;
        Assert.InRange(truth, 1, 3);
        Assert.InRange(judged.Exploitability!.Mean, 0.5 * truth, 1.5 * truth);
    }

    // The prize is three steps from where the policy ever goes, and restarts are of no help.
    [Fact]
    public void Deviations_far_from_the_policy_are_found()
    {
        var rows = Enumerable
            .Range(0, 4)
            .Select(s =>
                new[]
                {
                    new ListedRow(s == 3 ? 10 : 0, (0, 1)),
                    new ListedRow(s == 3 ? 10 : 0, (Math.Min(3, s + 1), 1)),
                }
            )
            .ToArray();
        var game = new ListedGame { Rows = rows };
        var options = Options with
        {
            Restart = RestartKind.Given,
            RestartWeights = new Dictionary<int, double> { [0] = 1 },
        };
        using var inside = new SampledCase(game, options, box: new BlackBox(game));
        var policy = Policy.Create(inside.Game, [1, 0, 1, 0, 1, 0, 1, 0]);
        var judged = Estimator(inside, 4000).Judge(Iterate(policy, [1, 0, 0, 0]));
        // 10 in every step from the fourth on.
        AssertNear(judged.Exploitability!, 10 * Math.Pow(0.9, 3) / (1 - 0.9));
    }

    // One state, no reward: the best is to draw evenly, and each step short of that costs η (log 2 − H), the first one too.
    [Fact]
    public void Entropy_counts_from_the_first_step()
    {
        var game = new ListedGame
        {
            Rows =
            [
                [new(0, (0, 1)), new(0, (0, 1))],
            ],
            Discount = 0.5,
        };
        using var inside = Case(game, seed: 2);
        var judged = Estimator(inside, 4000).Judge(Iterate(Policy.Create(inside.Game, [0.9, 0.1]), [1]));
        var entropy = -(0.9 * Math.Log(0.9)) - (0.1 * Math.Log(0.1));
        AssertNear(judged.RegularizedExploitability!, Temperature * (Math.Log(2) - entropy) / (1 - 0.5));
        Assert.Equal(0, judged.Exploitability!.Mean);
    }

    // The same random numbers on both sides: a deviation that is the policy itself gains nothing, without noise.
    [Fact]
    public void Playing_the_best_response_leaves_nothing_to_gain()
    {
        var rows = new ListedRow[][] { [new(0, (1, 1)), new(1, (0, 1))], [new(5, (0, 1)), new(0, (1, 1))] };
        var game = new ListedGame { Rows = rows };
        using var inside = Case(game, seed: 1);
        var judged = Estimator(inside, 100).Judge(Iterate(Policy.Create(inside.Game, [1, 0, 1, 0]), [0.5, 0.5]));
        Assert.Equal((0, 0), (judged.Exploitability!.Mean, judged.Exploitability.StandardError));
    }

    // Each of two estimates takes the policy's returns from the same trajectories, whatever was done in between.
    [Fact]
    public void Estimates_are_repeatable()
    {
        var game = new RandomGame(3, states: 8, RandomShape.Connected, MeanFieldCoupling.Rewards, discount: 0.8);
        var estimates = new[] { 1, 2, 3 }.Select(threads =>
        {
            using var inside = Case(game, 3, threads);
            inside.Iteration.Advance();
            var policy = Policy.Uniform(inside.Game);
            return Estimator(inside, 700).Judge(Iterate(policy, Grids.Uniform(game))).RegularizedExploitability;
        });
        Assert.Single(estimates.Distinct());
    }

    private static void AssertNear(MonteCarloEstimate estimate, double truth)
    {
        var noise = StandardErrors * estimate.StandardError;
        Assert.InRange(estimate.Mean, (0.95 * truth) - noise, truth + noise);
        Assert.InRange(noise, 0, 0.3 * truth);
    }

    private static SimulatorIterate Iterate(Policy policy, double[] meanField) =>
        new()
        {
            Iteration = 0,
            Policy = policy,
            MeanField = meanField,
        };

    private static DeviationEstimator Estimator(SampledCase inside, int trajectories) =>
        new(inside.Iteration, inside.Team, trajectories);

    private static SampledMfTrpoOptions Options => new() { Temperature = Temperature, SampleBudget = 100_000_000 };

    private static SampledCase Case(IMeanFieldGame game, long seed, int threads = 1) =>
        new(game, Options, seed, threads, new BlackBox(game));
}
