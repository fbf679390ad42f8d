using MeanField.Games;

namespace MeanField.Tabular;

/// <summary>
/// A game compiled once to integers and sparse rows over its feasible state-action pairs. Pairs are numbered state by state, actions in
/// order, so pair <c>PairOffsets[s] + a</c> is action a of state s. Immutable and safe to share between threads.
/// </summary>
/// <remarks>Letters: S states, P pairs, E stored transition probabilities. No dense S × S or P × S array is ever built.</remarks>
public sealed class TabularGame
{
    private readonly int[] _pairOffsets;
    private readonly int[] _rowOffsets;
    private readonly int[] _successors;
    private readonly double[] _probabilities;

    internal TabularGame(
        IMeanFieldGame source,
        int[] pairOffsets,
        int[] rowOffsets,
        int[] successors,
        double[] probabilities
    )
    {
        Source = source;
        _pairOffsets = pairOffsets;
        _rowOffsets = rowOffsets;
        _successors = successors;
        _probabilities = probabilities;
        for (var s = 0; s < StateCount; s++)
        {
            MaximumActionCount = Math.Max(MaximumActionCount, pairOffsets[s + 1] - pairOffsets[s]);
        }
    }

    /// <summary>The definition this was compiled from; rewards, and transitions that couple to the mean field, are asked of it again.</summary>
    public IMeanFieldGame Source { get; }

    /// <summary>S.</summary>
    public int StateCount => _pairOffsets.Length - 1;

    /// <summary>P, the number of feasible state-action pairs.</summary>
    public int PairCount => _pairOffsets[^1];

    /// <summary>max A(s).</summary>
    public int MaximumActionCount { get; }

    /// <summary>γ.</summary>
    public double Discount => Source.Discount;

    /// <summary>What depends on the mean field.</summary>
    public MeanFieldCoupling Coupling => Source.Coupling;

    /// <summary>Length S + 1: the pairs of state s are <c>PairOffsets[s]</c> to <c>PairOffsets[s + 1]</c> − 1.</summary>
    public ReadOnlySpan<int> PairOffsets => _pairOffsets;

    /// <summary>Length P + 1: the transitions of pair p are <c>RowOffsets[p]</c> to <c>RowOffsets[p + 1]</c> − 1 of the next two.</summary>
    public ReadOnlySpan<int> RowOffsets => _rowOffsets;

    /// <summary>Length E: successor states, ascending within a row. The same at every mean field.</summary>
    public ReadOnlySpan<int> Successors => _successors;

    /// <summary>Length E: transition probabilities at the uniform mean field. Where <see cref="Coupling"/> is not
    /// <see cref="MeanFieldCoupling.RewardsAndTransitions"/> they are those at every mean field.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    internal double[] ProbabilityArray => _probabilities;

    /// <summary>Compiles and checks a game.</summary>
    /// <exception cref="InvalidGameException">Rows that do not sum to one within <see cref="GameTabulation.RowSumTolerance"/>, negative or
    /// non-finite probabilities, unknown successors, states without an action, non-finite rewards at the uniform mean field, or a
    /// discount outside (0, 1): all findings together.</exception>
    public static TabularGame Create(IMeanFieldGame game) => GameTabulation.Tabulate(game);
}
