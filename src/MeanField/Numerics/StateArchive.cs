using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MeanField.Numerics;

/// <summary>
/// What a computation must carry from one process to another to go on with the same bits, as a row of named, typed fields. An object names its fields
/// once, in one method, which writes them to one archive and reads them from another: what is written is what is read.
/// </summary>
/// <remarks>Bits are stored as they lie in memory. Owned by one run; not safe for several threads.</remarks>
internal sealed class StateArchive
{
    private byte[] _bytes;
    private int _length;
    private int _position;

    private StateArchive(byte[] bytes, bool isReading)
    {
        _bytes = bytes;
        _length = bytes.Length;
        IsReading = isReading;
    }

    /// <summary>Whether fields are taken out of the archive; otherwise they are put in.</summary>
    public bool IsReading { get; }

    /// <summary>All that was written; valid until more is.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>An archive to write to.</summary>
    public static StateArchive ForWriting() => new([], isReading: false);

    /// <summary>An archive to read from.</summary>
    /// <param name="bytes">What another archive wrote; copied.</param>
    public static StateArchive ForReading(ReadOnlySpan<byte> bytes) => new(bytes.ToArray(), isReading: true);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Rewind() => _length = 0;

    /// <summary>A number, or several in a struct.</summary>
    /// <returns>The number read; when writing the one given.</returns>
    /// <exception cref="InvalidDataException">The archive has something else here.</exception>
    public T Value<T>(string name, T value)
        where T : unmanaged
    {
        Numbers(name, MemoryMarshal.CreateSpan(ref value, 1));
        return value;
    }

    /// <summary>Numbers of which there are always as many; overwritten when reading.</summary>
    /// <exception cref="InvalidDataException">The archive has something else here, or another number of them.</exception>
    public void Numbers<T>(string name, Span<T> values)
        where T : unmanaged
    {
        if (!IsReading)
        {
            Begin<T>(name, values.Length);
            Append(MemoryMarshal.AsBytes<T>(values));
            return;
        }

        var count = ReadHead<T>(name);
        if (count != values.Length)
        {
            throw new InvalidDataException($"state: {name} has {count} numbers; allowed: {values.Length}");
        }

        Take(count * Unsafe.SizeOf<T>(), name).CopyTo(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Numbers of which there may be any number.</summary>
    /// <returns>A new array with the numbers read; when writing the one given.</returns>
    /// <exception cref="InvalidDataException">The archive has something else here.</exception>
    public T[] List<T>(string name, T[] values)
        where T : unmanaged
    {
        if (!IsReading)
        {
            Numbers(name, values.AsSpan());
            return values;
        }

        return MemoryMarshal.Cast<byte, T>(Take((long)ReadHead<T>(name) * Unsafe.SizeOf<T>(), name)).ToArray();
    }

    /// <summary>Something that both sides know already.</summary>
    /// <exception cref="InvalidDataException">The archive has something else here.</exception>
    public void Constant(string name, string expected)
    {
        var found = Encoding.UTF8.GetString(List(name, Encoding.UTF8.GetBytes(expected)));
        if (found != expected)
        {
            throw new InvalidDataException($"state: {name} is {found}; allowed: {expected}");
        }
    }

    /// <summary>The end of an archive that is read.</summary>
    /// <exception cref="InvalidDataException">The archive has more.</exception>
    public void End()
    {
        if (IsReading && _position < _length)
        {
            throw new InvalidDataException($"state: {_length - _position} bytes are left over; allowed: none");
        }
    }

    private static string Head<T>(string name) => $"{name}:{typeof(T).Name}";

    private void Begin<T>(string name, int count)
    {
        var head = Encoding.ASCII.GetBytes(Head<T>(name));
        Append([(byte)head.Length]);
        Append(head);
        Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in count)));
    }

    private int ReadHead<T>(string name)
    {
        var expected = Head<T>(name);
        var found = Encoding.ASCII.GetString(Take(Take(1, name)[0], name));
        if (found != expected)
        {
            throw new InvalidDataException($"state: found {found}; allowed here: {expected}");
        }

        var count = MemoryMarshal.Read<int>(Take(sizeof(int), name));
        return count >= 0 ? count : throw new InvalidDataException($"state: {name} has {count} numbers");
    }

    private ReadOnlySpan<byte> Take(long count, string name)
    {
        if (count > _length - _position)
        {
            throw new InvalidDataException($"state: it ends within {name}");
        }

        _position += (int)count;
        return _bytes.AsSpan(_position - (int)count, (int)count);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var needed = (long)_length + bytes.Length;
        if (needed > Array.MaxLength)
        {
            throw new NotSupportedException("The state is larger than 2 GB");
        }

        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(needed, 2L * _bytes.Length), Array.MaxLength));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
