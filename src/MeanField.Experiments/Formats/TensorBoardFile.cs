using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MeanField.Experiments.Formats;

/// <summary>
/// Writes scalars over steps as an event file that TensorBoard reads. Each record is flushed, so that a page open in a browser follows a solve.
/// </summary>
/// <remarks>
/// The file is a sequence of TFRecords, each a length (8 bytes, little-endian), the masked CRC-32C of the length, a protocol-buffer message
/// <c>tensorflow.Event</c>, and the masked CRC-32C of the message (tensorflow/core/lib/io/record_writer.h, core/util/event.proto,
/// core/framework/summary.proto). The format keeps scalars in single precision; a run's <c>trace.csv</c> has all digits. Not safe for use
/// from several threads at once.
/// </remarks>
public sealed class TensorBoardFile : IDisposable
{
    private const uint MaskDelta = 0xA282EAD8;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly Stream _stream;

    /// <summary>Begins a file with the record that says which version of the format it has.</summary>
    /// <param name="stream">Where to write, from the beginning of a file on; closed with this object.</param>
    /// <param name="time">Seconds since 1970-01-01 UTC.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public TensorBoardFile(Stream stream, double time)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        WriteRecord(
            Message(Time(time), [.. Tag(3, LengthDelimited), .. Delimited(Encoding.UTF8.GetBytes("brain.Event:2"))])
        );
    }

    /// <summary>Writes the values of one step.</summary>
    /// <param name="time">Seconds since 1970-01-01 UTC.</param>
    /// <param name="step">The step, at least 0.</param>
    /// <param name="scalars">Names and values; names with a slash are put into groups.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Write(double time, long step, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentNullException.ThrowIfNull(scalars);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        byte[] summary = [.. scalars.SelectMany(scalar => Value(scalar.Key, (float)scalar.Value))];
        WriteRecord(
            Message(
                Time(time),
                [.. Tag(2, 0), .. Varint((ulong)step), .. Tag(5, LengthDelimited), .. Delimited(summary)]
            )
        );
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static byte[] Value(string name, float value)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, value);
        byte[] inner =
        [
            .. Tag(1, LengthDelimited),
            .. Delimited(Encoding.UTF8.GetBytes(name)),
            .. Tag(2, Fixed32),
            .. number,
        ];
        return [.. Tag(1, LengthDelimited), .. Delimited(inner)];
    }

    private static byte[] Time(double time)
    {
        byte[] number = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(number, time);
        return [.. Tag(1, Fixed64), .. number];
    }

    private static byte[] Message(byte[] time, byte[] content) => [.. time, .. content];

    private static byte[] Tag(int field, int kind) => [(byte)((field << 3) | kind)];

    private static byte[] Delimited(byte[] content) => [.. Varint((ulong)content.Length), .. content];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private void WriteRecord(byte[] content)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, content.Length);
        _stream.Write([.. length, .. MaskedChecksum(length), .. content, .. MaskedChecksum(content)]);
        _stream.Flush();
    }

    private static byte[] MaskedChecksum(byte[] content)
    {
        var checksum = uint.MaxValue;
        foreach (var value in content)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, BitOperations.RotateRight(~checksum, 15) + MaskDelta);
        return bytes;
    }
}
