using System.Runtime.InteropServices;

namespace MeanField.Cli;

/// <summary>A series of any length remembered in little space: when it gets long, every second entry is forgotten, and from then on only
/// every second new one is taken.</summary>
internal sealed class ThinnedHistory
{
    private const int MostEntries = 256;
    private readonly List<(double Seconds, double Value)> _entries = [];
    private int _stride = 1;
    private int _offered;

    /// <summary>The number of entries remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>The later half of the entries, at least two where there are two. Valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<(double Seconds, double Value)> LaterHalf =>
        CollectionsMarshal.AsSpan(_entries)[(Math.Max(0, _entries.Count - 1) / 2)..];

    /// <summary>Offers an entry, later than all before.</summary>
    public void Add(double seconds, double value)
    {
        if (_offered++ % _stride != 0)
        {
            return;
        }

        if (_entries.Count == MostEntries)
        {
            _stride *= 2;
            var kept = _entries.Where((_, index) => index % 2 == 0).ToList();
            _entries.Clear();
            _entries.AddRange(kept);
        }

        _entries.Add((seconds, value));
    }
}
