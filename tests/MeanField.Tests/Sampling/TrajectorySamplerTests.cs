using MeanField.Games;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>The sampler against trajectories run one at a time, and against itself on other threads and in other waves.</summary>
public class TrajectorySamplerTests
{
    // Neither a multiple of a block nor at the start of one.
    private const int First = 1000;
    private const int Count = 700;

    public static TheoryData<string, MeanFieldCoupling, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, MeanFieldCoupling, bool>();
            foreach (var plan in SamplerCase.PlanNames)
            {
                foreach (var coupling in Enum.GetValues<MeanFieldCoupling>())
                {
                    cases.Add(plan, coupling, true);
                    cases.Add(plan, coupling, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Many_trajectories_do_what_each_does_alone(string planName, MeanFieldCoupling coupling, bool isKnown)
    {
        using var test = new SamplerCase(Game(coupling), isKnown);
        var plan = test.Plan(planName);
        var expected = test.Reference(plan, First, Count);
        Assert.Equal(Count, test.Sampler.Run(plan, SamplerCase.Key, First, Count, long.MaxValue, observes: false));
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(expected[i].LastState, test.Sampler.LastStates[i]);
            Assert.Equal(expected[i].Return, test.Sampler.Returns[i], 1e-12 * (1 + expected[i].Steps.Count));
            if (plan is { HasRollout: true, HasUniformFirstAction: true })
            {
                Assert.Equal(expected[i].FirstPair, test.Sampler.FirstPairs[i]);
            }
        }

        Assert.Equal(expected.Sum(x => (long)x.DrawCalls), test.Sampler.DrawCalls);
        Assert.Equal(expected.Sum(x => (long)x.RolloutCalls), test.Sampler.RolloutCalls);
    }

    [Theory]
    [InlineData("truncated", true)]
    [InlineData("unbiased", true)]
    [InlineData("unbiased", false)]
    [InlineData("particles", false)]
    public void Threads_and_waves_change_no_bit(string planName, bool isKnown)
    {
        var game = Game(MeanFieldCoupling.RewardsAndTransitions);
        using var alone = new SamplerCase(game, isKnown);
        var expected = Run(alone, planName, Count);
        foreach (var threads in new[] { 2, 3 })
        {
            foreach (var waves in new[] { [Count], [256, Count - 256], new[] { 1, 300, 255, 144 } })
            {
                using var test = new SamplerCase(game, isKnown, threads);
                Assert.Equal(expected, Run(test, planName, waves));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Waves_are_cut_to_what_the_budget_pays_for_in_full(
        string planName,
        MeanFieldCoupling coupling,
        bool isKnown
    )
    {
        using var test = new SamplerCase(Game(coupling), isKnown);
        var plan = test.Plan(planName);
        var costs = test.Reference(plan, First, 40).Select(x => (long)(x.DrawCalls + x.RolloutCalls)).ToArray();
        long[] budgets =
        [
            long.MinValue,
            -1,
            0,
            1,
            costs[0] - 1,
            costs[0],
            costs[0] + 1,
            100,
            costs.Sum() - 1,
            costs.Sum(),
        ];
        foreach (var budget in budgets)
        {
            var paid = 0;
            var spent = 0L;
            while (paid < costs.Length && spent + costs[paid] <= budget)
            {
                spent += costs[paid++];
            }

            Assert.Equal(paid, test.Sampler.Run(plan, SamplerCase.Key, First, costs.Length, budget, observes: false));
            Assert.Equal(spent, test.Sampler.DrawCalls + test.Sampler.RolloutCalls);
        }
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("unbiased")]
    [InlineData("one step")]
    [InlineData("particles")]
    public void Every_reset_and_every_step_is_charged(string planName)
    {
        var (resets, steps) = (0, 0);
        var model = new ScriptedSimulator
        {
            OnReset = (ref random) =>
            {
                Interlocked.Increment(ref resets);
                return random.NextBelow(3);
            },
            OnStep = (state, _, _, ref random) =>
            {
                Interlocked.Increment(ref steps);
                return new SimulatedStep(random.NextBelow(3), state);
            },
        };
        using var test = new SamplerCase(model, threads: 2);
        var plan = test.Plan(planName) with { Start = RestartLaw.OfSimulator(model) };
        var run = test.Sampler.Run(plan, SamplerCase.Key, First, Count, budget: 3000, observes: false);
        Assert.Equal(run, resets);
        Assert.Equal(test.Sampler.DrawCalls + test.Sampler.RolloutCalls, resets + steps);
        Assert.InRange(resets + steps, 1, 3000);
    }

    [Fact]
    public void A_wave_of_nothing_is_nothing()
    {
        using var test = new SamplerCase(Game(MeanFieldCoupling.None), threads: 2);
        Assert.Equal(0, test.Sampler.Run(test.Plan("unbiased"), SamplerCase.Key, 0, 0, long.MaxValue, observes: true));
        Assert.Equal((0, 0), (test.Sampler.DrawCalls, test.Sampler.RolloutCalls));
    }

    [Fact]
    public void The_last_trajectories_have_numbers_too()
    {
        using var test = new SamplerCase(Game(MeanFieldCoupling.None));
        var plan = test.Plan("truncated");
        var first = long.MaxValue - 20;
        var expected = test.Reference(plan, first, 20);
        test.Sampler.Run(plan, SamplerCase.Key, first, 20, long.MaxValue, observes: false);
        Assert.Equal(expected.Select(x => x.LastState), test.Sampler.LastStates[..20]);
    }

    private static RandomGame Game(MeanFieldCoupling coupling) =>
        new(11, states: 9, RandomShape.Connected, coupling, discount: 0.8);

    // Returns bit by bit, and everything else that comes out.
    private static List<(int FirstPair, long Return, int LastState)> Run(
        SamplerCase test,
        string planName,
        params int[] waves
    )
    {
        var results = new List<(int, long, int)>();
        var (first, calls) = ((long)First, 0L);
        foreach (var wave in waves)
        {
            var plan = test.Plan(planName);
            Assert.Equal(wave, test.Sampler.Run(plan, SamplerCase.Key, first, wave, long.MaxValue, observes: false));
            for (var i = 0; i < wave; i++)
            {
                var firstPair = plan.HasRollout ? test.Sampler.FirstPairs[i] : 0;
                results.Add(
                    (firstPair, BitConverter.DoubleToInt64Bits(test.Sampler.Returns[i]), test.Sampler.LastStates[i])
                );
            }

            calls += test.Sampler.DrawCalls + test.Sampler.RolloutCalls;
            first += wave;
        }

        results.Add((0, calls, 0));
        return results;
    }
}
