using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>Lengths against the rule they stand for: at every state a coin stops the trajectory with probability 1 − γ.</summary>
public class TrajectoryLengthsTests
{
    // The false-alarm probability of each statistical check here if keys were drawn; they are fixed.
    private const double FalseAlarm = 1e-6;
    private const int Count = 20_000;
    private const ulong Key = 5;

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Every_state_stops_a_trajectory_with_probability_one_minus_discount(double discount)
    {
        var (draws, steps) = Lengths(Plan(discount));
        foreach (var numbers in new[] { draws, [.. steps.Zip(draws, (all, draw) => all - draw - 1)] })
        {
            // Of the trajectories that get to their kth state, how many stop there: independent coins, one χ² for each of many k.
            for (var k = 0; k < 12; k++)
            {
                var stopped = numbers.Count(n => n == k);
                var later = numbers.Count(n => n > k);
                Assert.InRange(ChiSquare.PValue([stopped, later], [1 - discount, discount]), FalseAlarm, 1);
            }

            AssertGeometric(numbers, discount, int.MaxValue);
            AssertMean(numbers, discount);
        }
    }

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0.3, 1)]
    [InlineData(0.9, 4)]
    [InlineData(0.99, 50)]
    public void A_trajectory_that_comes_to_the_horizon_stops_there(double discount, int horizon)
    {
        var (draws, steps) = Lengths(Plan(discount) with { LongestDraw = horizon, Horizon = horizon });
        Assert.All(draws, draw => Assert.InRange(draw, 0, horizon));
        AssertGeometric(draws, discount, horizon);
        Assert.Equal(draws.Select(draw => draw + 1 + horizon), steps);

        // Cut short, but the same coins.
        var (uncut, _) = Lengths(Plan(discount));
        Assert.Equal(uncut.Select(draw => Math.Min(draw, horizon)), draws);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.97)]
    public void Lengths_are_those_of_coins_thrown_one_by_one(double discount)
    {
        var (draws, steps) = Lengths(Plan(discount), first: 1L << 33);
        for (var i = 0; i < 2000; i++)
        {
            var (drawWords, rollWords) = Philox.Block(Key, 0, (1UL << 33) + (ulong)i);
            Assert.Equal(Coins(1 - Philox.Uniform(drawWords), discount), draws[i]);
            Assert.Equal(Coins(1 - Philox.Uniform(rollWords), discount), steps[i] - draws[i] - 1);
        }
    }

    [Fact]
    public void The_draw_says_nothing_about_the_roll_out()
    {
        const double discount = 0.6;
        var (draws, steps) = Lengths(Plan(discount));
        var (counts, law) = (new long[16], new double[16]);
        for (var i = 0; i < Count; i++)
        {
            counts[(4 * Math.Min(3, draws[i])) + Math.Min(3, steps[i] - draws[i] - 1)]++;
        }

        double[] each =
        [
            1 - discount,
            discount * (1 - discount),
            discount * discount * (1 - discount),
            Math.Pow(discount, 3),
        ];
        for (var cell = 0; cell < law.Length; cell++)
        {
            law[cell] = each[cell / 4] * each[cell % 4];
        }

        Assert.InRange(ChiSquare.PValue(counts, law), FalseAlarm, 1);
    }

    [Fact]
    public void A_fixed_draw_is_fixed()
    {
        var plan = Plan(0.9) with { HasFixedDraw = true, LongestDraw = 7 };
        var (draws, steps) = Lengths(plan);
        Assert.All(draws, draw => Assert.Equal(7, draw));
        AssertMean([.. steps.Select(all => all - 8)], 0.9);
        Assert.All(Lengths(plan with { Horizon = 3 }).Steps, all => Assert.Equal(11, all));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Without_a_roll_out_the_draw_is_all(int? horizon)
    {
        var (draws, steps) = Lengths(Plan(0.9) with { HasRollout = false, Horizon = horizon });
        Assert.Equal(draws, steps);
        AssertMean(draws, 0.9);
        Assert.All(
            Lengths(Plan(0.9) with { HasRollout = false, HasFixedDraw = true, LongestDraw = 7 }).Steps,
            all => Assert.Equal(7, all)
        );
    }

    [Fact]
    public void A_horizon_of_zero_is_one_step()
    {
        var (draws, steps) = Lengths(Plan(0.9) with { Horizon = 0 });
        Assert.Equal(draws.Select(draw => draw + 1), steps);
    }

    [Fact]
    public void Discounts_next_to_one_make_lengths_that_are_numbers_still()
    {
        var plan = Plan(Math.BitDecrement(1));
        Assert.Equal((1_000_000_000, 2_000_000_001), Longest(plan));
        Assert.Equal((1_000_000_000, 2_000_000_001), Longest(plan with { Horizon = 1_000_000_000 }));
        Assert.Equal((1_000_000_000, 1_000_000_000), Longest(plan with { HasRollout = false }));
        Assert.Equal((5, 1_000_000_006), Longest(plan with { LongestDraw = 5 }));

        static (int Draw, int All) Longest(TrajectoryPlan plan)
        {
            var (draws, steps) = Lengths(plan);
            Assert.All(steps, all => Assert.InRange(all, 0, int.MaxValue));
            return (draws.Max(), steps.Max());
        }
    }

    [Fact]
    public void A_discount_next_to_zero_stops_at_once()
    {
        var (draws, steps) = Lengths(Plan(double.Epsilon));
        Assert.All(draws, draw => Assert.Equal(0, draw));
        Assert.All(steps, all => Assert.Equal(1, all));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Lengths_depend_on_the_number_of_a_trajectory_alone(int threads)
    {
        var plan = Plan(0.95);
        var (draws, steps) = Lengths(plan);
        foreach (var from in new[] { 0, 1, 7, 1024, 5000 })
        {
            var (laterDraws, laterSteps) = Lengths(plan, first: from, threads: threads);
            Assert.Equal(draws[from..], laterDraws[..(Count - from)]);
            Assert.Equal(steps[from..], laterSteps[..(Count - from)]);
        }
    }

    private static TrajectoryPlan Plan(double discount) =>
        new()
        {
            Start = RestartLaw.Uniform(new TabularSimulator(Grids.Square(2))),
            Discount = discount,
            LongestDraw = int.MaxValue,
        };

    private static (int[] Draws, int[] Steps) Lengths(TrajectoryPlan plan, long first = 0, int threads = 1)
    {
        using var team = new ThreadTeam(threads);
        var lengths = new TrajectoryLengths(Count + 1);
        (lengths.DrawSteps[Count], lengths.Steps[Count]) = (-1, -1);
        lengths.Draw(plan, Key, first, Count, team);
        Assert.Equal((-1, -1), (lengths.DrawSteps[Count], lengths.Steps[Count]));
        return (lengths.DrawSteps[..Count], lengths.Steps[..Count]);
    }

    // A number in (0, 1] is at most γᵏ with the probability that k coins in a row say to go on.
    private static int Coins(double number, double discount)
    {
        var k = 0;
        for (var goesOn = discount; number <= goesOn; goesOn *= discount)
        {
            k++;
        }

        return k;
    }

    private static void AssertGeometric(int[] numbers, double discount, int longest)
    {
        var cells = (int)Math.Min(longest, Math.Ceiling(20 / (1 - discount)));
        var (counts, law) = (new long[cells + 1], new double[cells + 1]);
        for (var k = 0; k <= cells; k++)
        {
            law[k] = (k < cells ? 1 - discount : 1) * Math.Pow(discount, k);
        }

        foreach (var number in numbers)
        {
            counts[Math.Min(cells, number)]++;
        }

        Assert.InRange(ChiSquare.PValue(counts, law), FalseAlarm, 1);
    }

    // Mean γ/(1 − γ), variance γ/(1 − γ)².
    private static void AssertMean(int[] numbers, double discount)
    {
        var variance = discount / ((1 - discount) * (1 - discount));
        var deviation = (numbers.Average() - (discount / (1 - discount))) / Math.Sqrt(variance / numbers.Length);
        Assert.InRange(ChiSquare.UpperTail(deviation * deviation, 1), FalseAlarm, 1);
    }
}
