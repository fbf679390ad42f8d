using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>
/// In which order the trajectories of a wave are run. Where a kernel is too large for the caches, trajectories that start side by side run side by
/// side and find in them what the others left. The order depends on the starts alone, and what a trajectory does does not depend on the order.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class TrajectoryOrder(int stateCount, int capacity) : IChunkedWork
{
    // The tables of so many states are at home in the second cache.
    private const int CachedStates = 1024;

    private readonly int[] _starts = new int[capacity];
    private readonly int[] _trajectories = new int[capacity];
    private readonly int[] _places = new int[stateCount];
    private RestartLaw? _law;
    private ulong _key;
    private ulong _first;

    /// <summary>Whether the last wave is sorted; otherwise trajectories run in the order of their numbers.</summary>
    private bool IsSorted => _law is not null;

    /// <summary>Orders a wave.</summary>
    /// <param name="law">Where trajectories start. A law that asks the simulator is not asked twice: such waves are not sorted.</param>
    /// <param name="key">The key of the random numbers.</param>
    /// <param name="first">The number of the first trajectory.</param>
    /// <param name="count">Trajectories, at most the capacity.</param>
    /// <param name="team">Threads.</param>
    public void Arrange(RestartLaw law, ulong key, long first, int count, ThreadTeam team)
    {
        if (stateCount <= CachedStates || law.AsksSimulator)
        {
            _law = null;
            return;
        }

        (_law, _key, _first) = (law, key, (ulong)first);
        team.Run(this, count);
        Array.Clear(_places);
        for (var i = 0; i < count; i++)
        {
            _places[_starts[i]]++;
        }

        var place = 0;
        for (var s = 0; s < _places.Length; s++)
        {
            (_places[s], place) = (place, place + _places[s]);
        }

        for (var i = 0; i < count; i++)
        {
            _trajectories[_places[_starts[i]]++] = i;
        }
    }

    /// <summary>The trajectory that runs at a place, counted within the wave.</summary>
    public int At(int place) => IsSorted ? _trajectories[place] : place;

    void IChunkedWork.Run(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            _starts[i] = _law!.Draw(_key, _first + (ulong)i);
        }
    }
}
