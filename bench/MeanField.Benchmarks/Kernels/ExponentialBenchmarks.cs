using BenchmarkDotNet.Attributes;
using MeanField.Numerics;

namespace MeanField.Benchmarks.Kernels;

/// <summary>The exponential of as many logits as there are pairs on the two grids, beside a loop over <see cref="Math.Exp"/>.</summary>
[Config(typeof(SeveralLaunches))]
public class ExponentialBenchmarks
{
    private double[] _logits = [];
    private double[] _results = [];

    [Params(125, 8000)]
    public int Count { get; set; }

    // Logits with the largest subtracted lie at 0 and below.
    [GlobalSetup]
    public void Setup()
    {
        _logits = [.. Enumerable.Range(0, Count).Select(i => -40.0 * i / Count)];
        _results = new double[Count];
    }

    [Benchmark(Baseline = true)]
    public void MathExp()
    {
        for (var i = 0; i < _logits.Length; i++)
        {
            _results[i] = Math.Exp(_logits[i]);
        }
    }

    [Benchmark]
    public void VectorExp() => VectorMath.Exp(_logits, _results);
}
