using MeanField.Numerics;

namespace MeanField.Equilibrium;

/// <summary>What a Bellman residual proves about values V̂.</summary>
/// <param name="Error">Contains V(s) − V̂(s) for every state s.</param>
/// <param name="Rounding">The part of each end that allows for rounding.</param>
internal readonly record struct ValueBound(Interval Error, double Rounding);
