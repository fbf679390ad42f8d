using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>
/// The uniform mixture of the inner iterates of the last whole outer iteration: a player draws one of them and keeps it for life. The paper's sample
/// bounds are about this mixture, not about the last iterate. Immutable.
/// </summary>
public sealed record Mixture
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    /// <summary>The number of inner iterates in it, L.</summary>
    public required int Members { get; init; }

    /// <summary>Σ_s μ(s) V(s), the mean of the members' values at the mean field μ they were found at, as computed; unnormalised.</summary>
    public required double Value { get; init; }

    /// <summary>The same with the members' entropy rewards.</summary>
    public required double RegularizedValue { get; init; }

    /// <summary>Contains Σ_s μ(s) (V*(s) − V(s)) at that mean field, V the mean of the members' values.</summary>
    public required Interval Exploitability { get; init; }

    /// <summary>Contains the same with soft values.</summary>
    public required Interval RegularizedExploitability { get; init; }

    /// <summary>The Markov policy that weights π_l(a|s) by the occupancy d_l(s), which visits pairs as often as the mixture does where d_l is exact, at
    /// its own stationary law and certified there. Here d_l is as counted or modelled.</summary>
    public required Iterate MarkovPolicy { get; init; }

    /// <summary>Contains the mean of numbers that intervals contain, n ≥ 1 of them, none below 0: a sum of n terms that are not negative is off by fewer than n
    /// units of roundoff of itself (Higham 2002, section 4.2), and one division by n and these products by three more.</summary>
    internal static Interval MeanOf(IReadOnlyList<Interval> intervals)
    {
        var (lower, upper) = (0.0, 0.0);
        foreach (var interval in intervals)
        {
            lower += interval.Lower;
            upper += interval.Upper;
        }

        var rounding = (intervals.Count + 4) * UnitRoundoff;
        return new Interval(lower / intervals.Count * (1 - rounding), upper / intervals.Count * (1 + rounding));
    }
}
