using System.Runtime.CompilerServices;
using MeanField.Numerics;

namespace MeanField.Markov;

/// <summary>
/// Solves V = r + γ P V and x = c + γ x P on one chain: by over-relaxed Gauss-Seidel sweeps from a warm start where they are cheaper, by
/// sparse state reduction otherwise. The choice counts operations and never reads a clock, so that answers are reproducible.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads. Allocates nothing after its first direct solve.</remarks>
internal sealed class PolicyEvaluator
{
    // Sweeps that a warm-started solve on a grid takes; one entry of a sweep costs about one multiply-add of an elimination.
    private const int TypicalSweeps = 25;
    private const int SweepsWithoutPlan = 1_000_000;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    private readonly InducedChain _chain;
    private readonly int[] _diagonal;
    private readonly double[] _inverseDiagonal;
    private readonly double[] _residuals;
    private StateReduction? _reduction;
    private bool _isDirect;
    private double _relaxation = 1;

    public PolicyEvaluator(InducedChain chain)
    {
        _chain = chain;
        var states = chain.Game.StateCount;
        _diagonal = new int[states];
        _inverseDiagonal = new double[states];
        _residuals = new double[states];
        for (var s = 0; s < states; s++)
        {
            var found = chain.Columns.AsSpan(chain.Offsets[s]..chain.Offsets[s + 1]).BinarySearch(s);
            _diagonal[s] = found < 0 ? -1 : chain.Offsets[s] + found;
        }

        _isDirect = chain.Plan is { } plan && OperationsOfSolve(plan) <= TypicalSweeps * (long)chain.Columns.Length;
    }

    /// <summary>The chain that is evaluated; the caller updates it.</summary>
    public InducedChain Chain => _chain;

    /// <summary>Solves V = r + γ P V.</summary>
    /// <param name="discount">γ, in (0, 1).</param>
    /// <param name="rewards">r by state.</param>
    /// <param name="tolerance">
    /// The largest |r + γ P V − V| wanted, in the unit of rewards; never asked below the rounding of that residual itself.
    /// </param>
    /// <param name="stateValues">V by state: on entry a guess, on return the solution.</param>
    /// <returns>The largest residual of the solution.</returns>
    public double Evaluate(double discount, ReadOnlySpan<double> rewards, double tolerance, Span<double> stateValues)
    {
        if (!_isDirect)
        {
            var limit = _chain.Plan is { } plan
                ? (int)Math.Min(SweepsWithoutPlan, (OperationsOfSolve(plan) / _chain.Columns.Length) + TypicalSweeps)
                : SweepsWithoutPlan;
            var residual = Sweep(discount, rewards, tolerance, limit, stateValues);
            if (residual <= Attainable(tolerance, rewards, stateValues) || _chain.Plan is null)
            {
                return residual;
            }

            // Slow mixing at a discount near one: elimination has won by now, and will again for the next policy.
            _isDirect = true;
        }

        return Eliminate(discount, rewards, tolerance, stateValues);
    }

    /// <summary>Solves x = c + γ x P: the expected discounted visits from a start law.</summary>
    /// <param name="discount">γ, in (0, 1).</param>
    /// <param name="start">c by state.</param>
    /// <param name="visits">x by state, overwritten; must not be the same span.</param>
    public void Visits(double discount, ReadOnlySpan<double> start, Span<double> visits)
    {
        // The series c + γ c P + ... has terms that sum to γ^n; 1e-12 of the mass may be missing.
        var terms = Math.Ceiling(Math.Log(1e-12) / Math.Log(discount));
        if (_chain.Plan is { } plan && (_isDirect || OperationsOfSolve(plan) <= terms * _chain.Columns.Length))
        {
            Factor(plan, discount);
            _reduction!.SolveVisits(start, visits);
            return;
        }

        start.CopyTo(visits);
        for (var n = 0; n < terms; n++)
        {
            PopulationFlow.Push(_chain, visits, _residuals);
            for (var s = 0; s < visits.Length; s++)
            {
                visits[s] = start[s] + (discount * _residuals[s]);
            }
        }
    }

    private static long OperationsOfSolve(EliminationPlan plan) => plan.Operations + (4L * plan.Upper.Length);

    private static double Attainable(double tolerance, ReadOnlySpan<double> rewards, ReadOnlySpan<double> stateValues)
    {
        var scale = 0.0;
        for (var s = 0; s < stateValues.Length; s++)
        {
            scale = Math.Max(scale, Math.Abs(stateValues[s]) + Math.Abs(rewards[s]));
        }

        return Math.Max(tolerance, 16 * UnitRoundoff * scale);
    }

    private double Eliminate(double discount, ReadOnlySpan<double> rewards, double tolerance, Span<double> stateValues)
    {
        Factor(_chain.Plan!, discount);
        _reduction!.SolveValues(rewards, stateValues);
        var residual = Residuals(discount, rewards, stateValues);
        if (residual > tolerance)
        {
            _reduction.SolveValues(_residuals, _residuals);
            for (var s = 0; s < stateValues.Length; s++)
            {
                stateValues[s] += _residuals[s];
            }

            residual = Residuals(discount, rewards, stateValues);
        }

        return residual;
    }

    private void Factor(EliminationPlan plan, double discount)
    {
        _reduction ??= new StateReduction(plan);
        _reduction.Factor(_chain.Offsets, _chain.Values, discount);
    }

    private double Sweep(
        double discount,
        ReadOnlySpan<double> rewards,
        double tolerance,
        int limit,
        Span<double> stateValues
    )
    {
        for (var s = 0; s < stateValues.Length; s++)
        {
            _inverseDiagonal[s] = _diagonal[s] < 0 ? 1 : 1 / (1 - (discount * _chain.Values[_diagonal[s]]));
        }

        var previous = double.PositiveInfinity;
        for (var sweep = 1; sweep <= limit; sweep++)
        {
            var seen = SweepOnce(discount, rewards, stateValues);
            if (seen <= Attainable(tolerance, rewards, stateValues))
            {
                var residual = Residuals(discount, rewards, stateValues);
                if (residual <= Attainable(tolerance, rewards, stateValues))
                {
                    return residual;
                }
            }

            if (_relaxation == 1 && sweep == 4)
            {
                // Young's optimum for a consistently ordered matrix whose Gauss-Seidel rate is this ratio.
                _relaxation = 2 / (1 + Math.Sqrt(1 - Math.Clamp(seen / previous, 0, 0.999)));
            }
            else if (sweep % 16 == 0 && !(seen < 0.5 * previous))
            {
                _relaxation = 1;
            }

            previous = sweep % 16 == 0 || sweep < 4 ? seen : previous;
        }

        return Residuals(discount, rewards, stateValues);
    }

    // One pass of over-relaxed Gauss-Seidel in state order; returns the largest residual met on the way.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe double SweepOnce(double discount, ReadOnlySpan<double> rewards, Span<double> stateValues)
    {
        var largest = 0.0;
        fixed (
            int* offsets = _chain.Offsets,
                columns = _chain.Columns
        )
        fixed (
            double* values = _chain.Values,
                solution = stateValues,
                right = rewards,
                inverseDiagonal = _inverseDiagonal
        )
        {
            for (int s = 0, e = 0; s < stateValues.Length; s++)
            {
                var sum = 0.0;
                for (var rowEnd = offsets[s + 1]; e < rowEnd; e++)
                {
                    sum = Math.FusedMultiplyAdd(values[e], solution[columns[e]], sum);
                }

                var residual = right[s] + (discount * sum) - solution[s];
                largest = double.MaxNative(largest, Math.Abs(residual));
                solution[s] += _relaxation * residual * inverseDiagonal[s];
            }
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe double Residuals(double discount, ReadOnlySpan<double> rewards, ReadOnlySpan<double> stateValues)
    {
        var largest = 0.0;
        fixed (
            int* offsets = _chain.Offsets,
                columns = _chain.Columns
        )
        fixed (
            double* values = _chain.Values,
                solution = stateValues,
                right = rewards,
                residuals = _residuals
        )
        {
            for (int s = 0, e = 0; s < stateValues.Length; s++)
            {
                var sum = 0.0;
                for (var rowEnd = offsets[s + 1]; e < rowEnd; e++)
                {
                    sum = Math.FusedMultiplyAdd(values[e], solution[columns[e]], sum);
                }

                residuals[s] = right[s] + (discount * sum) - solution[s];
                largest = double.MaxNative(largest, Math.Abs(residuals[s]));
            }
        }

        return largest;
    }
}
