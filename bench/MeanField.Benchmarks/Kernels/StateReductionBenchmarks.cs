using BenchmarkDotNet.Attributes;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Benchmarks.Kernels;

/// <summary>Sparse state reduction of I − 0.9 P for the uniform policy: factorisation, and one solve with the factors.</summary>
[Config(typeof(SeveralLaunches))]
public class StateReductionBenchmarks
{
    private InducedChain _chain = null!;
    private StateReduction _reduction = null!;
    private double[] _right = [];
    private double[] _solution = [];

    [Params(5, 40)]
    public int GridSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var game = BenchmarkGames.EmptySquare(GridSize);
        _right = Enumerable.Repeat(1.0 / game.StateCount, game.StateCount).ToArray();
        _solution = new double[game.StateCount];
        _chain = new InducedChain(game);
        using var alone = new ThreadTeam(1);
        _chain.Update(FrozenMdp.Create(game, _right), Policy.Uniform(game).Probabilities.ToArray(), alone);
        _reduction = new StateReduction(_chain.Plan!);
        Factor();
    }

    [Benchmark]
    public void Factor() => _reduction.Factor(_chain.Offsets, _chain.Values, 0.9);

    [Benchmark]
    public void SolveValues() => _reduction.SolveValues(_right, _solution);
}
