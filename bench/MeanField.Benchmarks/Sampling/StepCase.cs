using System.Diagnostics;

namespace MeanField.Benchmarks.Sampling;

/// <summary>One row of the table of the command <c>steps</c>.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Solve">The solve.</param>
/// <param name="Asked">Samples a processor second that are asked for at least; 0 asks for nothing, also not of two threads.</param>
internal sealed record StepCase(string Name, SampledSolve Solve, double Asked)
{
    /// <summary>Samples of a run.</summary>
    public double Samples { get; private set; }

    /// <summary>Samples a second on one thread, one number a round.</summary>
    public List<double> Alone { get; } = [];

    /// <summary>Samples a second on two threads.</summary>
    public List<double> Two { get; } = [];

    /// <summary>Samples a second of processor time on one thread.</summary>
    public List<double> Processor { get; } = [];

    /// <summary>Runs it once more with each number of threads, in turn, after a run that is not counted where it is the first.</summary>
    public void Measure()
    {
        if (Alone.Count == 0)
        {
            Rate(1, TimeProvider.System);
        }

        Alone.Add(Rate(1, TimeProvider.System));
        Two.Add(Rate(2, TimeProvider.System));
        Processor.Add(Rate(1, new ProcessorClock()));
    }

    // Samples over solveSeconds of run.json: everything but certificates.
    private double Rate(int threads, TimeProvider clock)
    {
        var solution = Solve.Run(seed: 1, threads, clock);
        Samples = solution.Samples.Total;
        return Samples / solution.SolveSeconds;
    }

    private sealed class ProcessorClock : TimeProvider
    {
        private readonly Process _process = Process.GetCurrentProcess();

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        // What others do on the machine does not count, but for what they do to the caches.
        public override long GetTimestamp()
        {
            _process.Refresh();
            return _process.TotalProcessorTime.Ticks;
        }
    }
}
