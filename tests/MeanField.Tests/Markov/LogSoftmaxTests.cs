using MeanField.Markov;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class LogSoftmaxTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Logits_of_any_size_become_probabilities_that_sum_to_one(int seed)
    {
        var random = new Random(seed);
        var offsets = RandomOffsets(random);
        var size = Math.Pow(10, random.Next(-8, 7));
        var logits = Enumerable.Range(0, offsets[^1]).Select(_ => size * ((2 * random.NextDouble()) - 1)).ToArray();
        var (logs, probabilities) = Normalized(offsets, logits);
        for (var s = 0; s + 1 < offsets.Length; s++)
        {
            var pairs = offsets[s]..offsets[s + 1];
            Assert.Equal(1, probabilities[pairs].Sum(), 1e-15 * probabilities[pairs].Length);
            Assert.All(probabilities[pairs], p => Assert.InRange(p, 0, 1));
            Assert.All(logs[pairs], log => Assert.True(double.IsFinite(log) && log <= 1e-15));

            var row = DecimalMath.From(logits[pairs]);
            var largest = row.Max();
            var sum = row.Sum(x => DecimalMath.Exp(x - largest));
            Assert.All(
                row,
                (x, a) =>
                {
                    var expected = (double)(x - largest - DecimalMath.Log(sum));
                    Assert.Equal(expected, logs[pairs][a], 1e-15 * (4 + Math.Abs(expected)));
                    Assert.Equal(Math.Exp(expected), probabilities[pairs][a], 1e-15 * (4 + Math.Min(700, -expected)));
                }
            );
        }
    }

    [Fact]
    public void A_probability_too_small_for_a_double_becomes_zero_and_its_logarithm_stays()
    {
        var (logs, probabilities) = Normalized([0, 3], [1e6, -1e6, 1e6 - 740]);
        Assert.Equal((1, 0), (probabilities[0], probabilities[1]));
        Assert.True(double.IsSubnormal(probabilities[2]));
        Assert.Equal([0, -2e6, -740], logs);
    }

    [Fact]
    public void Equal_logits_share_equally()
    {
        var (logs, probabilities) = Normalized([0, 4, 5], [-3, -3, -3, -3, 77]);
        Assert.Equal([0.25, 0.25, 0.25, 0.25, 1], probabilities);
        Assert.Equal(-Math.Log(4), logs[0], 1e-15);
        Assert.Equal(0, logs[4]);
    }

    [Fact]
    public void Only_the_range_asked_for_is_touched_and_the_cut_changes_no_bit()
    {
        var random = new Random(9);
        var offsets = RandomOffsets(random);
        var logits = Enumerable.Range(0, offsets[^1]).Select(_ => 40 * random.NextDouble()).ToArray();
        var (logs, probabilities) = Normalized(offsets, logits);
        var states = offsets.Length - 1;
        var (cutLogs, cutProbabilities) = (logits.ToArray(), new double[logits.Length]);
        var (first, second) = (states / 3, 2 * states / 3);
        LogSoftmax.Normalize(offsets, first, second, cutLogs, cutProbabilities, new double[states]);
        for (var pair = 0; pair < logits.Length; pair++)
        {
            var isInside = pair >= offsets[first] && pair < offsets[second];
            Assert.Equal(isInside ? logs[pair] : logits[pair], cutLogs[pair]);
            Assert.Equal(isInside ? probabilities[pair] : 0, cutProbabilities[pair]);
        }
    }

    private static int[] RandomOffsets(Random random)
    {
        var offsets = new int[random.Next(2, 60)];
        for (var s = 1; s < offsets.Length; s++)
        {
            offsets[s] = offsets[s - 1] + random.Next(1, 12);
        }

        return offsets;
    }

    private static (double[] Logs, double[] Probabilities) Normalized(int[] offsets, double[] logits)
    {
        var (logs, probabilities) = (logits.ToArray(), new double[logits.Length]);
        LogSoftmax.Normalize(offsets, 0, offsets.Length - 1, logs, probabilities, new double[offsets.Length - 1]);
        return (logs, probabilities);
    }
}
