using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>A policy with a mean field, and what the equilibrium equations say about them at a temperature.</summary>
internal sealed class NewtonPoint(TabularGame game)
{
    /// <summary>log π, one finite number a pair.</summary>
    public double[] LogPolicy { get; } = new double[game.PairCount];

    /// <summary>π, one probability a pair.</summary>
    public double[] Policy { get; } = new double[game.PairCount];

    /// <summary>μ by state.</summary>
    public double[] MeanField { get; } = new double[game.StateCount];

    /// <summary>V^π_μ, soft, less a number common to all states.</summary>
    public double[] RelativeValues { get; } = new double[game.StateCount];

    /// <summary>E(s, a) = Q − V − η log π(a|s): what a pair pays beyond what its probability says. Its mean under π is 0.</summary>
    public double[] Surplus { get; } = new double[game.PairCount];

    /// <summary>softmax(Q/η), one probability a pair.</summary>
    public double[] SoftGreedy { get; } = new double[game.PairCount];

    /// <summary>μ P^π_μ − μ: what is left of stationarity.</summary>
    public double[] Drift { get; } = new double[game.StateCount];

    /// <summary>δ(s) = η log Σ_a exp(Q/η) − V, never negative.</summary>
    public double[] BellmanGap { get; } = new double[game.StateCount];

    /// <summary>max( ‖V − η log Σ_a exp(Q/η)‖_∞, ‖μ − μ P^softmax(Q/η)_μ‖₁ ).</summary>
    public double Residual { get; set; }

    /// <summary>The size of the numbers that <see cref="Surplus"/> is the difference of; rounding is relative to it.</summary>
    public double Scale { get; set; }

    /// <summary>
    /// How far the equations are from holding, in the unit of rewards: the largest δ(s) + Σ_a w(a|s) |E(s, a)|, and the drift beside it. Unlike
    /// <see cref="Residual"/> it does not saturate at low temperatures.
    /// </summary>
    /// <param name="weights">w, one probability a pair.</param>
    public double Merit(ReadOnlySpan<double> weights)
    {
        var largest = 0.0;
        var offsets = game.PairOffsets;
        for (var s = 0; s < BellmanGap.Length; s++)
        {
            var sum = BellmanGap[s];
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                sum += weights[pair] * Math.Abs(Surplus[pair]);
            }

            largest = double.MaxNative(largest, sum);
        }

        var drift = 0.0;
        foreach (var change in Drift)
        {
            drift += Math.Abs(change);
        }

        return largest + (Scale * drift);
    }

    /// <summary>Sets μ to a mean field and a change of it, cut off at 0 and scaled to sum to one; to the mean field alone where the change is
    /// out of all range.</summary>
    /// <param name="from">A mean field by state.</param>
    /// <param name="change">Numbers by state, with sum zero.</param>
    public void SetMeanField(ReadOnlySpan<double> from, ReadOnlySpan<double> change)
    {
        var sum = 0.0;
        for (var s = 0; s < MeanField.Length; s++)
        {
            MeanField[s] = Math.Max(0, from[s] + change[s]);
            sum += MeanField[s];
        }

        if (!(sum > 0 && double.IsFinite(sum)))
        {
            from.CopyTo(MeanField);
            return;
        }

        for (var s = 0; s < MeanField.Length; s++)
        {
            MeanField[s] /= sum;
        }
    }

    /// <summary>All of it.</summary>
    public void Exchange(StateArchive archive)
    {
        archive.Numbers("logPolicy", LogPolicy.AsSpan());
        archive.Numbers("policy", Policy.AsSpan());
        archive.Numbers("meanField", MeanField.AsSpan());
        archive.Numbers("relativeValues", RelativeValues.AsSpan());
        archive.Numbers("surplus", Surplus.AsSpan());
        archive.Numbers("softGreedy", SoftGreedy.AsSpan());
        archive.Numbers("drift", Drift.AsSpan());
        archive.Numbers("bellmanGap", BellmanGap.AsSpan());
        Residual = archive.Value("residual", Residual);
        Scale = archive.Value("scale", Scale);
    }

    /// <summary>Works out the drift.</summary>
    /// <param name="chain">P^π_μ.</param>
    public void FindDrift(InducedChain chain)
    {
        PopulationFlow.Push(chain, MeanField, Drift);
        for (var s = 0; s < Drift.Length; s++)
        {
            Drift[s] -= MeanField[s];
        }
    }

    /// <summary>Σ_s d(s) KL(π(·|s) ‖ other(·|s)) over the weights d, in nats.</summary>
    public double KlFrom(NewtonPoint other, ReadOnlySpan<double> visits)
    {
        var offsets = game.PairOffsets;
        var sum = 0.0;
        for (var s = 0; s < visits.Length; s++)
        {
            var divergence = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                divergence += Policy[pair] * (LogPolicy[pair] - other.LogPolicy[pair]);
            }

            sum += visits[s] * Math.Max(0, divergence);
        }

        return sum;
    }
}
