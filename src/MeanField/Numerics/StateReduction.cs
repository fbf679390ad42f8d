using System.Runtime.CompilerServices;

namespace MeanField.Numerics;

/// <summary>
/// Elimination of the states of a Markov chain without a single subtraction (Grassmann, Taksar and Heyman, Oper. Res. 33, 1985), on a
/// sparse plan. It factors I − A for A = discount · P, treating what a row of A lacks to one as killing, and serves values, visitation
/// and stationary laws alike. No pivoting is needed and no cancellation can occur: each pivot is a sum of non-negative numbers.
/// </summary>
/// <remarks>The factors are overwritten by the next <see cref="Factor"/>. Owned by one run; not safe for several threads.</remarks>
internal sealed class StateReduction
{
    // A block of states left less often than this might as well never be left; its quotients would leave the range of doubles.
    private const double SmallestPivot = 1e-290;
    private const double LargestWeight = 1e10;

    private readonly EliminationPlan _plan;
    private readonly double[] _upper;
    private readonly double[] _lower;
    private readonly double[] _inversePivots;
    private readonly double[] _killing;
    private readonly double[] _work;

    public StateReduction(EliminationPlan plan)
    {
        _plan = plan;
        _upper = new double[plan.Upper.Length];
        _lower = new double[plan.Lower.Length];
        _inversePivots = new double[plan.Order.Length];
        _killing = new double[plan.Order.Length];
        _work = new double[plan.Order.Length];
    }

    /// <summary>Factors I − discount · P.</summary>
    /// <param name="offsets">Row offsets of the pattern the plan was made for.</param>
    /// <param name="values">P(s, s') for each entry of the pattern, non-negative.</param>
    /// <param name="discount">
    /// γ in (0, 1), or exactly 1: then rows are taken to sum to one, and a state left with no way on is a root, one in each
    /// recurrent class, for <see cref="SolveStationary"/>.
    /// </param>
    /// <param name="included">Where false, a state's row counts as empty: the chain ends there. An empty span includes all.</param>
    /// <param name="interruption">Asked all along.</param>
    /// <exception cref="OperationCanceledException">The interruption was wanted; the factors are of no use until the next factorisation.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Factor(
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<double> values,
        double discount,
        ReadOnlySpan<bool> included = default,
        Interruption? interruption = null
    )
    {
        fixed (
            int* order = _plan.Order,
                scatter = _plan.Scatter,
                rowOffsets = offsets
        )
        fixed (
            int* upperOffsets = _plan.UpperOffsets,
                lowerOffsets = _plan.LowerOffsets,
                upperAt = _plan.Upper,
                lowerAt = _plan.Lower
        )
        fixed (
            double* upper = _upper,
                lower = _lower,
                inversePivots = _inversePivots,
                killings = _killing,
                work = _work,
                entries = values
        )
        {
            for (var i = 0; i < _work.Length; i++)
            {
                // Between rows, where the work array is all zeros again.
                interruption?.CheckRow(i, lowerOffsets[i + 1] - lowerOffsets[i]);
                var state = order[i];
                var killing = 1.0;
                if (included.IsEmpty || included[state])
                {
                    var rowSum = 0.0;
                    for (var e = rowOffsets[state]; e < rowOffsets[state + 1]; e++)
                    {
                        work[scatter[e]] = discount * entries[e];
                        rowSum += entries[e];
                    }

                    killing = discount == 1 ? 0.0 : 1 - (discount * rowSum);
                }

                for (var l = lowerOffsets[i]; l < lowerOffsets[i + 1]; l++)
                {
                    var k = lowerAt[l];
                    var factor = work[k] * inversePivots[k];
                    work[k] = 0;
                    lower[l] = factor;
                    if (factor == 0)
                    {
                        continue;
                    }

                    killing = Math.FusedMultiplyAdd(factor, killings[k], killing);
                    for (var u = upperOffsets[k]; u < upperOffsets[k + 1]; u++)
                    {
                        work[upperAt[u]] = Math.FusedMultiplyAdd(factor, upper[u], work[upperAt[u]]);
                    }
                }

                work[i] = 0;
                var pivot = killing;
                for (var u = upperOffsets[i]; u < upperOffsets[i + 1]; u++)
                {
                    var value = work[upperAt[u]];
                    work[upperAt[u]] = 0;
                    upper[u] = value;
                    pivot += value;
                }

                killings[i] = killing;
                inversePivots[i] = pivot > SmallestPivot ? 1 / pivot : 0;
            }
        }
    }

    /// <summary>Solves x = b + A x: with b the expected reward of each state, x is its expected discounted sum.</summary>
    /// <param name="right">b by state.</param>
    /// <param name="solution">x by state; may be the same span.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void SolveValues(ReadOnlySpan<double> right, Span<double> solution)
    {
        fixed (
            int* order = _plan.Order,
                upperOffsets = _plan.UpperOffsets,
                lowerOffsets = _plan.LowerOffsets
        )
        fixed (
            int* upperAt = _plan.Upper,
                lowerAt = _plan.Lower
        )
        fixed (
            double* upper = _upper,
                lower = _lower,
                inversePivots = _inversePivots,
                work = _work
        )
        {
            var count = _work.Length;
            for (int i = 0, l = 0; i < count; i++)
            {
                var sum = right[order[i]];
                for (var rowEnd = lowerOffsets[i + 1]; l < rowEnd; l++)
                {
                    sum = Math.FusedMultiplyAdd(lower[l], work[lowerAt[l]], sum);
                }

                work[i] = sum;
            }

            for (var i = count - 1; i >= 0; i--)
            {
                var sum = work[i];
                for (var u = upperOffsets[i]; u < upperOffsets[i + 1]; u++)
                {
                    sum = Math.FusedMultiplyAdd(upper[u], work[upperAt[u]], sum);
                }

                work[i] = sum * inversePivots[i];
                solution[order[i]] = work[i];
            }
        }

        _work.AsSpan().Clear();
    }

    /// <summary>Solves x = c + x A: with c a start law, x is the expected discounted number of visits.</summary>
    /// <param name="left">c by state.</param>
    /// <param name="solution">x by state; may be the same span.</param>
    public void SolveVisits(ReadOnlySpan<double> left, Span<double> solution)
    {
        var order = _plan.Order;
        for (var i = 0; i < order.Length; i++)
        {
            _work[i] = left[order[i]];
        }

        for (var i = 0; i < order.Length; i++)
        {
            var visits = _work[i] * _inversePivots[i];
            _work[i] = visits;
            if (visits == 0)
            {
                continue;
            }

            for (var u = _plan.UpperOffsets[i]; u < _plan.UpperOffsets[i + 1]; u++)
            {
                _work[_plan.Upper[u]] += visits * _upper[u];
            }
        }

        SubstituteBack(solution);
    }

    /// <summary>
    /// After a factorisation with discount 1: the stationary law of every recurrent class, each up to a factor of its own. The caller
    /// normalises each class. A class with a block that is practically never left has all its mass there.
    /// </summary>
    /// <param name="recurrentClass">By state: the number of its class, or −1 where it is transient; those get zero.</param>
    /// <param name="solution">By state.</param>
    public void SolveStationary(ReadOnlySpan<int> recurrentClass, Span<double> solution)
    {
        var hasRoot = new HashSet<int>();
        for (var i = 0; i < _work.Length; i++)
        {
            var ofState = recurrentClass[_plan.Order[i]];
            _work[i] = _inversePivots[i] == 0 && ofState >= 0 && hasRoot.Add(ofState) ? 1 : 0;
        }

        SubstituteBack(solution, recurrentClass);
    }

    // Where classes are given, the weights of a class that grow beyond all bounds (its root is a state hardly ever visited) are scaled down.
    private void SubstituteBack(Span<double> solution, ReadOnlySpan<int> classes = default)
    {
        var order = _plan.Order;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            if (!classes.IsEmpty && _work[i] > LargestWeight)
            {
                ScaleDown(1 / _work[i], classes[order[i]], i, solution, classes);
            }

            var weight = _work[i];
            solution[order[i]] = weight;
            _work[i] = 0;
            if (weight == 0)
            {
                continue;
            }

            for (var l = _plan.LowerOffsets[i]; l < _plan.LowerOffsets[i + 1]; l++)
            {
                _work[_plan.Lower[l]] += weight * _lower[l];
            }
        }
    }

    private void ScaleDown(
        double factor,
        int scaledClass,
        int position,
        Span<double> solution,
        ReadOnlySpan<int> classes
    )
    {
        for (var i = 0; i < _work.Length; i++)
        {
            var state = _plan.Order[i];
            if (classes[state] == scaledClass)
            {
                _work[i] *= factor;
                solution[state] *= i > position ? factor : 1;
            }
        }
    }
}
