using MeanField.Tests.Reference;

namespace MeanField.Tests.Numerics;

public class EliminationPlanTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_pattern_is_that_of_an_elimination_vertex_by_vertex(int seed)
    {
        var random = new Random(seed);
        var count = random.Next(1, 150);
        var (offsets, columns) = RandomPattern(count, random.Next(1, 4), random);
        var plan = Plans.Of(offsets, columns);

        Assert.Equal(Enumerable.Range(0, count), plan.Order.Order());
        Assert.All(plan.Order, (state, position) => Assert.Equal(position, plan.Position[state]));
        Assert.Equal(columns.Select(column => plan.Position[column]), plan.Scatter);

        var fill = DenseElimination.Fill(DenseElimination.Adjacency(offsets, columns), plan.Order);
        for (var k = 0; k < count; k++)
        {
            Assert.Equal(fill[k], plan.Upper[plan.UpperOffsets[k]..plan.UpperOffsets[k + 1]]);
            var before = Enumerable.Range(0, k).Where(j => fill[j].Contains(k));
            Assert.Equal(before, plan.Lower[plan.LowerOffsets[k]..plan.LowerOffsets[k + 1]]);
        }

        Assert.Equal(fill.Sum(row => (long)row.Length * row.Length), plan.Operations);
    }

    [Fact]
    public void A_single_state_has_an_empty_plan()
    {
        var plan = Plans.Of([0, 1], [0]);
        Assert.Equal([0], plan.Order);
        Assert.Empty(plan.Upper);
        Assert.Empty(plan.Lower);
        Assert.Equal(0, plan.Operations);
    }

    private static (int[] Offsets, int[] Columns) RandomPattern(int count, int most, Random random)
    {
        var rows = new int[count][];
        for (var row = 0; row < count; row++)
        {
            var drawn = Enumerable.Range(0, random.Next(0, most + 1)).Select(_ => random.Next(count));
            rows[row] = [.. drawn.Distinct().Order()];
        }

        var offsets = new int[count + 1];
        for (var row = 0; row < count; row++)
        {
            offsets[row + 1] = offsets[row] + rows[row].Length;
        }

        return (offsets, [.. rows.SelectMany(row => row)]);
    }
}
