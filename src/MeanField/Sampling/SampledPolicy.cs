using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>A policy as the samplers use it: alias tables over actions, and what each pair adds to the reward of a roll-out.</summary>
internal sealed class SampledPolicy(int[] pairOffsets, ThreadTeam team) : IChunkedWork
{
    private double[] _probabilities = [];

    /// <summary>Length S + 1.</summary>
    public int[] PairOffsets => pairOffsets;

    /// <summary>Alias thresholds, one a pair.</summary>
    public double[] Thresholds { get; } = new double[pairOffsets[^1]];

    /// <summary>Alias actions, one a pair, counted from 0 within a state.</summary>
    public int[] Aliases { get; } = new int[pairOffsets[^1]];

    /// <summary>What is added to r(s, a) in a roll-out after its first step: −η log π(a|s), or a control variate as well.</summary>
    public double[] Bonus { get; } = new double[pairOffsets[^1]];

    /// <summary>Takes over a policy.</summary>
    /// <param name="probabilities">π, one number a pair.</param>
    /// <param name="logProbabilities">log π, one number a pair.</param>
    /// <param name="temperature">η.</param>
    public void Update(double[] probabilities, ReadOnlySpan<double> logProbabilities, double temperature)
    {
        _probabilities = probabilities;
        team.Run(this, pairOffsets.Length - 1);
        for (var pair = 0; pair < Bonus.Length; pair++)
        {
            Bonus[pair] = -temperature * logProbabilities[pair];
        }
    }

    void IChunkedWork.Run(int start, int end)
    {
        var scratch = new int[Enumerable.Range(start, end - start).Max(s => pairOffsets[s + 1] - pairOffsets[s])];
        for (var s = start; s < end; s++)
        {
            var row = pairOffsets[s]..pairOffsets[s + 1];
            AliasTable.Build(_probabilities.AsSpan(row), Thresholds.AsSpan(row), Aliases.AsSpan(row), scratch);
        }
    }
}
