namespace MeanField.Experiments.Formats;

/// <summary>One <c>KEY: VALUE</c> of a YAML file.</summary>
/// <param name="Key">The key.</param>
/// <param name="Line">The line of the key, from 1.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(string Key, long Line, YamlNode Value)
{
    /// <summary>The line where the value begins, from 1; for a block of lines the line of its <c>|</c>.</summary>
    public long ValueLine => Value.Line;

    /// <summary>Whether the value is a list.</summary>
    public bool IsList => Value.Items is not null;

    /// <summary>The text of the value, or those of its list; a mapping has none.</summary>
    public IReadOnlyList<string> Values { get; } =
        Value.Text is { } text ? [text] : [.. (Value.Items ?? []).Select(item => item.Text ?? "")];
}
