using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>What a model learns of the steps that a sampler takes, against the steps of the scalar reference.</summary>
public class ObservationTests
{
    private const int Count = 700;

    [Theory]
    [InlineData("truncated", true)]
    [InlineData("unbiased", true)]
    [InlineData("particles", true)]
    [InlineData("truncated", false)]
    [InlineData("unbiased", false)]
    [InlineData("particles", false)]
    public void Every_step_is_seen_once(string planName, bool isKnown)
    {
        using var test = new SamplerCase(Game(MeanFieldCoupling.Rewards), isKnown, threads: 2);
        var plan = test.Plan(planName);
        var model = Model(test);
        var steps = new List<ObservedStep>();
        foreach (var (first, count) in new[] { (0, Count), (Count, 300), (Count + 300, 1) })
        {
            test.Sampler.Run(plan, SamplerCase.Key, first, count, long.MaxValue, observes: true);
            test.Sampler.Collect(model);
            steps.AddRange(test.Reference(plan, first, count).SelectMany(x => x.Steps));
            AssertKnows(test, model, steps);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Waves_may_be_collected_together(bool isKnown)
    {
        using var test = new SamplerCase(Game(MeanFieldCoupling.Rewards), isKnown, threads: 3);
        var plan = test.Plan("truncated");
        var model = Model(test);
        test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: true);
        test.Sampler.Run(plan, SamplerCase.Key, Count, Count, long.MaxValue, observes: true);
        test.Sampler.Collect(model);
        AssertKnows(test, model, [.. test.Reference(plan, 0, 2 * Count).SelectMany(x => x.Steps)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Steps_are_seen_only_where_that_is_wanted(bool isKnown)
    {
        using var test = new SamplerCase(Game(MeanFieldCoupling.Rewards), isKnown);
        var plan = test.Plan("truncated");
        var model = Model(test);
        test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: false);
        test.Sampler.Collect(model);
        Assert.Equal(0, model.Pattern);
        test.Sampler.Run(plan, SamplerCase.Key, 0, 1, long.MaxValue, observes: true);
        test.Sampler.Run(plan, SamplerCase.Key, 1, Count, long.MaxValue, observes: false);
        test.Sampler.Collect(model);
        AssertKnows(test, model, test.Reference(plan, 0, 1)[0].Steps);
    }

    [Fact]
    public void Random_rewards_are_averaged_to_the_same_bits_by_any_number_of_threads()
    {
        var expected = Rewards(1);
        Assert.Equal(expected, Rewards(2));
        Assert.Equal(expected, Rewards(3));
        Assert.Equal(expected, Rewards(3));

        static long[] Rewards(int threads)
        {
            var simulator = new ScriptedSimulator
            {
                HasRandomRewards = true,
                OnStep = (_, _, _, ref random) => new(random.NextBelow(3), random.NextDouble()),
            };
            using var test = new SamplerCase(simulator, threads);
            var model = Model(test);
            for (var wave = 0; wave < 4; wave++)
            {
                test.Sampler.Run(
                    test.Plan("unbiased"),
                    SamplerCase.Key,
                    wave * 1000,
                    1000,
                    long.MaxValue,
                    observes: true
                );
                test.Sampler.Collect(model);
            }

            model.Refresh();
            return
            [
                .. Enumerable
                    .Range(0, 6)
                    .Select(pair => BitConverter.DoubleToInt64Bits(model.Reward(pair / 2, pair % 2, test.MeanField))),
            ];
        }
    }

    [Fact]
    public void Rewards_of_a_kernel_are_those_of_the_mean_field_it_stands_at()
    {
        var game = Game(MeanFieldCoupling.RewardsAndTransitions);
        using var test = new SamplerCase(game);
        using var team = new ThreadTeam(1);
        var model = Model(test);
        var corner = new double[game.StateCount];
        corner[2] = 1;
        test.Simulator.MoveTo(corner, team);
        test.Sampler.Run(test.Plan("unbiased"), SamplerCase.Key, 0, Count, long.MaxValue, observes: true);
        test.Sampler.Collect(model);
        model.Refresh();
        for (var s = 0; s < game.StateCount; s++)
        {
            for (var a = 0; a < game.ActionCount(s); a++)
            {
                Assert.Equal(game.Reward(s, a, corner), model.Reward(s, a, test.MeanField));
            }
        }
    }

    private static RandomGame Game(MeanFieldCoupling coupling) =>
        new(11, states: 6, RandomShape.Connected, coupling, discount: 0.8, mostActions: 3);

    private static EmpiricalGame Model(SamplerCase test) => new(test.Simulator.Model, test.Simulator.PairOffsets);

    private static void AssertKnows(SamplerCase test, EmpiricalGame model, IReadOnlyList<ObservedStep> steps)
    {
        model.Refresh();
        Assert.NotEmpty(steps);
        foreach (var group in steps.GroupBy(step => step.Pair))
        {
            var state = Array.FindLastIndex(test.Simulator.PairOffsets, offset => offset <= group.Key);
            var action = group.Key - test.Simulator.PairOffsets[state];
            var row = new TransitionRow();
            model.AddTransitions(state, action, test.MeanField, row);
            var total = group.Count();
            Assert.Equal(
                Enumerable.Range(0, model.StateCount).Select(s => (double)group.Count(step => step.Next == s) / total),
                Enumerable.Range(0, model.StateCount).Select(s => row.Entries.SingleOrDefault(x => x.Key == s).Value)
            );
            Assert.Equal(group.Last().Reward, model.Reward(state, action, test.MeanField));
        }
    }
}
