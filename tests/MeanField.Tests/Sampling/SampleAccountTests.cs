using MeanField.Sampling;

namespace MeanField.Tests.Sampling;

public class SampleAccountTests
{
    [Fact]
    public void Accounts_add_up_part_by_part()
    {
        var sum = new SampleAccount(1, 20, 300) + new SampleAccount(5, 60, 700, 8000);
        Assert.Equal(new SampleAccount(6, 80, 1000, 8000), sum);
        Assert.Equal(9086, sum.Total);
        Assert.Equal(default, new SampleAccount(0, 0, 0));
    }

    [Fact]
    public void The_largest_parts_have_a_total_that_is_a_number()
    {
        const long largest = SampleAccount.LargestPart;
        Assert.Equal(checked(4 * largest), new SampleAccount(largest, largest, largest, largest).Total);
    }
}
