using System.Globalization;
using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Parameters;

namespace MeanField.Experiments.Formats;

/// <summary>
/// A game as a YAML file: <c>game: NAME</c> and the game's parameters by name. A floor plan is a text block under <c>layout</c>, a network one under
/// <c>network</c>, or <c>map: FILE</c> names a file with it, relative to the game file; <c>targets</c> may be a list. Immutable.
/// </summary>
/// <param name="Definition">The catalogue entry that the file names.</param>
/// <param name="Parameters">The parameters given in the file, each one in range by itself.</param>
public sealed record GameFile(GameDefinition Definition, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    private const int MaximumBytes = 1 << 25;
    private const string GameKey = "game";
    private const string LayoutKey = "layout";
    private const string MapKey = "map";
    private const string TargetsKey = "targets";

    /// <summary>Reads a game file.</summary>
    /// <param name="path">The file, at most 32 MiB of UTF-8 text.</param>
    /// <exception cref="InputFileException">The file cannot be read, is not such YAML (with the line), or names a game, a key or a value
    /// that does not exist or is out of range: all such findings together, each with its line.</exception>
    public static GameFile Read(string path)
    {
        var text = InputFile.ReadAllText(path, MaximumBytes);
        var entries = YamlReader.Read(path, text);
        var definition = FindDefinition(path, entries);
        var place = MapText.Of(definition);
        var findings = new List<string>();
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var entry in entries.Where(entry => entry.Key != GameKey))
        {
            if (entry.Key == MapKey && place is not null)
            {
                AddMap(path, definition, place, entries, entry, findings, parameters);
            }
            else
            {
                AddParameter(path, definition, place, entry, findings, parameters);
            }

            if (entry.Key == LayoutKey && FindLostRow(text, entry) is { } line)
            {
                const string Found = "this row is indented less than the first one, which makes it a comment";
                findings.Add(
                    InputFileException.Sentence(path, Found, "the same indentation for all rows", line, LayoutKey)
                );
            }
        }

        return findings.Count == 0 ? new GameFile(definition, parameters) : throw InputFileException.Of(findings);
    }

    private static GameDefinition FindDefinition(string path, IReadOnlyList<YamlEntry> entries)
    {
        var names = GameCatalogue.All.Select(game => game.Name).ToList();
        var entry = entries.FirstOrDefault(entry => entry.Key == GameKey);
        if (entry is null)
        {
            throw InputFileException.At(
                path,
                "there is no 'game' key",
                $"game: NAME with NAME one of {string.Join(", ", names)}"
            );
        }

        return !entry.IsList && GameCatalogue.Find(entry.Values[0]) is { } definition
            ? definition
            : throw InputFileException.At(
                path,
                entry.IsList ? "found a list" : $"found {Excerpt.Quoted(entry.Values[0])}",
                Suggestion.Allowed(string.Join(",", entry.Values), names),
                entry.Line,
                GameKey
            );
    }

    private static void AddMap(
        string path,
        GameDefinition definition,
        MapText place,
        IReadOnlyList<YamlEntry> entries,
        YamlEntry entry,
        List<string> findings,
        List<KeyValuePair<string, string>> parameters
    )
    {
        var kinds = MapFile.KindsOf(definition);
        void Refuse(string found, string allowed) =>
            findings.Add(InputFileException.Sentence(path, found, allowed, entry.Line, MapKey));

        if (entries.FirstOrDefault(other => other.Key == place.Parameter) is { } other)
        {
            Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"there is also a '{place.Parameter}' in line {other.Line}"
                ),
                $"'{MapKey}' or '{place.Parameter}', not both"
            );
        }
        else if (entry.IsList)
        {
            Refuse("found a list", $"the name of one {Extensions()} file");
        }
        else if ((kinds.Count == 1 ? kinds[0] : MapFile.Of(entry.Values[0])) is { } kind && kinds.Contains(kind))
        {
            var map = Path.Combine(Path.GetDirectoryName(path) ?? "", entry.Values[0]);
            var given = entries.Select(other => other.Key).ToHashSet(StringComparer.Ordinal);
            parameters.AddRange(kind.Read(map).Where(parameter => !given.Contains(parameter.Key)));
        }
        else
        {
            Refuse($"found {Excerpt.Quoted(entry.Values[0])}", $"the name of a {Extensions()} file");
        }

        string Extensions() => string.Join(" or ", kinds.Select(kind => kind.Extension));
    }

    private static void AddParameter(
        string path,
        GameDefinition definition,
        MapText? place,
        YamlEntry entry,
        List<string> findings,
        List<KeyValuePair<string, string>> parameters
    )
    {
        void Refuse(string found, string allowed) =>
            findings.Add(InputFileException.Sentence(path, found, allowed, entry.Line, entry.Key));

        var parameter = definition.Parameters.FirstOrDefault(parameter => parameter.Name == entry.Key);
        if (parameter is null)
        {
            var names = definition.Parameters.Select(known => known.Name).Append(GameKey);
            names = place is null ? names : names.Append(MapKey);
            Refuse("there is no such key", Suggestion.Allowed(entry.Key, names));
        }
        else if (entry.IsList && parameter.Name != TargetsKey)
        {
            Refuse("found a list", parameter.Allowed);
        }
        else if (entry.Values.Count == 0)
        {
            Refuse("found an empty list", "at least one target");
        }
        else if (parameter.Name == place?.Parameter && entry.ValueLine > entry.Line)
        {
            Refuse("found rows without a '|'", $"'{parameter.Name}: |' and the rows below it");
        }
        else if (parameter.Name == place?.Parameter)
        {
            try
            {
                parameters.Add(new(parameter.Name, place.Check(entry.Values[0])));
            }
            catch (ParameterException e)
            {
                findings.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Excerpt.Plain(path, 400)}, line {entry.Line}, '{parameter.Name}': {e.Message}"
                    )
                );
            }
        }
        else if (IsAllowed(parameter, entry))
        {
            parameters.Add(new(parameter.Name, string.Join(';', entry.Values)));
        }
        else
        {
            Refuse($"found {Excerpt.Quoted(entry.Values[0])}", parameter.Allowed);
        }
    }

    private static bool IsAllowed(ParameterDescription parameter, YamlEntry entry)
    {
        try
        {
            ParameterValues.Create(entry.Key, [parameter], [new(parameter.Name, string.Join(';', entry.Values))]);
            return true;
        }
        catch (ParameterException)
        {
            return false;
        }
    }

    // YAML ends a text block at the first line that is indented less, and takes a wall '#' there for the beginning of a comment: rows would
    // disappear without a word.
    private static long? FindLostRow(string text, YamlEntry layout)
    {
        var rows = layout.Values.SelectMany(value => value.Split('\n')).Count(row => row.AsSpan().Trim().Length > 0);
        var number = layout.Line;
        foreach (var line in text.Split('\n').Skip((int)layout.Line))
        {
            number++;
            var row = line.AsSpan().Trim();
            if (row.IsEmpty)
            {
                continue;
            }

            if (line[0] != ' ')
            {
                break;
            }

            if (rows-- <= 0 && row.StartsWith('#') && !row.ContainsAnyExcept(".#P"))
            {
                return number;
            }
        }

        return null;
    }
}
