using System.Runtime.CompilerServices;
using MeanField.Numerics;

namespace MeanField.Markov;

/// <summary>
/// Over-relaxed Gauss-Seidel sweeps for V = r + γ P V, colour by colour. Within a colour no update sees another, so a sweep keeps several
/// additions in flight at once and can be shared by threads without changing a bit.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads. Allocates nothing.</remarks>
internal sealed class GaussSeidel
{
    private readonly InducedChain _chain;
    private readonly ThreadTeam _team;
    private readonly ColorOrder _order;
    private readonly int[] _diagonal;
    private readonly double[] _inverseDiagonal;
    private readonly double[] _chunkMaxima;
    private readonly Update _update;
    private readonly Residual _residual;
    private double[] _rewards = [];
    private double[] _stateValues = [];
    private double _discount;

    public GaussSeidel(InducedChain chain, ThreadTeam team)
    {
        _chain = chain;
        _team = team;
        _order = chain.Colors;
        var states = chain.Game.StateCount;
        _diagonal = new int[states];
        _inverseDiagonal = new double[states];
        _chunkMaxima = new double[(states / ThreadTeam.ChunkSize) + 1];
        for (var s = 0; s < states; s++)
        {
            var found = chain.Columns.AsSpan(chain.Offsets[s]..chain.Offsets[s + 1]).BinarySearch(s);
            _diagonal[s] = found < 0 ? -1 : chain.Offsets[s] + found;
        }

        _update = new Update(this);
        _residual = new Residual(this);
    }

    /// <summary>Takes up a system; the chain, r and V are read and written in place from here on.</summary>
    public void TakeUp(double discount, double[] rewards, double[] stateValues) =>
        (_discount, _rewards, _stateValues) = (discount, rewards, stateValues);

    /// <summary>Prepares sweeps on the chain as it stands.</summary>
    public void InvertDiagonal()
    {
        for (var s = 0; s < _diagonal.Length; s++)
        {
            _inverseDiagonal[s] = _diagonal[s] < 0 ? 1 : 1 / (1 - (_discount * _chain.Values[_diagonal[s]]));
        }
    }

    /// <summary>One sweep; returns the largest residual met on the way.</summary>
    /// <param name="relaxation">ω, between 0 and 2; 1 is Gauss-Seidel.</param>
    public double Sweep(double relaxation)
    {
        var largest = 0.0;
        for (var color = 0; color + 1 < _order.Starts.Length; color++)
        {
            _update.Relaxation = relaxation;
            _update.First = _order.Starts[color];
            largest = Math.Max(largest, RunAndMax(_update, _order.Starts[color + 1] - _update.First));
        }

        return largest;
    }

    /// <summary>The largest residual |r + γ P V − V|.</summary>
    /// <param name="residuals">Length S: overwritten by the residuals.</param>
    public double Residuals(double[] residuals)
    {
        _residual.Values = residuals;
        return RunAndMax(_residual, _stateValues.Length);
    }

    // Each chunk leaves its maximum in a place of its own; a maximum does not depend on the order it is taken in.
    private double RunAndMax(IChunkedWork work, int count)
    {
        var maxima = _chunkMaxima.AsSpan(0, ((count - 1) / ThreadTeam.ChunkSize) + 1);
        maxima.Clear();
        _team.Run(work, count);
        var largest = 0.0;
        foreach (var maximum in maxima)
        {
            largest = Math.Max(largest, maximum);
        }

        return largest;
    }

    private sealed class Update(GaussSeidel owner) : IChunkedWork
    {
        public int First { get; set; }

        public double Relaxation { get; set; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run(int start, int end)
        {
            var largest = 0.0;
            var (discount, relaxation) = (owner._discount, Relaxation);
            fixed (
                int* offsets = owner._chain.Offsets,
                    columns = owner._chain.Columns,
                    states = owner._order.States
            )
            fixed (
                double* probabilities = owner._chain.Values,
                    values = owner._stateValues
            )
            fixed (
                double* rewards = owner._rewards,
                    inverseDiagonal = owner._inverseDiagonal
            )
            {
                for (var i = First + start; i < First + end; i++)
                {
                    var s = states[i];
                    var sum = 0.0;
                    for (int e = offsets[s], rowEnd = offsets[s + 1]; e < rowEnd; e++)
                    {
                        sum = Math.FusedMultiplyAdd(probabilities[e], values[columns[e]], sum);
                    }

                    var residual = rewards[s] + (discount * sum) - values[s];
                    largest = double.MaxNative(largest, Math.Abs(residual));
                    values[s] += relaxation * residual * inverseDiagonal[s];
                }
            }

            ref var maximum = ref owner._chunkMaxima[start / ThreadTeam.ChunkSize];
            maximum = Math.Max(maximum, largest);
        }
    }

    private sealed class Residual(GaussSeidel owner) : IChunkedWork
    {
        public double[] Values { get; set; } = [];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public unsafe void Run(int start, int end)
        {
            var largest = 0.0;
            var discount = owner._discount;
            fixed (
                int* offsets = owner._chain.Offsets,
                    columns = owner._chain.Columns
            )
            fixed (
                double* probabilities = owner._chain.Values,
                    values = owner._stateValues
            )
            fixed (
                double* rewards = owner._rewards,
                    residuals = Values
            )
            {
                for (int s = start, e = offsets[start]; s < end; s++)
                {
                    var sum = 0.0;
                    for (var rowEnd = offsets[s + 1]; e < rowEnd; e++)
                    {
                        sum = Math.FusedMultiplyAdd(probabilities[e], values[columns[e]], sum);
                    }

                    residuals[s] = rewards[s] + (discount * sum) - values[s];
                    largest = double.MaxNative(largest, Math.Abs(residuals[s]));
                }
            }

            ref var maximum = ref owner._chunkMaxima[start / ThreadTeam.ChunkSize];
            maximum = Math.Max(maximum, largest);
        }
    }
}
