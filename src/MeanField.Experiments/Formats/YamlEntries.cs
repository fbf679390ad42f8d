using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Reads the small part of YAML that game files use: one document, one mapping from names to texts or lists of texts. It works on
/// parser events: nothing is expanded, so an alias bomb is refused at its first anchor, and lines are exact.
/// </summary>
internal sealed class YamlEntries
{
    private const string AllowedFile = "lines of KEY: VALUE";
    private const string AllowedValue = "a text, a number, or a list of them; '|' begins a block of lines";
    private readonly string _file;
    private readonly Parser _parser;
    private readonly List<YamlEntry> _entries = [];

    private YamlEntries(string file, TextReader text)
    {
        _file = file;
        _parser = new Parser(text);
    }

    /// <summary>Reads all entries in the order of the file, keys distinct.</summary>
    /// <exception cref="InputFileException">The text is no such YAML.</exception>
    public static IReadOnlyList<YamlEntry> Read(string file, string text)
    {
        using var reader = new StringReader(text);
        var entries = new YamlEntries(file, reader);
        try
        {
            entries.ReadDocument();
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
            var line = entries._parser.Current?.End.Line;
            throw InputFileException.At(file, "this is not YAML from here on", AllowedFile, line, cause: e);
        }

        return entries._entries;
    }

    private void ReadDocument()
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
        while (Next() is not MappingEnd)
        {
            ReadEntry();
        }

        Next();
        if (Next() is not StreamEnd)
        {
            throw Refused(Current, "a second YAML document begins", "one document");
        }
    }

    private void ReadEntry()
    {
        if (Current is not Scalar key)
        {
            throw Refused(Current, $"the key is {Kind(Current)}", "a name");
        }

        RefuseDecoration(key, key.Value);
        var earlier = _entries.Find(entry => entry.Key == key.Value);
        if (earlier is not null)
        {
            var found = string.Create(
                CultureInfo.InvariantCulture,
                $"the key is given again, first in line {earlier.Line}"
            );
            throw Refused(key, found, "each key once", key.Value);
        }

        var isList = Next() is SequenceStart;
        var valueLine = Current.Start.Line;
        var values = new List<string>();
        if (isList)
        {
            RefuseDecoration((NodeEvent)Current, key.Value);
            while (Next() is not SequenceEnd)
            {
                values.Add(ReadText(key.Value));
            }
        }
        else
        {
            values.Add(ReadText(key.Value));
        }

        _entries.Add(new YamlEntry(key.Value, key.Start.Line, valueLine, values, isList));
    }

    private string ReadText(string key)
    {
        if (Current is not Scalar scalar)
        {
            throw Refused(Current, $"found {Kind(Current)}", AllowedValue, key);
        }

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
