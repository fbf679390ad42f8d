using BenchmarkDotNet.Attributes;
using MeanField.Numerics;

namespace MeanField.Benchmarks.Kernels;

/// <summary>Random numbers as the trajectory sampler draws them: two for each of 256 trajectories.</summary>
[Config(typeof(SeveralLaunches))]
public class PhiloxBenchmarks
{
    private const int Trajectories = 256;
    private readonly ulong[] _trajectories = [.. Enumerable.Range(0, Trajectories).Select(i => (ulong)i)];
    private readonly double[] _first = new double[Trajectories];
    private readonly double[] _second = new double[Trajectories];
    private int _step;

    [Benchmark(OperationsPerInvoke = 2 * Trajectories)]
    public void Fill() => Philox.Fill(1, _step++, _trajectories, _first, _second);
}
