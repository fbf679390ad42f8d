namespace MeanField.Experiments.Formats;

/// <summary>One <c>KEY: VALUE</c> of a game file.</summary>
/// <param name="Key">The key.</param>
/// <param name="Line">The line of the key, from 1.</param>
/// <param name="ValueLine">The line where the value begins, from 1; for a block of lines the line of its <c>|</c>.</param>
/// <param name="Values">The value's texts: one, or any number when <paramref name="IsList"/>.</param>
/// <param name="IsList">Whether the value was written as a list.</param>
internal sealed record YamlEntry(string Key, long Line, long ValueLine, IReadOnlyList<string> Values, bool IsList);
