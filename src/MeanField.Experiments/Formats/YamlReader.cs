using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Reads the small part of YAML that the files of this project use: one document, one mapping from names to values. It works on parser events: nothing is
/// expanded, so an alias bomb is refused at its first anchor, and lines are exact.
/// </summary>
internal sealed class YamlReader
{
    private const string AllowedFile = "lines of KEY: VALUE";
    private const int DeepestNesting = 8;
    private readonly string _file;
    private readonly bool _isNested;
    private readonly Parser _parser;

    private YamlReader(string file, TextReader text, bool isNested)
    {
        (_file, _isNested) = (file, isNested);
        _parser = new Parser(text);
    }

    private string AllowedValue =>
        _isNested
            ? "a text, a number, a list, or KEY: VALUE within"
            : "a text, a number, or a list of them; '|' begins a block of lines";

    /// <summary>Reads all entries in the order of the file, keys distinct.</summary>
    /// <param name="file">The name of the file, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isNested">Whether values may be lists and mappings of any values, and not only texts and lists of texts.</param>
    /// <exception cref="InputFileException">The text is no such YAML.</exception>
    public static IReadOnlyList<YamlEntry> Read(string file, string text, bool isNested = false)
    {
        using var stream = new StringReader(text);
        var reader = new YamlReader(file, stream, isNested);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            var upTo =
                e.End.Line > e.Start.Line
                    ? string.Create(CultureInfo.InvariantCulture, $"up to line {e.End.Line}: ")
                    : "";
            var found = $"this is not YAML ({upTo}{Excerpt.Plain(e.Message, 200)})";
            throw InputFileException.At(file, found, AllowedFile, e.Start.Line, cause: e);
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet 16.3 throws this for some broken lists, such as "[1,\nb: 2", and does not say where.
            var line = reader._parser.Current?.End.Line;
            throw InputFileException.At(file, "this is not YAML from here on", AllowedFile, line, cause: e);
        }
    }

    private List<YamlEntry> ReadDocument()
    {
        Next();
        if (Next() is StreamEnd)
        {
            throw InputFileException.At(
                _file,
                "the file has no content",
                AllowedFile + ", beginning with 'game: NAME'"
            );
        }

        if (Next() is not MappingStart top)
        {
            throw Refused(Current, $"the file is {Kind(Current)}", AllowedFile + " at the top level");
        }

        RefuseDecoration(top, key: null);
        var entries = ReadMapping(depth: 0);
        Next();
        return Next() is StreamEnd ? entries : throw Refused(Current, "a second YAML document begins", "one document");
    }

    private List<YamlEntry> ReadMapping(int depth)
    {
        var entries = new List<YamlEntry>();
        while (Next() is not MappingEnd)
        {
            if (Current is not Scalar key)
            {
                throw Refused(Current, $"the key is {Kind(Current)}", "a name");
            }

            RefuseDecoration(key, key.Value);
            if (entries.Find(entry => entry.Key == key.Value) is { } earlier)
            {
                var found = string.Create(
                    CultureInfo.InvariantCulture,
                    $"the key is given again, first in line {earlier.Line}"
                );
                throw Refused(key, found, "each key once", key.Value);
            }

            Next();
            entries.Add(new YamlEntry(key.Value, key.Start.Line, ReadValue(key.Value, depth + 1)));
        }

        return entries;
    }

    private YamlNode ReadValue(string key, int depth)
    {
        var line = Current.Start.Line;
        if (Current is Scalar scalar)
        {
            return new YamlNode(line) { Text = ReadText(scalar, key) };
        }

        var isAllowed = _isNested
            ? Current is SequenceStart or MappingStart && depth <= DeepestNesting
            : Current is SequenceStart && depth == 1;
        if (!isAllowed)
        {
            throw Refused(Current, $"found {Kind(Current)}", AllowedValue, key);
        }

        RefuseDecoration((NodeEvent)Current, key);
        if (Current is MappingStart)
        {
            return new YamlNode(line) { Entries = ReadMapping(depth) };
        }

        var items = new List<YamlNode>();
        while (Next() is not SequenceEnd)
        {
            items.Add(ReadValue(key, depth + 1));
        }

        return new YamlNode(line) { Items = items };
    }

    private string ReadText(Scalar scalar, string key)
    {
        RefuseDecoration(scalar, key);
        return scalar.Style != ScalarStyle.Plain || scalar.Value is not ("" or "~" or "null")
            ? scalar.Value
            : throw Refused(scalar, "there is no value", AllowedValue, key);
    }

    private void RefuseDecoration(NodeEvent node, string? key)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw Refused(
                node,
                $"found the anchor {Excerpt.Quoted("&" + node.Anchor.Value)}",
                "plain values, without anchors and aliases",
                key
            );
        }

        if (!node.Tag.IsEmpty)
        {
            throw Refused(
                node,
                $"found the tag {Excerpt.Quoted(node.Tag.IsNonSpecific ? "!" : node.Tag.Value)}",
                "plain values, without tags",
                key
            );
        }
    }

    private ParsingEvent Current => _parser.Current!;

    private ParsingEvent Next()
    {
        _parser.MoveNext();
        return Current;
    }

    private InputFileException Refused(ParsingEvent at, string found, string allowed, string? key = null) =>
        InputFileException.At(_file, found, allowed, at.Start.Line, key);

    private static string Kind(ParsingEvent node) =>
        node switch
        {
            MappingStart => "a mapping (KEY: VALUE within a value)",
            SequenceStart => "a list",
            AnchorAlias alias => $"the alias {Excerpt.Quoted("*" + alias.Value.Value)}",
            Scalar scalar => $"the text {Excerpt.Quoted(scalar.Value)}",
            _ => "nothing",
        };
}
