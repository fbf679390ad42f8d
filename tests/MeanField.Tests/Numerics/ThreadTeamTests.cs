using MeanField.Numerics;

namespace MeanField.Tests.Numerics;

public class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_index_is_visited_once_however_many_threads_there_are(int threads)
    {
        using var team = new ThreadTeam(threads);
        Assert.Equal(threads, team.Threads);
        foreach (var count in new[] { 0, 1, 7, 1023, 1024, 1025, 2048, 10_000, 100_001 })
        {
            var visits = new Visits(count);
            team.Run(visits, count);
            Assert.All(visits.Counts, n => Assert.Equal(1, n));
        }
    }

    [Theory]
    [InlineData(2, 1, 5)]
    [InlineData(2, 256, 1000)]
    [InlineData(3, 7, 7 * 11)]
    [InlineData(3, 1000, 1001)]
    public void Chunks_start_at_multiples_of_their_size_and_fill_it(int threads, int chunkSize, int count)
    {
        using var team = new ThreadTeam(threads);
        Assert.Equal(
            Enumerable.Range(0, (count + chunkSize - 1) / chunkSize).Select(i => i * chunkSize),
            Chunks(team, count, chunkSize).Select(chunk => chunk.Start)
        );
        Assert.All(
            Chunks(team, count, chunkSize),
            chunk => Assert.Equal(Math.Min(chunk.Start + chunkSize, count), chunk.End)
        );
    }

    [Theory]
    [InlineData(1, 10, 25)]
    [InlineData(2, 25, 25)]
    [InlineData(2, 26, 25)]
    [InlineData(3, 1, 0)]
    public void Work_that_needs_no_second_thread_is_one_chunk(int threads, int chunkSize, int count)
    {
        using var team = new ThreadTeam(threads);
        Assert.Equal([(0, count)], Chunks(team, count, chunkSize));
    }

    [Fact]
    public void A_team_is_used_again_and_again()
    {
        using var team = new ThreadTeam(2);
        var visits = new Visits(3000);
        for (var n = 0; n < 500; n++)
        {
            team.Run(visits, 3000);
        }

        Assert.All(visits.Counts, n => Assert.Equal(500, n));
    }

    [Fact]
    public void Chunks_run_on_several_threads()
    {
        using var team = new ThreadTeam(2);
        using var both = new Barrier(2);
        // Both chunks wait for each other: one thread alone would never return.
        team.Run(new Work((_, _) => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30)))), 2048);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_exception_reaches_the_caller_and_the_team_goes_on(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (var failing = 0; failing < 5000; failing += 1500)
        {
            var work = new Work(
                (start, end) =>
                {
                    if (start <= failing && failing < end)
                    {
                        throw new InvalidTimeZoneException($"index {failing}");
                    }
                }
            );
            var exception = Assert.Throws<InvalidTimeZoneException>(() => team.Run(work, 5000));
            Assert.Equal($"index {failing}", exception.Message);
            var visits = new Visits(5000);
            team.Run(visits, 5000);
            Assert.All(visits.Counts, n => Assert.Equal(1, n));
        }
    }

    [Fact]
    public void When_all_threads_fail_one_exception_comes_out()
    {
        using var team = new ThreadTeam(3);
        Assert.Throws<InvalidTimeZoneException>(() =>
            team.Run(new Work((_, _) => throw new InvalidTimeZoneException()), 5000)
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_team_of_nobody_is_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadTeam(threads));

    [Fact(Timeout = 60_000)]
    public Task Disposing_twice_does_nothing_more() =>
        Task.Run(() =>
        {
            var team = new ThreadTeam(3);
            team.Dispose();
            team.Dispose();
        });

    [Fact]
    public void Disposed_threads_end()
    {
        var threads = new HashSet<Thread>();
        var team = new ThreadTeam(3);
        var work = new Work(
            (_, _) =>
            {
                lock (threads)
                {
                    threads.Add(Thread.CurrentThread);
                }
            }
        );
        for (var n = 0; n < 1000 && threads.Count < 3; n++)
        {
            team.Run(work, 100_000);
        }

        team.Dispose();
        threads.Remove(Thread.CurrentThread);
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(30))));
    }

    private static List<(int Start, int End)> Chunks(ThreadTeam team, int count, int chunkSize)
    {
        var chunks = new List<(int Start, int End)>();
        var work = new Work(
            (start, end) =>
            {
                lock (chunks)
                {
                    chunks.Add((start, end));
                }
            }
        );
        team.Run(work, count, chunkSize);
        chunks.Sort();
        return chunks;
    }

    private sealed class Work(Action<int, int> action) : IChunkedWork
    {
        public void Run(int start, int end) => action(start, end);
    }

    private sealed class Visits(int count) : IChunkedWork
    {
        public int[] Counts { get; } = new int[count];

        public void Run(int start, int end)
        {
            for (var i = start; i < end; i++)
            {
                Interlocked.Increment(ref Counts[i]);
            }
        }
    }
}
