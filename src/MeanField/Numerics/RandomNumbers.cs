namespace MeanField.Numerics;

/// <summary>
/// The random numbers of one simulator call. Every number is a function of the seed, the iteration, the trajectory, the step and its place in
/// the stream (<see href="https://doi.org/10.1145/2063384.2063405">Philox4x32-10</see>), so a run has the same bits for any number of threads.
/// A value: pass it by reference, and do not keep it after the call.
/// </summary>
public struct RandomNumbers
{
    private readonly ulong _key;
    private readonly ulong _trajectory;
    private readonly uint _step;
    private uint _draw;
    private ulong _spare;
    private bool _hasSpare;

    /// <summary>The stream of a seed and a number, for trying a simulator by hand.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Streams of different numbers are independent.</param>
    public RandomNumbers(long seed, long stream)
        : this(Philox.DeriveKey(seed, 0, 0, 0), step: 0, (ulong)stream, firstDraw: 0) { }

    internal RandomNumbers(ulong key, int step, ulong trajectory, uint firstDraw)
    {
        _key = key;
        _step = (uint)step;
        _trajectory = trajectory;
        _draw = firstDraw;
    }

    /// <summary>The next number, uniform in [0, 1), 1 excluded.</summary>
    public double NextDouble()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return Philox.Uniform(_spare);
        }

        (var words, _spare) = Philox.Block(_key, _draw | ((ulong)_step << 32), _trajectory);
        _draw++;
        _hasSpare = true;
        return Philox.Uniform(words);
    }

    /// <summary>The next whole number, uniform from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="count">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public int NextBelow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)(NextDouble() * count);
    }
}
