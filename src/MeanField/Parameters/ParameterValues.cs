using System.Globalization;

namespace MeanField.Parameters;

/// <summary>
/// A checked set of values for a list of <see cref="ParameterDescription"/>s: every description has a value (given or default),
/// every value is in range, no name is unknown. Immutable and safe to share between threads.
/// </summary>
public sealed class ParameterValues
{
    private readonly Dictionary<string, string> _values;

    private ParameterValues(IReadOnlyList<ParameterDescription> descriptions, Dictionary<string, string> values)
    {
        Descriptions = descriptions;
        _values = values;
    }

    /// <summary>The descriptions, in the order they are listed to people.</summary>
    public IReadOnlyList<ParameterDescription> Descriptions { get; }

    /// <summary>Checks given values against their descriptions and fills in the defaults.</summary>
    /// <param name="owner">Whose parameters these are, for messages: <c>game crowd-grid</c>, <c>solver mf-trpo</c>.</param>
    /// <param name="descriptions">All parameters there are.</param>
    /// <param name="given">The given values as text. A later value for the same name replaces an earlier one.</param>
    /// <exception cref="ParameterException">A name is unknown, a value is out of range or a required value is missing.
    /// All such findings are in the one message, separated by <c>; </c>.</exception>
    public static ParameterValues Create(
        string owner,
        IReadOnlyList<ParameterDescription> descriptions,
        IEnumerable<KeyValuePair<string, string>> given
    )
    {
        var findings = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in given)
        {
            var description = descriptions.FirstOrDefault(d => d.Name == name);
            if (description is null)
            {
                findings.Add(
                    $"{owner} has no '{name}' (allowed: {string.Join(", ", descriptions.Select(d => d.Name))})"
                );
                continue;
            }

            if (!IsAllowed(description, text))
            {
                findings.Add($"{owner}: '{name}' is '{Shortened(text)}', allowed is {description.Allowed}");
            }

            values[name] = Canonical(description, text);
        }

        foreach (var description in descriptions.Where(d => !values.ContainsKey(d.Name)))
        {
            if (description.Default is null)
            {
                findings.Add($"{owner}: '{description.Name}' is missing, allowed is {description.Allowed}");
            }
            else
            {
                values[description.Name] = Canonical(description, description.Default);
            }
        }

        return findings.Count == 0
            ? new ParameterValues(descriptions, values)
            : throw new ParameterException(string.Join("; ", findings.Distinct(StringComparer.Ordinal)));
    }

    /// <summary>The value of a parameter as canonical text.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public string Text(string name) => _values[name];

    /// <summary>The value of a <see cref="ParameterKind.Number"/> parameter that is a number, not a word.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public double Number(string name) => double.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>The value of a <see cref="ParameterKind.WholeNumber"/> parameter that is a number, not a word.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public int WholeNumber(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>The value of a <see cref="ParameterKind.Switch"/> parameter.</summary>
    /// <exception cref="KeyNotFoundException">There is no such parameter.</exception>
    public bool Switch(string name) => _values[name] == "true";

    /// <summary>Every value as canonical text, in the order of <see cref="Descriptions"/>.</summary>
    public IEnumerable<KeyValuePair<string, string>> InOrder() =>
        Descriptions.Select(d => new KeyValuePair<string, string>(d.Name, _values[d.Name]));

    private static bool IsAllowed(ParameterDescription description, string text) =>
        description.Kind switch
        {
            ParameterKind.Number => description.Choices.Contains(text, StringComparer.Ordinal)
                || (TryNumber(text, out var number) && IsInRange(description, number)),
            ParameterKind.WholeNumber => description.Choices.Contains(text, StringComparer.Ordinal)
                || (
                    int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                    && IsInRange(description, whole)
                ),
            ParameterKind.Switch => text is "true" or "false",
            ParameterKind.Choice => description.Choices.Contains(text, StringComparer.Ordinal),
            _ => true,
        };

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static bool IsInRange(ParameterDescription description, double number) =>
        (description.MinimumExcluded ? number > description.Minimum : number >= description.Minimum)
        && (description.MaximumExcluded ? number < description.Maximum : number <= description.Maximum);

    // "0.10", "1e-1" and ".1" are one value and must give one hash of a run.
    private static string Canonical(ParameterDescription description, string text) =>
        description.Kind switch
        {
            ParameterKind.Number when TryNumber(text, out var number) => (number + 0.0).ToString(
                "R",
                CultureInfo.InvariantCulture
            ),
            ParameterKind.WholeNumber when int.TryParse(text, CultureInfo.InvariantCulture, out var whole) =>
                whole.ToString(CultureInfo.InvariantCulture),
            _ => text,
        };

    private static string Shortened(string text)
    {
        var line = text.ReplaceLineEndings("\\n");
        return line.Length <= 60 ? line : string.Concat(line.AsSpan(0, 57), "...");
    }
}
