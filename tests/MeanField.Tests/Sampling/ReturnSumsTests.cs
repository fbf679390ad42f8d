using MeanField.Sampling;

namespace MeanField.Tests.Sampling;

/// <summary>Estimators against their exact expectation: every outcome of a few uniform actions and noisy returns, each as likely as the others.</summary>
public class ReturnSumsTests
{
    // Returns of action a are Means[a] − Noise[a] or Means[a] + Noise[a].
    private static readonly double[] ActionMeans = [-7, 2.5, 0.25, 40];
    private static readonly double[] Noise = [1, 0.125, 3, 8];

    // State 0 has two actions whose returns must not come in.
    private const int FirstPair = 2;

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 5)]
    [InlineData(2, 2)]
    [InlineData(2, 5)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 2)]
    [InlineData(4, 4)]
    public void Importance_weights_are_unbiased_from_two_samples_on(int actions, int samples)
    {
        var expected = Expectation(actions, samples, (sums, values) => sums.Importance(1, values));
        Assert.All(expected, (value, a) => Assert.Equal(ActionMeans[a], value, 1e-12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void One_sample_says_the_same_of_all_actions(int actions)
    {
        var sums = Sums(actions, [actions - 1], [5]);
        var values = new double[actions];
        sums.Importance(1, values);
        Assert.All(values, value => Assert.Equal(5, value));
    }

    [Fact]
    public void A_constant_added_to_all_returns_moves_all_importance_values_by_it()
    {
        int[] drawn = [0, 2, 2, 0, 0];
        double[] returns = [1, 5, 2, -3, 0.5];
        var (values, moved) = (new double[3], new double[3]);
        Sums(3, drawn, returns).Importance(1, values);
        Sums(3, drawn, Array.ConvertAll(returns, value => value + 1000)).Importance(1, moved);
        Assert.All(values, (value, a) => Assert.Equal(value + 1000, moved[a], 1e-11));

        // By hand: mean 1.1; 1.1 + 3/4 (−1.5 − 3.3), 1.1, 1.1 + 3/4 (7 − 2.2).
        double[] expected = [-2.5, 1.1, 4.7];
        Assert.All(values, (value, a) => Assert.Equal(expected[a], value, 1e-12));
    }

    [Fact]
    public void Means_are_unbiased_where_there_are_any()
    {
        // Averages over the outcomes in which the action has a sample.
        const int actions = 3;
        var (totals, outcomes) = (new double[actions], new int[actions]);
        foreach (var (drawn, returns) in Outcomes(actions, samples: 4))
        {
            var values = new double[actions];
            Sums(actions, drawn, returns).Means(1, values);
            for (var a = 0; a < actions; a++)
            {
                Assert.Equal(!drawn.Contains(a), double.IsNaN(values[a]));
                totals[a] += drawn.Contains(a) ? values[a] : 0;
                outcomes[a] += drawn.Contains(a) ? 1 : 0;
            }
        }

        Assert.All(totals, (total, a) => Assert.Equal(ActionMeans[a], total / outcomes[a], 1e-12));
    }

    [Fact]
    public void Roll_outs_are_counted_by_pair_by_state_and_in_all_until_they_are_forgotten()
    {
        var sums = new ReturnSums([0, 2, 5, 6]);
        sums.Add([4, 0, 4], [1, 2, 6]);
        sums.Add([2, 4, 0], [9, -1, 3]);
        Assert.Equal(6, sums.Total);
        Assert.Equal([2, 0, 1, 0, 3, 0], Enumerable.Range(0, 6).Select(sums.Count));
        Assert.Equal([2, 4, 0], Enumerable.Range(0, 3).Select(sums.StateCount));
        Assert.Equal((2.5, 9, 2), (sums.Mean(0), sums.Mean(2), sums.Mean(4)));

        sums.Clear();
        Assert.Equal(0, sums.Total);
        Assert.All(Enumerable.Range(0, 6), pair => Assert.Equal(0, sums.Count(pair)));
        sums.Add([4], [7]);
        Assert.Equal(7, sums.Mean(4));
    }

    // Averages over every equally likely outcome.
    private static double[] Expectation(int actions, int samples, Action<ReturnSums, double[]> estimate)
    {
        var (totals, values, count) = (new double[actions], new double[actions], 0);
        foreach (var (drawn, returns) in Outcomes(actions, samples))
        {
            estimate(Sums(actions, drawn, returns), values);
            for (var a = 0; a < actions; a++)
            {
                totals[a] += values[a];
            }

            count++;
        }

        return Array.ConvertAll(totals, total => total / count);
    }

    private static IEnumerable<(int[] Drawn, double[] Returns)> Outcomes(int actions, int samples)
    {
        var all = (int)Math.Pow(2 * actions, samples);
        for (var outcome = 0; outcome < all; outcome++)
        {
            var (drawn, returns) = (new int[samples], new double[samples]);
            for (int m = 0, rest = outcome; m < samples; m++, rest /= 2 * actions)
            {
                drawn[m] = rest % (2 * actions) / 2;
                returns[m] = ActionMeans[drawn[m]] + (rest % 2 == 0 ? Noise[drawn[m]] : -Noise[drawn[m]]);
            }

            yield return (drawn, returns);
        }
    }

    private static ReturnSums Sums(int actions, int[] drawn, double[] returns)
    {
        var sums = new ReturnSums([0, FirstPair, FirstPair + actions, FirstPair + actions + 1]);
        sums.Add([0, 1, FirstPair + actions], [1e6, -1e3, 1e5]);
        sums.Add(Array.ConvertAll(drawn, a => FirstPair + a), returns);
        return sums;
    }
}
