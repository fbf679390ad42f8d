using System.Globalization;
using MeanField.Experiments.Formats;

namespace MeanField.Experiments.Sweeps;

/// <summary>The first half of reading a sweep file: from YAML to factors, each a list of alternatives. What is wrong is collected.</summary>
internal sealed class SweepFileReader(string path)
{
    private const string ZipKey = "zip";
    private const string CellsKey = "cells";
    private const string SeedsKey = "seeds";
    private static readonly string[] BlockKeys = [.. Enum.GetValues<SweepSubject>().Select(KeyOf)];
    private readonly List<string> _findings = [];
    private readonly Dictionary<(SweepSubject, string), long> _lines = [];

    public string Path => path;

    /// <summary>Factors in the order of the file: each a list of alternatives, each a list of assignments.</summary>
    public List<IReadOnlyList<IReadOnlyList<SweepAssignment>>> Factors { get; } = [];

    public IReadOnlyList<long> Seeds { get; private set; } = [0];

    /// <summary>Every assignment of a kind.</summary>
    public IEnumerable<SweepAssignment> All(SweepSubject subject) =>
        Factors
            .SelectMany(factor => factor)
            .SelectMany(alternative => alternative)
            .Where(assignment => assignment.Subject == subject);

    /// <summary>The key of a kind of thing in the file.</summary>
    public static string KeyOf(SweepSubject subject) =>
        subject switch
        {
            SweepSubject.Game => "game",
            SweepSubject.GameParameter => "game-parameters",
            SweepSubject.Solver => "solver",
            _ => "options",
        };

    public void Read(IReadOnlyList<YamlEntry> entries)
    {
        foreach (var entry in entries)
        {
            switch (entry.Key)
            {
                case ZipKey:
                    ReadZip(entry);
                    break;
                case CellsKey:
                    ReadCells(entry);
                    break;
                case SeedsKey:
                    Seeds = SeedList.Read(entry, Refuse);
                    break;
                default:
                    foreach (var values in ReadBlockEntry(entry, [.. BlockKeys, SeedsKey, ZipKey, CellsKey]))
                    {
                        Factors.Add([.. values.Select(value => new[] { value })]);
                    }

                    break;
            }
        }
    }

    public void Refuse(long line, string? key, string found, string allowed) =>
        _findings.Add(InputFileException.Sentence(path, found, allowed, line, key));

    public void ThrowFindings()
    {
        if (_findings.Count > 0)
        {
            throw InputFileException.Of(_findings);
        }
    }

    // One list of values for each thing that the entry is about.
    private IEnumerable<IReadOnlyList<SweepAssignment>> ReadBlockEntry(
        YamlEntry entry,
        IReadOnlyList<string> keys,
        bool isOnce = true
    )
    {
        var at = Array.IndexOf(BlockKeys, entry.Key);
        if (at < 0)
        {
            Refuse(entry.Line, entry.Key, "there is no such key", Suggestion.Allowed(entry.Key, keys));
            return [];
        }

        var subject = (SweepSubject)at;
        if (subject is SweepSubject.Game or SweepSubject.Solver)
        {
            return [ReadValues(subject, "", entry, isOnce)];
        }

        if (entry.Value.Entries is { } inner)
        {
            return [.. inner.Select(one => ReadValues(subject, one.Key, one, isOnce))];
        }

        Refuse(entry.Line, entry.Key, $"found {entry.Value.Kind}", "KEY: VALUE within");
        return [];
    }

    private SweepAssignment[] ReadValues(SweepSubject subject, string key, YamlEntry entry, bool isOnce)
    {
        if (isOnce && !_lines.TryAdd((subject, key), entry.Line))
        {
            var first = _lines[(subject, key)].ToString(CultureInfo.InvariantCulture);
            Refuse(entry.Line, entry.Key, $"it is given again, first in line {first}", "each once");
        }

        var values = new List<SweepAssignment>();
        foreach (var node in entry.Value.Items ?? [entry.Value])
        {
            if (node.Text is { } text)
            {
                values.Add(new SweepAssignment(subject, key, text, node.Line));
            }
            else if (node.Entries is not null && key.Length > 0)
            {
                var numbers = NumberRange.Read(node, (line, found, allowed) => Refuse(line, key, found, allowed));
                values.AddRange(
                    numbers.Select(number => new SweepAssignment(subject, key, number, node.Line) { IsOfRange = true })
                );
            }
            else
            {
                var allowed = key.Length > 0 ? "a value, or {from: A, to: B, count: N}" : "a name";
                Refuse(node.Line, entry.Key, $"found {node.Kind}", allowed);
            }
        }

        if (entry.Value.Items is { Count: 0 })
        {
            Refuse(entry.Line, entry.Key, "found an empty list", "at least one value");
        }

        return [.. values];
    }

    private void ReadZip(YamlEntry entry)
    {
        if (entry.Value.Entries is not { } block)
        {
            Refuse(entry.Line, entry.Key, $"found {entry.Value.Kind}", "lists of one length under " + Words(BlockKeys));
            return;
        }

        var columns = block.SelectMany(inner => ReadBlockEntry(inner, BlockKeys)).Where(c => c.Count > 0).ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var odd = columns.Find(column => column.Count != columns[0].Count);
        if (odd is not null)
        {
            Refuse(
                odd[0].Line,
                odd[0].Name,
                string.Create(CultureInfo.InvariantCulture, $"found {odd.Count} values"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{columns[0].Count}, as many as '{columns[0][0].Name}' has, because they vary together"
                )
            );
            return;
        }

        Factors.Add([
            .. Enumerable.Range(0, columns[0].Count).Select(row => columns.Select(column => column[row]).ToArray()),
        ]);
    }

    private void ReadCells(YamlEntry entry)
    {
        if (entry.Value.Items is not { Count: > 0 } items)
        {
            Refuse(
                entry.Line,
                entry.Key,
                entry.Value.Items is null ? $"found {entry.Value.Kind}" : "found an empty list",
                "a list of combinations, each of " + Words(BlockKeys)
            );
            return;
        }

        var alternatives = new List<IReadOnlyList<SweepAssignment>>();
        foreach (var item in items)
        {
            if (item.Entries is not { } block)
            {
                Refuse(item.Line, entry.Key, $"found {item.Kind}", Words(BlockKeys));
                continue;
            }

            var columns = block.SelectMany(inner => ReadBlockEntry(inner, BlockKeys, isOnce: false)).ToList();
            foreach (var column in columns.Where(column => column.Count > 1))
            {
                Refuse(column[0].Line, column[0].Name, "found several values", "one value in each of the 'cells'");
            }

            foreach (var value in columns.SelectMany(column => column))
            {
                if (_lines.TryGetValue((value.Subject, value.Key), out var line))
                {
                    var first = line.ToString(CultureInfo.InvariantCulture);
                    Refuse(
                        value.Line,
                        value.Name,
                        $"it is given in line {first} as well",
                        "either there or in 'cells'"
                    );
                }
            }

            alternatives.Add([.. columns.SelectMany(column => column)]);
        }

        Factors.Add(alternatives);
    }

    private static string Words(IEnumerable<string> keys) => string.Join(", ", keys);
}
