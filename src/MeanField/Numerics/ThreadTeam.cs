using System.Runtime.ExceptionServices;

namespace MeanField.Numerics;

/// <summary>
/// A fixed team of threads that share a range of indices in chunks. Runs no allocation once created, so that inner loops stay free
/// of it. Work must give each index an answer of its own (no sums across indices): then the result has the same bits for any
/// number of threads, whoever takes which chunk.
/// </summary>
/// <remarks>Owned by one run and used from the thread that created it.</remarks>
internal sealed class ThreadTeam : IDisposable
{
    // Small enough to balance two threads on 10⁴ states, large enough that taking a chunk costs nothing beside it.
    public const int ChunkSize = 1024;

    private readonly Barrier? _barrier;
    private IChunkedWork? _work;
    private int _count;
    private int _chunkSize;
    private int _nextChunk;
    private Exception? _failure;
    private bool _isDisposed;

    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        if (threads == 1)
        {
            return;
        }

        _barrier = new Barrier(threads);
        for (var i = 1; i < threads; i++)
        {
            new Thread(Serve) { IsBackground = true, Name = "MeanField worker" }.Start();
        }
    }

    public int Threads { get; }

    /// <summary>Runs the work over 0 to <paramref name="count"/> − 1 and returns when all of it is done.</summary>
    /// <param name="work">The work.</param>
    /// <param name="count">The number of indices.</param>
    /// <param name="chunkSize">Indices that a thread takes at a time; every chunk starts at a multiple of it.</param>
    /// <exception cref="Exception">Whatever the work threw first, after all threads are done.</exception>
    public void Run(IChunkedWork work, int count, int chunkSize = ChunkSize)
    {
        if (_barrier is null || count <= chunkSize)
        {
            work.Run(0, count);
            return;
        }

        _work = work;
        _count = count;
        _chunkSize = chunkSize;
        _nextChunk = 0;
        _barrier.SignalAndWait();
        TakeChunks();
        _barrier.SignalAndWait();
        _work = null;
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public void Dispose()
    {
        if (_barrier is not null && !_isDisposed)
        {
            _isDisposed = true;
            _work = null;
            _barrier.SignalAndWait();
        }
    }

    private void Serve()
    {
        while (true)
        {
            _barrier!.SignalAndWait();
            if (_work is null)
            {
                return;
            }

            TakeChunks();
            _barrier.SignalAndWait();
        }
    }

    private void TakeChunks()
    {
        try
        {
            while (true)
            {
                var start = (Interlocked.Increment(ref _nextChunk) - 1) * _chunkSize;
                if (start >= _count)
                {
                    return;
                }

                _work!.Run(start, Math.Min(start + _chunkSize, _count));
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
        }
    }
}
