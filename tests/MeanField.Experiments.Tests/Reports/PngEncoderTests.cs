using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MeanField.Experiments.Reports;

namespace MeanField.Experiments.Tests.Reports;

/// <summary>Decodes with a second, naive implementation of the W3C specification.</summary>
public class PngEncoderTests
{
    private static readonly PaletteColor[] Colors = [new(1, 2, 3, 0), new(255, 0, 128), new(9, 8, 7, 110)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 5)]
    [InlineData(257, 129)]
    public void A_decoded_picture_has_the_colours_that_were_encoded(int width, int height)
    {
        var random = new Random(width);
        var pixels = Enumerable.Range(0, width * height).Select(_ => (byte)random.Next(Colors.Length)).ToArray();
        var decoded = Decode(PngEncoder.Encode(width, height, pixels, Colors));
        Assert.Equal((width, height), (decoded.Width, decoded.Height));
        Assert.Equal(pixels.Select(index => Colors[index]), decoded.Pixels);
    }

    // CRC-32 of "IEND" as every PNG file ends with it, from the specification's own example.
    [Fact]
    public void The_last_chunk_is_the_one_that_every_picture_ends_with() =>
        Assert.Equal(
            [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82],
            PngEncoder.Encode(1, 1, [0], Colors)[^12..]
        );

    [Fact]
    public void The_largest_and_noisiest_map_stays_below_the_size_of_a_report()
    {
        var random = new Random(1);
        var pixels = Enumerable
            .Range(0, 1024 * 1024)
            .Select(_ => (byte)random.Next(GridRaster.Palette.Count))
            .ToArray();
        var png = PngEncoder.Encode(1024, 1024, pixels, [.. GridRaster.Palette]);
        Assert.InRange(png.Length * 4 / 3, 1, 1_250_000);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(2, 2, new byte[3], Colors));
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(0, 2, [], Colors));
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(1, 1, [0], []));
    }

    private static (int Width, int Height, PaletteColor[] Pixels) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var names = new List<string>();
        for (var at = 8; at < png.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var name = Encoding.ASCII.GetString(png, at + 4, 4);
            Assert.Equal(
                Crc(png.AsSpan(at + 4, length + 4)),
                BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length))
            );
            chunks.Add(name, png[(at + 8)..(at + 8 + length)]);
            names.Add(name);
            at += 12 + length;
        }

        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], names);
        var header = chunks["IHDR"];
        Assert.Equal([8, 3, 0, 0, 0], header[8..]);
        var width = BinaryPrimitives.ReadInt32BigEndian(header);
        var height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        using var inflated = new MemoryStream();
        new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress).CopyTo(inflated);
        var lines = inflated.ToArray();
        Assert.Equal(height * (width + 1), lines.Length);
        var pixels = new PaletteColor[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            var line = i / width * (width + 1);
            Assert.Equal(0, lines[line]);
            var index = lines[line + 1 + (i % width)];
            pixels[i] = new PaletteColor(
                chunks["PLTE"][3 * index],
                chunks["PLTE"][(3 * index) + 1],
                chunks["PLTE"][(3 * index) + 2],
                chunks["tRNS"][index]
            );
        }

        return (width, height, pixels);
    }

    // Bit by bit, as the polynomial division that defines it.
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var isOdd = ((crc ^ (uint)(value >> bit)) & 1) != 0;
                crc = (crc >> 1) ^ (isOdd ? 0xEDB88320u : 0);
            }
        }

        return ~crc;
    }
}
