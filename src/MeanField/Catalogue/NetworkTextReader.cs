using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Catalogue;

/// <summary>Reads the text of a <see cref="GraphNetwork"/>: a table of edges, and before it, if there is one, a table of nodes.</summary>
/// <param name="source">What the text is called in messages.</param>
internal sealed class NetworkTextReader(string source)
{
    private const string AllowedHeader =
        "'from,to' and, if wanted, 'cost', 'capacity'; or, for a table of nodes, 'node' and, if wanted, 'capacity', 'x', 'y'";

    private readonly GraphNetworkBuilder _network = new(source);
    private string[] _header = [];
    private bool _hasNodeCapacities;
    private bool _isInEdges;
    private int _line;

    /// <summary>Reads the whole text.</summary>
    public GraphNetwork Read(string text)
    {
        // A text of one line has its line ends written as semicolons.
        var lines = text.ReplaceLineEndings("\n").Split(text.AsSpan().Trim().Contains('\n') ? '\n' : ';');
        foreach (var line in lines)
        {
            _line++;
            if (line.AsSpan().Trim() is { IsEmpty: false } row && row[0] != '#')
            {
                Read([.. line.Split(',').Select(WithoutQuotes)]);
            }
        }

        return _isInEdges
            ? _network.Build()
            : throw new ParameterException(
                $"{source}: there is no table of edges; allowed: one, whose header is 'from,to'"
            );
    }

    private void Read(string[] fields)
    {
        if (fields[0] is "node" or "from")
        {
            ReadHeader(fields);
        }
        else if (_header.Length == 0)
        {
            throw Refused($"found {FoundText.Quoted(string.Join(',', fields))} above any header", AllowedHeader);
        }
        else if (fields.Length != _header.Length)
        {
            throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"found {fields.Length} fields"),
                string.Create(CultureInfo.InvariantCulture, $"{_header.Length}: {string.Join(',', _header)}")
            );
        }
        else if (_isInEdges)
        {
            _network.AddEdge(_line, fields[0], fields[1], Field("cost") ?? "1", Field("capacity"));
        }
        else
        {
            _network.AddNode(_line, fields[0], Field("capacity"), Field("x"), Field("y"));
        }

        string? Field(string column) => Array.IndexOf(_header, column) is var at and >= 0 ? fields[at] : null;
    }

    private void ReadHeader(string[] fields)
    {
        var isOfEdges = fields[0] == "from";
        string[] columns = isOfEdges ? ["from", "to", "cost", "capacity"] : ["node", "capacity", "x", "y"];
        var isHeader =
            fields.All(columns.Contains)
            && fields.Distinct(StringComparer.Ordinal).Count() == fields.Length
            && (isOfEdges ? fields.Length > 1 && fields[1] == "to" : fields.Contains("x") == fields.Contains("y"));
        if (!isHeader)
        {
            throw Refused($"found the header {FoundText.Quoted(string.Join(',', fields))}", AllowedHeader);
        }

        if (_isInEdges || (_header.Length > 0 && !isOfEdges))
        {
            throw Refused(
                $"a second table begins with {FoundText.Quoted(string.Join(',', fields))}",
                "one table of edges, and at most one of nodes before it"
            );
        }

        if (isOfEdges && _hasNodeCapacities && fields.Contains("capacity"))
        {
            throw Refused("edges have capacities, and so have nodes", "capacities in one of the tables");
        }

        _hasNodeCapacities = !isOfEdges && fields.Contains("capacity");
        (_header, _isInEdges) = (fields, isOfEdges);
    }

    // Some programs put every text into quotes. A name cannot hold a comma or a quote, so that no more is needed.
    private static string WithoutQuotes(string field)
    {
        var text = field.AsSpan().Trim();
        return (text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text).ToString();
    }

    private ParameterException Refused(string found, string allowed) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{source}, line {_line}: {found}; allowed: {allowed}"));
}
