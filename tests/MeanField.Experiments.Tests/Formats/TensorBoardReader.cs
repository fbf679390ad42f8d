using System.Buffers.Binary;
using System.Text;

namespace MeanField.Experiments.Tests.Formats;

/// <summary>A second reader of event files, written from the format's documents alone; it asserts every checksum.</summary>
internal static class TensorBoardReader
{
    public static IReadOnlyList<TensorBoardEvent> Read(byte[] file)
    {
        var events = new List<TensorBoardEvent>();
        for (var at = 0; at < file.Length; )
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            AssertMasked(file.AsSpan(at, 8), file.AsSpan(at + 8, 4));
            AssertMasked(file.AsSpan(at + 12, length), file.AsSpan(at + 12 + length, 4));
            events.Add(Event(Fields(file.AsSpan(at + 12, length))));
            at += length + 16;
        }

        return events;
    }

    private static TensorBoardEvent Event(List<Field> fields)
    {
        var values = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var value in fields.Where(field => field.Number == 5).SelectMany(field => Fields(field.Content)))
        {
            Assert.Equal(1, value.Number);
            var inner = Fields(value.Content);
            values.Add(
                Encoding.UTF8.GetString(inner.Single(field => field.Number == 1).Content),
                BitConverter.UInt32BitsToSingle((uint)inner.Single(field => field.Number == 2).Scalar)
            );
        }

        return new TensorBoardEvent(
            BitConverter.Int64BitsToDouble((long)fields.Single(field => field.Number == 1).Scalar),
            (long)(fields.SingleOrDefault(field => field.Number == 2)?.Scalar ?? 0),
            fields.SingleOrDefault(field => field.Number == 3) is { } version
                ? Encoding.UTF8.GetString(version.Content)
                : "",
            values
        );
    }

    private static List<Field> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<Field>();
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            var (scalar, content) = (0UL, Array.Empty<byte>());
            switch (tag & 7)
            {
                case 0:
                    scalar = Varint(ref message);
                    break;
                case 1:
                    scalar = BinaryPrimitives.ReadUInt64LittleEndian(message);
                    message = message[8..];
                    break;
                case 5:
                    scalar = BinaryPrimitives.ReadUInt32LittleEndian(message);
                    message = message[4..];
                    break;
                default:
                    var length = (int)Varint(ref message);
                    content = message[..length].ToArray();
                    message = message[length..];
                    break;
            }

            fields.Add(new Field((int)(tag >> 3), scalar, content));
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[0];
            message = message[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    // The mask of tensorflow/core/lib/hash/crc32c.h, undone.
    private static void AssertMasked(ReadOnlySpan<byte> content, ReadOnlySpan<byte> stored)
    {
        var rotated = BinaryPrimitives.ReadUInt32LittleEndian(stored) - 0xa282ead8u;
        Assert.Equal(Checksum(content), (rotated >> 17) | (rotated << 15));
    }

    // CRC-32C bit by bit, reflected polynomial.
    public static uint Checksum(ReadOnlySpan<byte> content)
    {
        var remainder = uint.MaxValue;
        foreach (var value in content)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                remainder = (remainder >> 1) ^ ((remainder & 1) * 0x82F63B78u);
            }
        }

        return ~remainder;
    }

    private sealed record Field(int Number, ulong Scalar, byte[] Content);
}
