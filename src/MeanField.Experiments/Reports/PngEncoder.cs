using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace MeanField.Experiments.Reports;

/// <summary>Writes palette images as PNG (W3C Portable Network Graphics, second edition: 8-bit indexed colour, filter 0).</summary>
internal static class PngEncoder
{
    private const int LargestPalette = 256;
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Encodes an image.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">Palette indices in row-major order from the top left, length width × height.</param>
    /// <param name="palette">1 to 256 colours.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels, ReadOnlySpan<PaletteColor> palette)
    {
        if (width < 1 || height < 1 || pixels.Length != (long)width * height)
        {
            throw new ArgumentException(
                $"{pixels.Length} pixels; allowed: width {width} times height {height}, both positive"
            );
        }

        if (palette.Length is < 1 or > LargestPalette)
        {
            throw new ArgumentException($"{palette.Length} colours; allowed: 1 to {LargestPalette}");
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(png, "IHDR", Header(width, height));
        WriteChunk(png, "PLTE", Colors(palette));
        WriteChunk(png, "tRNS", Opacities(palette));
        WriteChunk(png, "IDAT", Compressed(width, height, pixels));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits per sample
        header[9] = 3; // colour type: palette index
        return header;
    }

    private static byte[] Colors(ReadOnlySpan<PaletteColor> palette)
    {
        var colors = new byte[3 * palette.Length];
        for (var i = 0; i < palette.Length; i++)
        {
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2]) = (
                palette[i].Red,
                palette[i].Green,
                palette[i].Blue
            );
        }

        return colors;
    }

    private static byte[] Opacities(ReadOnlySpan<PaletteColor> palette)
    {
        var opacities = new byte[palette.Length];
        for (var i = 0; i < palette.Length; i++)
        {
            opacities[i] = palette[i].Opacity;
        }

        return opacities;
    }

    private static byte[] Compressed(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0); // filter type: none
                zlib.Write(pixels.Slice(row * width, width));
            }
        }

        return data.ToArray();
    }

    private static void WriteChunk(MemoryStream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        var typeBytes = Encoding.ASCII.GetBytes(type);
        png.Write(typeBytes);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, typeBytes), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < table.Length; n++)
        {
            var crc = n;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            }

            table[n] = crc;
        }

        return table;
    }
}
