using System.Globalization;

namespace MeanField.Parameters;

/// <summary>
/// One named parameter of a game or option of a solver: what it means, its default and its range. The command line, game
/// files and the listings of games and solvers all read these, so a parameter is described exactly once.
/// </summary>
/// <param name="Name">The name in files and on the command line: lower case, words joined by hyphens.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Default">The default as text, or <see langword="null"/> when a value must be given.</param>
/// <param name="Summary">One sentence for people, units included.</param>
public sealed record ParameterDescription(string Name, ParameterKind Kind, string? Default, string Summary)
{
    /// <summary>The least value, for <see cref="ParameterKind.Number"/> and <see cref="ParameterKind.WholeNumber"/>.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest value, for <see cref="ParameterKind.Number"/> and <see cref="ParameterKind.WholeNumber"/>.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is refused.</summary>
    public bool MinimumExcluded { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused.</summary>
    public bool MaximumExcluded { get; init; }

    /// <summary>The words that a <see cref="ParameterKind.Choice"/> takes, or a number or whole number beside numbers.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The allowed values in words, such as <c>a number greater than 0 and less than 1</c>.</summary>
    public string Allowed =>
        Kind switch
        {
            ParameterKind.Switch => "true or false",
            ParameterKind.Choice => "one of " + string.Join(", ", Choices),
            ParameterKind.Text => "text",
            ParameterKind.WholeNumber => string.Join(" or ", ["a whole number" + RangeInWords(), .. Choices]),
            _ => string.Join(" or ", ["a finite number" + RangeInWords(), .. Choices]),
        };

    private string RangeInWords()
    {
        var parts = new List<string>(2);
        if (!double.IsNegativeInfinity(Minimum))
        {
            parts.Add((MinimumExcluded ? "greater than " : "at least ") + Text(Minimum));
        }

        if (!double.IsPositiveInfinity(Maximum))
        {
            parts.Add((MaximumExcluded ? "less than " : "at most ") + Text(Maximum));
        }

        var range = string.Join(" and ", parts);
        return range.StartsWith("at ", StringComparison.Ordinal) ? " of " + range
            : range.Length > 0 ? " " + range
            : "";
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
