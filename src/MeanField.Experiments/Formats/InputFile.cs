using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MeanField.Experiments.Formats;

/// <summary>Opens files that people name, with a clear message for everything that can be wrong before the first byte is understood.</summary>
internal static class InputFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="InputFileException">It does not exist, is a folder or cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? throw InputFileException.At(path, "is a folder", "a file")
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw InputFileException.At(path, "was not found", "a file that exists", cause: e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw InputFileException.At(path, "may not be read", "a file with read permission", cause: e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>Reads a whole file whose size is not trusted: never more than the limit, whatever the file system says.</summary>
    public static byte[] ReadAllBytes(string path, int maximumBytes)
    {
        using var stream = Open(path);
        try
        {
            var buffer = new byte[stream.CanSeek ? Math.Clamp(stream.Length + 1, 1, maximumBytes + 1L) : 1 << 16];
            var length = 0;
            while (stream.Read(buffer, length, buffer.Length - length) is var count and > 0)
            {
                length += count;
                if (length > maximumBytes)
                {
                    throw InputFileException.At(
                        path,
                        string.Create(CultureInfo.InvariantCulture, $"has more than {maximumBytes} bytes"),
                        string.Create(CultureInfo.InvariantCulture, $"at most {maximumBytes} bytes")
                    );
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * length, maximumBytes + 1L));
                }
            }

            return buffer[..length];
        }
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>The SHA-256 of an open file in lower-case hexadecimal. What goes on for longer than the file is, such as a device, is refused.</summary>
    /// <exception cref="InputFileException">It is no plain file, or cannot be read.</exception>
    public static string HashOf(FileStream stream, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var remaining = stream.CanSeek ? stream.Length : 0;
        try
        {
            while (stream.Read(buffer) is var count and > 0)
            {
                remaining -= count;
                if (remaining < 0)
                {
                    throw InputFileException.At(path, "goes on for longer than it is", "a plain file");
                }

                hash.AppendData(buffer, 0, count);
            }
        }
        catch (IOException e)
        {
            throw Unreadable(path, e);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads a whole text file: UTF-8, with or without a byte order mark.</summary>
    public static string ReadAllText(string path, int maximumBytes)
    {
        var bytes = WithoutByteOrderMark(ReadAllBytes(path, maximumBytes));
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes[..Math.Clamp(e.Index, 0, bytes.Length)].Count((byte)'\n');
            throw InputFileException.At(path, "bytes that are not UTF-8 text", "UTF-8 text", line, cause: e);
        }
    }

    /// <summary>The bytes after a UTF-8 byte order mark, if there is one.</summary>
    public static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static InputFileException Unreadable(string path, Exception cause) =>
        InputFileException.At(
            path,
            $"cannot be read ({Excerpt.Plain(cause.Message, 200)})",
            "a readable file",
            cause: cause
        );
}
