using MeanField.Markov;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class ActionValuesTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Look_ahead_is_reward_plus_discounted_value_for_the_states_asked_and_no_other(int seed)
    {
        using var check = new RandomCase(seed);
        var values = RandomInputs.Law(check.States, check.Random).Select(x => (100 * x) - 3).ToArray();
        var expected = check.Dense.ActionValues(DecimalMath.From(values)).SelectMany(row => row).ToArray();
        var (start, end) = (check.States / 3, check.States - (check.States / 4));
        var result = Enumerable.Repeat(double.NaN, check.Game.PairCount).ToArray();
        ActionValues.Compute(check.Mdp, values, result, start, end);
        for (var pair = 0; pair < result.Length; pair++)
        {
            var isAsked = pair >= check.Game.PairOffsets[start] && pair < check.Game.PairOffsets[end];
            Assert.Equal(isAsked ? (double)expected[pair] : double.NaN, result[pair], 1e-13);
        }
    }
}
