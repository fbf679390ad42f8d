using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

public class RestartLawTests
{
    // The false-alarm probability of each statistical check here if keys were drawn; they are fixed.
    private const double FalseAlarm = 1e-6;
    private const ulong Key = 11;
    private const int Count = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Uniform_starts_are_uniform(int states)
    {
        var law = RestartLaw.Uniform(new ScriptedSimulator { StateCount = states });
        AssertLaw(law, [.. Enumerable.Repeat(1.0 / states, states)]);
    }

    [Fact]
    public void Weighted_starts_come_in_proportion_and_weightless_states_never()
    {
        double[] weights = [3, 0, 1, 0, 0.5, 5.5];
        var model = new ScriptedSimulator { StateCount = weights.Length };
        var law = RestartLaw.Weighted(model, weights);
        AssertLaw(law, Array.ConvertAll(weights, weight => weight / 10));

        weights.AsSpan().Reverse();
        AssertLaw(law, [0.3, 0, 0.1, 0, 0.05, 0.55]);
        law.MoveTo(weights);
        AssertLaw(law, [0.55, 0.05, 0, 0.1, 0, 0.3]);
    }

    [Fact]
    public void A_simulator_resets_with_numbers_of_the_trajectory_that_nothing_else_uses()
    {
        var seen = new double[3];
        var model = new ScriptedSimulator
        {
            OnReset = (ref random) =>
            {
                seen = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
                return 2;
            },
        };
        Assert.Equal(2, RestartLaw.OfSimulator(model).Draw(Key, 70));

        // Draws 0 and 1 of step 0 are the length's and the start's.
        var (third, fourth) = (Philox.Block(Key, 2, 70), Philox.Block(Key, 3, 70));
        Assert.Equal([Philox.Uniform(third.First), Philox.Uniform(third.Second), Philox.Uniform(fourth.First)], seen);
    }

    [Fact]
    public void A_start_depends_on_key_and_trajectory_alone()
    {
        var law = RestartLaw.Uniform(new ScriptedSimulator { StateCount = 1 << 20 });
        Assert.Equal(law.Draw(Key, 3), law.Draw(Key, 3));
        Assert.NotEqual(law.Draw(Key, 3), law.Draw(Key, 4));
        Assert.NotEqual(law.Draw(Key, 3), law.Draw(Key + 1, 3));
    }

    [Fact]
    public void Where_a_trajectory_starts_says_nothing_about_its_length()
    {
        const double discount = 0.5;
        var law = RestartLaw.Uniform(new ScriptedSimulator { StateCount = 4 });
        var plan = new TrajectoryPlan
        {
            Start = law,
            Discount = discount,
            LongestDraw = 3,
        };
        var lengths = new TrajectoryLengths(Count);
        using var team = new ThreadTeam(1);
        lengths.Draw(plan, Key, 0, Count, team);
        var counts = new long[16];
        for (var i = 0; i < Count; i++)
        {
            counts[(4 * law.Draw(Key, (ulong)i)) + lengths.DrawSteps[i]]++;
        }

        double[] each = [0.5, 0.25, 0.125, 0.125];
        Assert.InRange(
            ChiSquare.PValue(counts, [.. Enumerable.Range(0, 16).Select(i => each[i % 4] / 4)]),
            FalseAlarm,
            1
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MinValue)]
    public void A_reset_to_no_state_is_a_fault(int state)
    {
        var law = RestartLaw.OfSimulator(new ScriptedSimulator { OnReset = (ref _) => state });
        Assert.Equal(
            $"The simulator's reset gave state {state}; allowed: 0 to 2 (trajectory 18446744073709551615)",
            Assert.Throws<SimulatorException>(() => law.Draw(Key, ulong.MaxValue)).Message
        );
    }

    [Fact]
    public void A_reset_that_throws_is_a_fault_with_its_cause()
    {
        var cause = new InvalidTimeZoneException("no\nzone");
        var law = RestartLaw.OfSimulator(new ScriptedSimulator { OnReset = (ref _) => throw cause });
        var fault = Assert.Throws<SimulatorException>(() => law.Draw(Key, 5));
        Assert.Equal("The simulator's reset threw InvalidTimeZoneException: no zone (trajectory 5)", fault.Message);
        Assert.Same(cause, fault.InnerException);
    }

    private static void AssertLaw(RestartLaw law, double[] expected)
    {
        var counts = new long[expected.Length];
        for (var trajectory = 0UL; trajectory < Count; trajectory++)
        {
            counts[law.Draw(Key, trajectory)]++;
        }

        Assert.InRange(ChiSquare.PValue(counts, expected), FalseAlarm, 1);
    }
}
