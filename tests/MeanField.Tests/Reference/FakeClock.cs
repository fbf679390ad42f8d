namespace MeanField.Tests.Reference;

/// <summary>A clock that moves only when told, and, if wanted, a little at every reading.</summary>
internal sealed class FakeClock(TimeSpan perReading = default) : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, perReading.Ticks);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
}
