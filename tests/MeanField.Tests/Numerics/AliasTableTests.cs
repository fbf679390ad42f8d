using FsCheck;
using FsCheck.Fluent;
using MeanField.Numerics;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

/// <summary>Against the weights themselves: what a table draws is Σ over its entries of what each keeps and hands on, exactly.</summary>
public class AliasTableTests
{
    private const double Tolerance = 1e-12;

    // Weights over many orders of magnitude, a third of them zero.
    private static Gen<double[]> SomeWeights =>
        from count in Gen.Choose(1, 60)
        from exponents in Gen.ArrayOf(Gen.Choose(-1000, 1000), count)
        from kinds in Gen.ArrayOf(Gen.Choose(0, 2), count)
        from scale in Gen.Elements(1, 1e-300, 1e300, 1e-320)
        from full in Gen.Choose(0, count - 1)
        select (double[])
            [
                .. kinds.Select(
                    (kind, i) =>
                        scale
                        * (
                            i == full ? 1
                            : kind == 0 ? 0
                            : kind == 1 ? 1 + (exponents[i] / 2000.0)
                            : Math.Pow(10, (exponents[i] - 1000) / 100.0)
                        )
                ),
            ];

    [Fact]
    public void A_table_draws_the_law_it_was_built_from() =>
        Properties.Hold(
            SomeWeights,
            2000,
            weights =>
            {
                var law = Law(weights);
                var drawn = DrawnLaw(new Table(weights));
                for (var i = 0; i < weights.Length; i++)
                {
                    Assert.Equal(law[i], drawn[i], Tolerance);
                    Assert.False(weights[i] == 0 && drawn[i] != 0);
                }
            }
        );

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void A_large_table_draws_the_law_it_was_built_from(int count)
    {
        var random = new Random(count);
        for (var hasGaps = 0; hasGaps < 2; hasGaps++)
        {
            var law = RandomInputs.Law(count, random, hasGaps == 1);
            var drawn = DrawnLaw(new Table(law));
            Assert.All(law, (probability, i) => Assert.Equal(probability, drawn[i], Tolerance));
            Assert.DoesNotContain(law.Zip(drawn), pair => pair.First == 0 && pair.Second != 0);
        }
    }

    [Theory]
    [InlineData(new[] { 1.0 })]
    [InlineData(new[] { 1e-320 })]
    [InlineData(new[] { 0.0, 1.0 })]
    [InlineData(new[] { 1.0, 0.0 })]
    [InlineData(new[] { 1e-320, 0.0 })]
    [InlineData(new[] { 0.0, 0.0, 1e300, 0.0 })]
    [InlineData(new[] { 1.0, 1.0, 1.0 })]
    [InlineData(new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 })]
    [InlineData(new[] { double.Epsilon, 1.0 })]
    [InlineData(new[] { 0.3, 0.3, 0.4, 0.0 })]
    public void Laws_of_few_numbers_and_many_zeros_are_drawn(double[] weights)
    {
        var law = Law(weights);
        Assert.All(DrawnLaw(new Table(weights)), (probability, i) => Assert.Equal(law[i], probability, Tolerance));
    }

    [Fact]
    public void A_number_keeps_its_entry_below_the_threshold_and_takes_the_alias_from_there_on()
    {
        double[] thresholds = [0.25, 1, 0.5];
        int[] aliases = [1, 1, 0];
        Assert.Equal(0, AliasTable.Draw(0, thresholds, aliases));
        Assert.Equal(0, AliasTable.Draw(Math.BitDecrement(0.25 / 3), thresholds, aliases));
        Assert.Equal(1, AliasTable.Draw(Math.BitIncrement(0.25 / 3), thresholds, aliases));
        Assert.Equal(1, AliasTable.Draw(0.5, thresholds, aliases));
        Assert.Equal(2, AliasTable.Draw(2.4 / 3, thresholds, aliases));
        Assert.Equal(0, AliasTable.Draw(2.6 / 3, thresholds, aliases));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    public void The_largest_number_draws_the_last_entry(int count)
    {
        var table = new Table([.. Enumerable.Repeat(1.0, count)]);
        Assert.Equal(count - 1, AliasTable.Draw(1 - Math.ScaleB(1, -52), table.Thresholds, table.Aliases));
        Assert.Equal(count - 1, AliasTable.Draw(Math.BitDecrement(1), table.Thresholds, table.Aliases));
    }

    [Fact]
    public void Evenly_spread_numbers_draw_every_entry_as_often_as_the_law_says()
    {
        const int numbers = 100_000;
        double[] law = [0.05, 0, 0.45, 0.2, 0.3];
        var table = new Table(law);
        var counts = new int[law.Length];
        for (var n = 0; n < numbers; n++)
        {
            counts[AliasTable.Draw((n + 0.5) / numbers, table.Thresholds, table.Aliases)]++;
        }

        // Each of the at most ten pieces of [0, 1) that the table cuts gets one number too many or too few.
        Assert.All(law, (probability, i) => Assert.InRange(counts[i] - (probability * numbers), -10, 10));
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(-1, int.MaxValue)]
    [InlineData(0, 0)]
    [InlineData(int.MinValue, -1)]
    public void One_of_two_numbers_is_chosen(int first, int second)
    {
        Assert.Equal(first, AliasTable.Select(true, first, second));
        Assert.Equal(second, AliasTable.Select(false, first, second));
    }

    // Weights may be so small or large that only their quotients by the largest are ordinary numbers.
    private static double[] Law(double[] weights)
    {
        var scaled = Array.ConvertAll(weights, weight => weight / weights.Max());
        return Array.ConvertAll(scaled, weight => weight / scaled.Sum());
    }

    private static double[] DrawnLaw(Table table) => AliasLaw.Of(table.Thresholds, table.Aliases);

    private sealed class Table
    {
        public Table(double[] weights)
        {
            (Thresholds, Aliases) = (new double[weights.Length], new int[weights.Length]);
            AliasTable.Build(weights, Thresholds, Aliases, new int[weights.Length]);
        }

        public double[] Thresholds { get; }

        public int[] Aliases { get; }
    }
}
