namespace MeanField.Experiments.Formats;

/// <summary>A value in a YAML file: a text, a list or a mapping; exactly one of them is there.</summary>
/// <param name="Line">The line where it begins, from 1; for a block of lines the line of its <c>|</c>.</param>
internal sealed record YamlNode(long Line)
{
    /// <summary>The text.</summary>
    public string? Text { get; init; }

    /// <summary>The items of the list.</summary>
    public IReadOnlyList<YamlNode>? Items { get; init; }

    /// <summary>The entries of the mapping, keys distinct.</summary>
    public IReadOnlyList<YamlEntry>? Entries { get; init; }

    /// <summary>What it is, for messages.</summary>
    public string Kind =>
        Text is not null ? Excerpt.Quoted(Text)
        : Items is not null ? "a list"
        : "a mapping (KEY: VALUE within a value)";
}
