using BenchmarkDotNet.Attributes;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Benchmarks.Kernels;

/// <summary>One inner iteration of exact MF-TRPO at the uniform mean field, and its first part, the update of the induced chain.</summary>
[Config(typeof(SeveralLaunches))]
public class InnerIterationBenchmarks : IDisposable
{
    private const int InnerIterations = 10;
    private readonly ThreadTeam _alone = new(1);
    private PolicyOptimizer _optimizer = null!;

    [Params(5, 40)]
    public int GridSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var game = BenchmarkGames.EmptySquare(GridSize);
        var mdp = FrozenMdp.Create(game, Enumerable.Repeat(1.0 / game.StateCount, game.StateCount).ToArray());
        _optimizer = new PolicyOptimizer(mdp, new InducedChain(game), new MfTrpoOptions(), _alone);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _alone.Dispose();
        GC.SuppressFinalize(this);
    }

    // A whole inner loop from the uniform policy, or the policy would soon rest and a sweep or two would evaluate it.
    [Benchmark(OperationsPerInvoke = InnerIterations)]
    public double Iterate()
    {
        _optimizer.RestartFromUniform();
        for (var l = 0; l < InnerIterations; l++)
        {
            _optimizer.Iterate(l, measureKl: false);
        }

        return _optimizer.EvaluationResidual;
    }

    [Benchmark]
    public void UpdateChain() => _optimizer.UpdateChain();
}
