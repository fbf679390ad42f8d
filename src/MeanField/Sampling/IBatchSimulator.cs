using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Sampling;

/// <summary>A simulator as the samplers use it: many trajectories a call, at a mean field that stands still.</summary>
internal interface IBatchSimulator
{
    /// <summary>The simulator.</summary>
    IGenerativeModel Model { get; }

    /// <summary>Length S + 1: the pairs of state s are <c>PairOffsets[s]</c> to <c>PairOffsets[s + 1]</c> − 1.</summary>
    int[] PairOffsets { get; }

    /// <summary>The largest less the smallest reward: those at this mean field where they are known, the declared range otherwise.</summary>
    double RewardSpan => Model.RewardRange.Width;

    /// <summary>Moves to another mean field.</summary>
    void MoveTo(ReadOnlySpan<double> meanField, ThreadTeam team);

    /// <summary>Steps the first <paramref name="count"/> lanes: fills <see cref="Lanes.Next"/> and <see cref="Lanes.Reward"/>. Safe to
    /// call from several threads on lanes of their own.</summary>
    /// <exception cref="SimulatorException">The simulator failed.</exception>
    void Step(Lanes lanes, int count, ulong key, int step);

    /// <summary>Notes the steps just taken in the lanes.</summary>
    void Observe(Lanes lanes, int count);

    /// <summary>Adds everything noted since the last call to a model, in an order that does not depend on threads.</summary>
    /// <param name="workers">All lanes that were used.</param>
    /// <param name="logs">The logs of the blocks, in order.</param>
    /// <param name="model">Takes the observations.</param>
    void Collect(IReadOnlyCollection<Lanes> workers, IReadOnlyList<List<ObservedStep>> logs, EmpiricalGame model);
}
