using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>
/// Writes and reads checkpoint.bin: eight letters, the format, the SHA-256 of all that follows, the version of MeanField, what run it is of, iterations, ticks of 100 ns,
/// and the solver's state.
/// </summary>
internal static class CheckpointFile
{
    private const int Format = 1;
    private const int HashBytes = 32;
    private const int VersionBytes = 16;
    private const int HeadBytes = 8 + sizeof(int) + HashBytes;
    private const int AllBytes = HeadBytes + VersionBytes + HashBytes + sizeof(int) + sizeof(long);

    private static ReadOnlySpan<byte> Letters => "MFGSTATE"u8;

    /// <summary>Writes a checkpoint beside the last one, and then puts it in its place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="way">What run it is of: <see cref="RunIdentity.OfWay"/>.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <exception cref="IOException">The disk failed; the last checkpoint is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, string way, SolverCheckpoint checkpoint)
    {
        var head = new byte[AllBytes];
        Letters.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), Format);
        var place = HeadBytes;
        Encoding.ASCII.GetBytes(RunRecord.CurrentVersion).AsSpan().CopyTo(head.AsSpan(place, VersionBytes));
        place += VersionBytes;
        SHA256.HashData(Encoding.UTF8.GetBytes(way), head.AsSpan(place, HashBytes));
        place += HashBytes;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(place), checkpoint.Iterations);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(place + sizeof(int)), checkpoint.Elapsed.Ticks);
        HashOf(head, checkpoint.State.Span).CopyTo(head, 8 + sizeof(int));

        var temporary = path + RunFiles.TemporarySuffix;
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(head);
            file.Write(checkpoint.State.Span);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="way">The run it must be of.</param>
    /// <returns>The checkpoint, or <see langword="null"/> where there is no such file.</returns>
    /// <exception cref="InputFileException">The file is no checkpoint, damaged, of another version or of another run.</exception>
    public static StoredCheckpoint? Read(string path, string way)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        const string Allowed = "a checkpoint as this version wrote it; without the file the run begins anew";
        var bytes = InputFile.ReadAllBytes(path, Array.MaxLength - 1);
        if (!bytes.AsSpan().StartsWith(Letters))
        {
            throw InputFileException.At(path, "is no checkpoint", Allowed);
        }

        if (
            bytes.Length >= HeadBytes
            && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)) is var format and not Format
        )
        {
            throw InputFileException.At(path, $"has format {format}", "1, the format this version reads");
        }

        if (
            bytes.Length < AllBytes
            || !HashOf(bytes.AsSpan(0, AllBytes), bytes.AsSpan(AllBytes))
                .AsSpan()
                .SequenceEqual(bytes.AsSpan(8 + sizeof(int), HashBytes))
        )
        {
            throw InputFileException.At(path, "is damaged or not whole", Allowed);
        }

        var place = HeadBytes;
        var version = Encoding.ASCII.GetString(bytes, place, VersionBytes).TrimEnd('\0');
        if (version != RunRecord.CurrentVersion)
        {
            throw InputFileException.At(
                path,
                $"is of version {version}",
                $"version {RunRecord.CurrentVersion}, which alone goes on to the same bits"
            );
        }

        place += VersionBytes;
        if (!SHA256.HashData(Encoding.UTF8.GetBytes(way)).AsSpan().SequenceEqual(bytes.AsSpan(place, HashBytes)))
        {
            throw InputFileException.At(
                path,
                "is of another run",
                "a checkpoint of this game, solver, options and seed"
            );
        }

        place += HashBytes;
        return new StoredCheckpoint(
            BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(place)),
            new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(place + sizeof(int)))),
            bytes[AllBytes..]
        );
    }

    private static byte[] HashOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head[HeadBytes..]);
        hash.AppendData(state);
        return hash.GetHashAndReset();
    }
}
