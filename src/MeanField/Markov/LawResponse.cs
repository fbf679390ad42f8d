using MeanField.Numerics;

namespace MeanField.Markov;

/// <summary>
/// How a stationary law answers to a change of the flow: x = x P + c with Σ x = 0, which is x = c (I − P)^# with the group inverse (Meyer, SIAM
/// Review 17, 1975). Found as visits before the most visited state of each recurrent class, plus as much of the law as restores the sum.
/// </summary>
/// <remarks>
/// From a state hardly ever visited, as elimination alone would choose it, visits would be as many as it is rare, and their sum all cancellation.
/// Owned by one run; not safe for several threads. With several recurrent classes each keeps its share of the mass.
/// </remarks>
internal sealed class LawResponse(EliminationPlan plan)
{
    private readonly StateReduction _reduction = new(plan);
    private int[] _recurrentClass = [];
    private int[] _roots = [];
    private double[] _law = [];
    private double[] _classMass = [];
    private double[] _classChange = [];

    /// <summary>Factors a chain as it stands.</summary>
    /// <param name="chain">P.</param>
    /// <param name="law">A law of the chain's states, stationary or nearly so: where mass is, and how much each class holds. Copied.</param>
    public void TakeUp(InducedChain chain, ReadOnlySpan<double> law)
    {
        var structure = ChainStructure.Find(chain);
        _law = law.ToArray();
        _recurrentClass = structure.RecurrentClass;
        _classMass = new double[structure.RecurrentClasses];
        _classChange = new double[structure.RecurrentClasses];
        _roots = new int[structure.RecurrentClasses];
        Array.Fill(_roots, -1);
        for (var s = 0; s < law.Length; s++)
        {
            if (_recurrentClass[s] is >= 0 and var c)
            {
                _classMass[c] += law[s];
                _roots[c] = _roots[c] < 0 || law[s] > law[_roots[c]] ? s : _roots[c];
            }
        }

        var isFollowed = new bool[law.Length];
        Array.Fill(isFollowed, true);
        foreach (var root in _roots)
        {
            isFollowed[root] = false;
        }

        _reduction.Factor(chain.Offsets, chain.Values, 1, isFollowed, chain.Interruption);
    }

    /// <summary>The largest expected number of steps from a state to the most visited one, or infinity with several recurrent classes. As x is
    /// visits before that state less a multiple of the law, ‖x‖₁ is at most twice this times ‖c‖₁.</summary>
    public double LongestPassage()
    {
        if (_roots.Length > 1)
        {
            return double.PositiveInfinity;
        }

        var passage = new double[_law.Length];
        Array.Fill(passage, 1);
        passage[_roots[0]] = 0;
        _reduction.SolveValues(passage, passage);
        return passage.Max();
    }

    /// <summary>Solves x = x P + c.</summary>
    /// <param name="flow">c by state, with sum zero.</param>
    /// <param name="change">x by state, overwritten; must not be the same span.</param>
    public void Solve(ReadOnlySpan<double> flow, Span<double> change)
    {
        _reduction.SolveVisits(flow, change);
        foreach (var root in _roots)
        {
            change[root] = 0;
        }

        // Mass that is now under way in transient states is missing in the classes.
        Array.Clear(_classChange);
        var passing = 0.0;
        for (var s = 0; s < change.Length; s++)
        {
            if (_recurrentClass[s] is >= 0 and var c)
            {
                _classChange[c] += change[s];
            }
            else
            {
                passing += change[s];
            }
        }

        for (var s = 0; s < change.Length; s++)
        {
            if (_recurrentClass[s] is >= 0 and var c && _classMass[c] > 0)
            {
                change[s] -= _law[s] * ((_classChange[c] / _classMass[c]) + passing);
            }
        }
    }
}
