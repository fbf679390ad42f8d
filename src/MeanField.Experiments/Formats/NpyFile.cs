using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Writes and reads arrays of doubles in NumPy's <c>.npy</c> format, version 1.0, little-endian, C order
/// (numpy.lib.format; NEP 1). Reading is strict: a file that NumPy would store differently is refused.
/// </summary>
/// <remarks>No method keeps state; all are safe to call from any thread.</remarks>
public static partial class NpyFile
{
    private const int PrefixLength = 10;
    private const int Alignment = 64;
    private const int ChunkValues = 8192;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Writes an array.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="values">The values in C order (last index fastest).</param>
    /// <param name="shape">The length of each dimension, one or two of them.</param>
    /// <exception cref="ArgumentException">The product of the lengths is not the number of values, or there are none or more than two.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public static void Write(Stream stream, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (shape.Length is < 1 or > 2 || shape[0] < 0 || shape[^1] < 0 || Product(shape) != values.Length)
        {
            throw new ArgumentException(
                $"The shape ({string.Join(", ", shape.ToArray())}) does not hold {values.Length} values; allowed: one or two dimensions whose product is that number",
                nameof(shape)
            );
        }

        stream.Write(Header(shape));
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkValues * sizeof(double));
        try
        {
            for (var start = 0; start < values.Length; start += ChunkValues)
            {
                var chunk = values.Slice(start, Math.Min(ChunkValues, values.Length - start));
                for (var i = 0; i < chunk.Length; i++)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(buffer.AsSpan(i * sizeof(double)), chunk[i]);
                }

                stream.Write(buffer, 0, chunk.Length * sizeof(double));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputFileException">The file cannot be read, or its magic, version, header, element type, order, shape or size
    /// is not that of an array of doubles with one or two dimensions.</exception>
    public static NpyArray Read(string path)
    {
        using var stream = InputFile.Open(path);
        try
        {
            var shape = ReadHeader(path, stream);
            var count = Product(shape);
            var bytes = stream.Length - stream.Position;
            if (count > Array.MaxLength || bytes != count * sizeof(double))
            {
                throw InputFileException.At(
                    path,
                    $"{bytes} bytes follow the header",
                    $"{(Int128)count * sizeof(double)} bytes for the shape ({string.Join(", ", shape)}), at most {Array.MaxLength} values"
                );
            }

            return new NpyArray(shape, ReadValues(stream, (int)count));
        }
        catch (Exception e) when (e is IOException or NotSupportedException)
        {
            throw InputFileException.At(
                path,
                $"cannot be read ({Excerpt.Plain(e.Message, 200)})",
                "a readable .npy file",
                cause: e
            );
        }
    }

    private static byte[] Header(ReadOnlySpan<int> shape)
    {
        var lengths = shape.Length == 1 ? $"{shape[0]}," : $"{shape[0]}, {shape[1]}";
        var text = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({lengths}), }}";
        var unpadded = PrefixLength + text.Length + 1;
        var total = (unpadded + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - PrefixLength));
        Encoding.ASCII.GetBytes(text, header.AsSpan(PrefixLength));
        header[^1] = (byte)'\n';
        return header;
    }

    private static int[] ReadHeader(string path, FileStream stream)
    {
        Span<byte> prefix = stackalloc byte[PrefixLength];
        if (
            stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false) < PrefixLength
            || !prefix.StartsWith(Magic)
        )
        {
            throw InputFileException.At(
                path,
                "the file does not begin with the .npy magic",
                "a .npy file, version 1.0"
            );
        }

        if (prefix[6] != 1 || prefix[7] != 0)
        {
            throw InputFileException.At(path, $"the .npy version is {prefix[6]}.{prefix[7]}", "version 1.0");
        }

        var bytes = new byte[BinaryPrimitives.ReadUInt16LittleEndian(prefix[8..])];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw InputFileException.At(path, "the file ends within its header", $"a header of {bytes.Length} bytes");
        }

        return ParseHeader(path, Encoding.Latin1.GetString(bytes));
    }

    private static int[] ParseHeader(string path, string header)
    {
        var match = HeaderPattern().Match(header);
        if (!match.Success)
        {
            throw InputFileException.At(
                path,
                $"the header is {Excerpt.Quoted(header.TrimEnd())}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (N,), } or the same with (N, M)"
            );
        }

        if (match.Groups["type"].Value != "<f8")
        {
            throw InputFileException.At(
                path,
                $"the element type is {Excerpt.Quoted(match.Groups["type"].Value)}",
                "'<f8' (doubles)"
            );
        }

        if (match.Groups["order"].Value != "False")
        {
            throw InputFileException.At(path, "the array is in Fortran order", "C order ('fortran_order': False)");
        }

        var lengths = match
            .Groups["shape"]
            .Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var shape = new int[lengths.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            if (!int.TryParse(lengths[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
            {
                throw InputFileException.At(
                    path,
                    $"dimension {i} has length {Excerpt.Quoted(lengths[i])}",
                    $"a whole number from 0 to {int.MaxValue}"
                );
            }
        }

        return shape;
    }

    private static double[] ReadValues(FileStream stream, int count)
    {
        var values = new double[count];
        var buffer = new byte[Math.Min(ChunkValues, Math.Max(count, 1)) * sizeof(double)];
        for (var start = 0; start < count; start += ChunkValues)
        {
            var chunk = values.AsSpan(start, Math.Min(ChunkValues, count - start));
            stream.ReadExactly(buffer, 0, chunk.Length * sizeof(double));
            for (var i = 0; i < chunk.Length; i++)
            {
                chunk[i] = BinaryPrimitives.ReadDoubleLittleEndian(buffer.AsSpan(i * sizeof(double)));
            }
        }

        return values;
    }

    private static long Product(ReadOnlySpan<int> shape)
    {
        var product = 1L;
        foreach (var length in shape)
        {
            product *= length;
        }

        return product;
    }

    [GeneratedRegex(
        @"^\{'descr': '(?<type>[^']*)', 'fortran_order': (?<order>True|False), 'shape': \((?<shape>[0-9]+,|[0-9]+, [0-9]+)\), \} *\n\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex HeaderPattern();
}
