using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>Parameters that many games have.</summary>
internal static class CommonParameters
{
    private const double LargestWeight = 1e9;

    /// <summary><c>discount</c>, greater than 0 and less than 1. Default 0.9.</summary>
    public static ParameterDescription Discount { get; } =
        new("discount", ParameterKind.Number, "0.9", "Discount factor.")
        {
            Minimum = 0,
            MinimumExcluded = true,
            Maximum = 1,
            MaximumExcluded = true,
        };

    /// <summary>What multiplies a term of the reward, −1e9 to 1e9.</summary>
    public static ParameterDescription Weight(string name, string defaultValue, string summary) =>
        new(name, ParameterKind.Number, defaultValue, summary) { Minimum = -LargestWeight, Maximum = LargestWeight };

    /// <summary>How many there are of something.</summary>
    public static ParameterDescription Count(
        string name,
        string defaultValue,
        int minimum,
        int maximum,
        string summary
    ) => new(name, ParameterKind.WholeNumber, defaultValue, summary) { Minimum = minimum, Maximum = maximum };

    /// <summary>A probability or share, 0 to <paramref name="maximum"/>.</summary>
    public static ParameterDescription Probability(
        string name,
        string defaultValue,
        string summary,
        double maximum = 1
    ) => new(name, ParameterKind.Number, defaultValue, summary) { Minimum = 0, Maximum = maximum };
}
