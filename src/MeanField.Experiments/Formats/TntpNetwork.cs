using System.Globalization;
using MeanField.Catalogue;
using MeanField.Parameters;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Reads the <c>_net.tntp</c> files of Transportation Networks for Research (<see href="https://github.com/bstabler/TransportationNetworks"/>):
/// lines <c>&lt;KEY&gt; VALUE</c> up to <c>&lt;END OF METADATA&gt;</c>, then one link a line, ten numbers that end in <c>;</c>: from, to, capacity,
/// length, free-flow time, B, power, speed, toll, type. Lines that begin with <c>~</c> are comments.
/// </summary>
/// <remarks>
/// A junction is a node with its number as its name, a link is an edge with its free-flow time as its cost, and the capacity of a node is the sum
/// of the capacities of the links that end there, or, where none does, of those that begin there (ours). Numbers that no link names, which many
/// of these files have, are no nodes. The other numbers, and that no trip may pass a zone before the first through node, are ignored: travellers
/// here have no origins. No method keeps state; all are safe to call from any thread.
/// </remarks>
public static class TntpNetwork
{
    private const int MaximumBytes = 1 << 25;
    private const int MaximumCount = 1_000_000;
    private const int Columns = 10;
    private const string EndKey = "<END OF METADATA>";
    private const string NodesKey = "<NUMBER OF NODES>";
    private const string LinksKey = "<NUMBER OF LINKS>";

    /// <summary>Reads a network as the parameter <c>network</c> of the game <c>crowd-graph</c>.</summary>
    /// <param name="path">The file, at most 32 MiB.</param>
    /// <exception cref="InputFileException">The file cannot be read or is no such network; the message names the line.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        var lines = InputFile.ReadAllText(path, MaximumBytes).ReplaceLineEndings("\n").Split('\n');
        var end = Array.FindIndex(lines, line => Starts(line, EndKey));
        if (end < 0)
        {
            throw InputFileException.At(path, $"there is no line '{EndKey}'", "a network in TNTP format");
        }

        var nodes = ReadCount(path, lines.AsSpan(0, end), NodesKey);
        var linkCount = ReadCount(path, lines.AsSpan(0, end), LinksKey);
        var links = ReadLinks(path, lines, end + 1, nodes);
        if (links.Count != linkCount.Value)
        {
            throw InputFileException.At(
                path,
                string.Create(CultureInfo.InvariantCulture, $"found {links.Count} links"),
                string.Create(CultureInfo.InvariantCulture, $"{linkCount.Value}, as line {linkCount.Line} says"),
                linkCount.Line
            );
        }

        try
        {
            return [new("network", Build(path, links).ToText())];
        }
        catch (ParameterException e)
        {
            throw new InputFileException(e.Message, e);
        }
    }

    private static Count ReadCount(string path, ReadOnlySpan<string> metadata, string key)
    {
        for (var i = 0; i < metadata.Length; i++)
        {
            if (Starts(metadata[i], key))
            {
                var text = metadata[i].AsSpan().Trim()[key.Length..].Trim();
                return
                    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                    && value is >= 1 and <= MaximumCount
                    ? new Count(i + 1, value)
                    : throw InputFileException.At(
                        path,
                        $"found {Excerpt.Quoted(text.ToString())}",
                        $"a whole number from 1 to {MaximumCount}",
                        i + 1,
                        key
                    );
            }
        }

        throw InputFileException.At(path, $"there is no line '{key} N'", $"one before '{EndKey}'");
    }

    private static List<Link> ReadLinks(string path, string[] lines, int first, Count nodes)
    {
        var links = new List<Link>();
        for (var i = first; i < lines.Length; i++)
        {
            var line = lines[i].AsSpan().Trim();
            if (line.IsEmpty || line[0] == '~')
            {
                continue;
            }

            var fields = line.TrimEnd(';').ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != Columns)
            {
                throw InputFileException.At(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"found {fields.Length} numbers"),
                    $"{Columns}: from, to, capacity, length, free-flow time, B, power, speed, toll, type",
                    i + 1
                );
            }

            links.Add(new Link(i + 1, Node(fields[0], i + 1), Node(fields[1], i + 1), fields[2], fields[4]));
        }

        return links;

        int Node(string text, int line) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var node)
            && node >= 1
            && node <= nodes.Value
                ? node
                : throw InputFileException.At(
                    path,
                    $"found the node {Excerpt.Quoted(text)}",
                    string.Create(CultureInfo.InvariantCulture, $"1 to {nodes.Value}, as line {nodes.Line} says"),
                    line
                );
    }

    private static GraphNetwork Build(string path, List<Link> links)
    {
        var network = new GraphNetworkBuilder(Excerpt.Plain(path, 400), "free-flow time");
        var mentions = links.SelectMany(link => new[] { (Node: link.From, link.Line), (Node: link.To, link.Line) });
        foreach (var (node, line) in mentions.DistinctBy(mention => mention.Node).OrderBy(mention => mention.Node))
        {
            network.AddNode(line, Name(node));
        }

        foreach (var link in links)
        {
            network.AddEdge(link.Line, Name(link.From), Name(link.To), link.FreeFlowTime, link.Capacity);
        }

        return network.Build();

        static string Name(int node) => node.ToString(CultureInfo.InvariantCulture);
    }

    private static bool Starts(string line, string key) =>
        line.AsSpan().TrimStart().StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Count(int Line, int Value);

    private readonly record struct Link(int Line, int From, int To, string Capacity, string FreeFlowTime);
}
