using System.Globalization;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Reads the grid maps of the Moving AI benchmarks (Sturtevant, "Benchmarks for Grid-Based Pathfinding", IEEE TCIAIG 2012): the lines
/// <c>type octile</c>, <c>height N</c>, <c>width N</c>, <c>map</c>, then one line a row with <c>.</c>, <c>G</c>, <c>S</c> free and
/// <c>@</c>, <c>O</c>, <c>T</c>, <c>W</c> blocked. Lines may end in CR LF; the last one needs no end.
/// </summary>
/// <remarks>Swamp (<c>S</c>) counts as free and water (<c>W</c>) as blocked: this project knows no terrain costs (ours). No method
/// keeps state; all are safe to call from any thread.</remarks>
public static class MovingAiMap
{
    private const int MaximumBytes = 1 << 25;

    /// <summary>Reads a map as the parameters of the game <c>crowd-grid</c>: <c>layout</c>, with rows separated by <c>/</c>, and
    /// <c>targets</c>, which is <c>auto</c> because a map marks none.</summary>
    /// <param name="path">The file, at most 32 MiB.</param>
    /// <exception cref="InputFileException">The file cannot be read or is no octile map.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path) =>
        [new("layout", ReadLayout(path)), new("targets", "auto")];

    internal static string ReadLayout(string path)
    {
        var bytes = InputFile.ReadAllBytes(path, MaximumBytes);
        if (bytes.Length == 0)
        {
            throw InputFileException.At(path, "the file is empty", "an octile map, whose first line is 'type octile'");
        }

        var lines = new LineReader(InputFile.WithoutByteOrderMark(bytes));
        ExpectLine(path, ref lines, "type octile");
        var height = ReadSize(path, ref lines, "height");
        var width = ReadSize(path, ref lines, "width");
        ExpectLine(path, ref lines, "map");
        return ReadRows(path, ref lines, height, width, bytes.Length);
    }

    private static void ExpectLine(string path, ref LineReader lines, string expected)
    {
        if (!lines.TryRead(out var line))
        {
            throw InputFileException.At(path, "the file ends", $"the line '{expected}'", lines.Number + 1);
        }

        if (!Text(line).Equals(expected, StringComparison.Ordinal))
        {
            throw InputFileException.At(path, $"found {Excerpt.Quoted(line)}", $"the line '{expected}'", lines.Number);
        }
    }

    private static int ReadSize(string path, ref LineReader lines, string key)
    {
        var allowed = $"the line '{key} N' with N a whole number from 1 to {MaximumBytes}";
        if (!lines.TryRead(out var line))
        {
            throw InputFileException.At(path, "the file ends", allowed, lines.Number + 1);
        }

        var parts = Text(line).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isSize =
            parts.Length == 2
            && parts[0] == key
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size is >= 1 and <= MaximumBytes;
        return isSize
            ? int.Parse(parts[1], CultureInfo.InvariantCulture)
            : throw InputFileException.At(path, $"found {Excerpt.Quoted(line)}", allowed, lines.Number);
    }

    // Nothing here is sized by what the header declares: the text grows with the lines that are really there.
    private static string ReadRows(string path, ref LineReader lines, int height, int width, int byteCount)
    {
        var layout = new char[byteCount];
        var length = 0;
        var hasFreeCell = false;
        for (var row = 0; row < height; row++)
        {
            if (!lines.TryRead(out var line))
            {
                throw InputFileException.At(
                    path,
                    $"the file ends after {row} rows",
                    $"{height} rows, as line 2 says",
                    lines.Number
                );
            }

            if (line.Length != width)
            {
                throw InputFileException.At(
                    path,
                    $"row {row} has {line.Length} characters",
                    $"{width} characters, as line 3 says",
                    lines.Number
                );
            }

            for (var column = 0; column < width; column++)
            {
                var isFree = IsFree(line[column]);
                if (isFree is null)
                {
                    throw InputFileException.At(
                        path,
                        $"row {row}, column {column} is {Excerpt.Quoted(line.Slice(column, 1))}",
                        "'.', 'G', 'S' for free cells and '@', 'O', 'T', 'W' for blocked ones",
                        lines.Number
                    );
                }

                hasFreeCell |= isFree.Value;
                layout[length++] = isFree.Value ? '.' : '#';
            }

            layout[length++] = '/';
        }

        while (lines.TryRead(out var line))
        {
            if (Text(line).Length > 0)
            {
                throw InputFileException.At(
                    path,
                    $"found {Excerpt.Quoted(line)} after the last row",
                    $"{height} rows, as line 2 says",
                    lines.Number
                );
            }
        }

        return hasFreeCell
            ? new string(layout, 0, length - 1)
            : throw InputFileException.At(path, "the map has no free cell", "at least one '.', 'G' or 'S'");
    }

    private static bool? IsFree(byte character) =>
        character switch
        {
            (byte)'.' or (byte)'G' or (byte)'S' => true,
            (byte)'@' or (byte)'O' or (byte)'T' or (byte)'W' => false,
            _ => null,
        };

    private static string Text(ReadOnlySpan<byte> line) => System.Text.Encoding.Latin1.GetString(line).Trim();

    /// <summary>Cuts bytes into lines; a line end at the end of the file starts no further line.</summary>
    private ref struct LineReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public int Number { get; private set; }

        public bool TryRead(out ReadOnlySpan<byte> line)
        {
            line = default;
            if (_rest.IsEmpty)
            {
                return false;
            }

            var end = _rest.IndexOf((byte)'\n');
            line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            Number++;
            return true;
        }
    }
}
