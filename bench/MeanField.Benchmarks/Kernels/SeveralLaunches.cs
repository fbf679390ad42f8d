using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace MeanField.Benchmarks.Kernels;

/// <summary>Three short launches each: code and stack alignment differ from process to process and move such times more than noise does.</summary>
internal sealed class SeveralLaunches : ManualConfig
{
    public SeveralLaunches()
    {
        AddJob(
            Job.Default.WithLaunchCount(3)
                .WithWarmupCount(3)
                .WithIterationCount(5)
                .WithIterationTime(TimeInterval.FromMilliseconds(200))
        );
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
