using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>Users' simulators, well-behaved and otherwise.</summary>
public class GenerativeBatchTests
{
    private const int Count = 2000;

    [Fact]
    public void A_simulator_is_asked_with_the_mean_field_and_the_numbers_that_belong_to_the_step()
    {
        var asked = new List<(int State, int Action, double Share, double First, double Second)>();
        var batch = new GenerativeBatch(
            new ScriptedSimulator
            {
                OnStep = (state, action, meanField, ref random) =>
                {
                    asked.Add((state, action, meanField[1], random.NextDouble(), random.NextDouble()));
                    return new SimulatedStep(2, 0.5);
                },
            }
        );
        using var team = new ThreadTeam(1);
        var lanes = new Lanes();
        (lanes.State[0], lanes.Pair[0], lanes.Trajectory[0]) = (1, 3, 40);
        batch.Step(lanes, 1, key: 8, step: 6);
        batch.MoveTo([0.25, 0.5, 0.25], team);
        batch.Step(lanes, 1, key: 8, step: 7);

        // Draw 0 of a step is for the action.
        var (sixth, seventh) = (Philox.Block(8, 1 | (6UL << 32), 40), Philox.Block(8, 1 | (7UL << 32), 40));
        Assert.Equal(
            [
                (1, 1, 1.0 / 3, Philox.Uniform(sixth.First), Philox.Uniform(sixth.Second)),
                (1, 1, 0.5, Philox.Uniform(seventh.First), Philox.Uniform(seventh.Second)),
            ],
            asked
        );
        Assert.Equal((2, 0.5), (lanes.Next[0], lanes.Reward[0]));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(1.0000000000000002, "1.0000000000000002")]
    [InlineData(-0.5000000001, "-0.5000000001")]
    public void A_reward_outside_the_declared_range_is_a_fault(double reward, string text) =>
        Assert.Equal(
            $"The simulator gave the reward {text}; allowed: a finite number in the declared range [-0.5, 1] (state s2, action a1, trajectory 77)",
            FaultOf(
                new ScriptedSimulator { RewardRange = new(-0.5, 1), OnStep = (_, _, _, ref _) => new(0, reward) }
            ).Message
        );

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_reward_that_is_no_number_is_a_fault_where_no_range_is_declared(double reward) =>
        Assert.Contains(
            "allowed: a finite number in the declared range [-Infinity, Infinity] (state s2, action a1, trajectory 77)",
            FaultOf(new ScriptedSimulator { OnStep = (_, _, _, ref _) => new(0, reward) }).Message
        );

    [Theory]
    [InlineData(-0.5)]
    [InlineData(1)]
    public void The_ends_of_the_range_are_in_it(double reward)
    {
        var batch = new GenerativeBatch(
            new ScriptedSimulator { RewardRange = new(-0.5, 1), OnStep = (_, _, _, ref _) => new(0, reward) }
        );
        Assert.Equal(reward, Step(batch).Reward[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_step_to_no_state_is_a_fault(int next) =>
        Assert.Equal(
            $"The simulator went to state {next}; allowed: 0 to 2 (state s2, action a1, trajectory 77)",
            FaultOf(new ScriptedSimulator { OnStep = (_, _, _, ref _) => new(next, 0) }).Message
        );

    [Fact]
    public void A_step_that_throws_is_a_fault_with_its_cause()
    {
        var cause = new InvalidTimeZoneException("no\r\nzone");
        var fault = FaultOf(new ScriptedSimulator { OnStep = (_, _, _, ref _) => throw cause });
        Assert.Equal(
            "The simulator threw InvalidTimeZoneException: no zone (state s2, action a1, trajectory 77)",
            fault.Message
        );
        Assert.Same(cause, fault.InnerException);
    }

    // One step in five hundred in state 1 fails: many blocks fail at different times, and on several threads in any order.
    [Fact]
    public void Of_many_failures_the_same_one_is_reported_by_any_number_of_threads()
    {
        var model = new ScriptedSimulator
        {
            OnStep = (state, _, _, ref random) =>
                state == 1 && random.NextDouble() < 0.002 ? new(17, 0) : new(random.NextBelow(3), 0),
        };
        var messages = new HashSet<string>();
        foreach (var threads in new[] { 1, 2, 3, 5, 2, 3, 5, 2, 3, 5 })
        {
            using var test = new SamplerCase(model, threads);
            messages.Add(
                Assert
                    .Throws<SimulatorException>(() =>
                        test.Sampler.Run(
                            test.Plan("unbiased"),
                            SamplerCase.Key,
                            0,
                            Count,
                            long.MaxValue,
                            observes: true
                        )
                    )
                    .Message
            );
        }

        Assert.Contains("went to state 17; allowed: 0 to 2 (state s1, action a", Assert.Single(messages));
    }

    [Fact]
    public void A_reset_to_no_state_ends_a_wave_with_the_first_trajectory_that_met_it()
    {
        var model = new ScriptedSimulator { OnReset = (ref random) => random.NextDouble() < 0.002 ? -7 : 0 };
        var failing = Enumerable
            .Range(0, Count)
            .First(i => Philox.Uniform(Philox.Block(SamplerCase.Key, 2, (ulong)i).First) < 0.002);
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var test = new SamplerCase(model, threads);
            var plan = test.Plan("unbiased") with { Start = RestartLaw.OfSimulator(model) };
            Assert.Equal(
                $"The simulator's reset gave state -7; allowed: 0 to 2 (trajectory {failing})",
                Assert
                    .Throws<SimulatorException>(() =>
                        test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: false)
                    )
                    .Message
            );
        }
    }

    [Fact]
    public void Of_two_failures_the_one_of_the_earlier_block_is_reported_though_it_comes_later()
    {
        var numberOfTheFirst = Philox.Uniform(Philox.Block(SamplerCase.Key, 2, 0).First);
        using var another = new ManualResetEventSlim();
        var model = new ScriptedSimulator
        {
            OnReset = (ref random) =>
            {
                if (random.NextDouble() == numberOfTheFirst)
                {
                    Assert.True(another.Wait(TimeSpan.FromSeconds(30)));
                    return -1;
                }

                another.Set();
                return -2;
            },
        };
        using var test = new SamplerCase(model, threads: 2);
        var plan = test.Plan("unbiased") with { Start = RestartLaw.OfSimulator(model) };
        Assert.Equal(
            "The simulator's reset gave state -1; allowed: 0 to 2 (trajectory 0)",
            Assert
                .Throws<SimulatorException>(() =>
                    test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: false)
                )
                .Message
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void After_a_failure_the_next_wave_runs(int threads)
    {
        var fails = true;
        var model = new ScriptedSimulator { OnStep = (_, _, _, ref random) => new(fails ? 9 : random.NextBelow(3), 0) };
        using var test = new SamplerCase(model, threads);
        var plan = test.Plan("unbiased");
        Assert.Throws<SimulatorException>(() =>
            test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: false)
        );
        fails = false;
        Assert.Equal(Count, test.Sampler.Run(plan, SamplerCase.Key, 0, Count, long.MaxValue, observes: false));
        Assert.Equal(test.Reference(plan, 0, Count).Select(x => x.LastState), test.Sampler.LastStates[..Count]);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    public void A_discount_outside_its_range_is_refused(double discount, string text) =>
        Assert.Equal(
            $"discount: is {text}; allowed: greater than 0 and less than 1",
            Refusal(new ScriptedSimulator { Discount = discount }).Message
        );

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_simulator_without_states_is_refused(int states) =>
        Assert.Equal(
            "simulator: has no state; allowed: at least one state",
            Refusal(new ScriptedSimulator { StateCount = states }).Message
        );

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void States_without_actions_are_refused_together_with_everything_else(int actions) =>
        Assert.Equal(
            "discount: is 2; allowed: greater than 0 and less than 1; state s0: has no action; allowed: at least one action; "
                + "state s2: has no action; allowed: at least one action",
            Refusal(new ScriptedSimulator { Discount = 2, Actions = state => state == 1 ? 2 : actions }).Message
        );

    [Fact]
    public void Pairs_are_numbered_state_by_state() =>
        Assert.Equal(
            [0, 1, 3, 6],
            new GenerativeBatch(new ScriptedSimulator { Actions = state => state + 1 }).PairOffsets
        );

    [Fact]
    public void A_simulator_that_says_nothing_about_itself_declares_nothing()
    {
        IGenerativeModel model = new Silent();
        Assert.Equal(new Interval(double.NegativeInfinity, double.PositiveInfinity), model.RewardRange);
        Assert.False(model.HasRandomRewards);
        Assert.Equal(("12", "3"), (model.StateName(12), model.ActionName(12, 3)));
    }

    private static InvalidGameException Refusal(IGenerativeModel model) =>
        Assert.Throws<InvalidGameException>(() => new GenerativeBatch(model));

    private static SimulatorException FaultOf(IGenerativeModel model) =>
        Assert.Throws<SimulatorException>(() => Step(new GenerativeBatch(model)));

    // One step of trajectory 77 in state 2 with action 1.
    private static Lanes Step(GenerativeBatch batch)
    {
        var lanes = new Lanes();
        (lanes.State[0], lanes.Pair[0], lanes.Trajectory[0]) = (2, batch.PairOffsets[2] + 1, 77);
        batch.Step(lanes, 1, key: 1, step: 1);
        return lanes;
    }

    private sealed class Silent : IGenerativeModel
    {
        public int StateCount => 20;

        public double Discount => 0.5;

        public MeanFieldCoupling Coupling => MeanFieldCoupling.None;

        public int ActionCount(int state) => 4;

        public int Reset(ref RandomNumbers random) => 0;

        public SimulatedStep Step(int state, int action, ReadOnlySpan<double> meanField, ref RandomNumbers random) =>
            new(0, 0);
    }
}
