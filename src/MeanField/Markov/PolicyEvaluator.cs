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
    private const int SweepsPerCheck = 16;

    // A correction by factors gains so many digits that going below what is asked for costs next to nothing.
    private const double DirectTolerance = 1e-3;
    private const int StaleCorrections = 3;
    private const int FreshCorrections = 3;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    private readonly GaussSeidel _sweeps;
    private readonly double[] _residuals;
    private StateReduction? _reduction;
    private double[] _factoredValues = [];
    private bool _isDirect;
    private double _factoredDiscount;
    private double _relaxation = 1;

    public PolicyEvaluator(InducedChain chain, ThreadTeam team)
    {
        Chain = chain;
        _sweeps = new GaussSeidel(chain, team);
        _residuals = new double[chain.Game.StateCount];
        _isDirect = chain.Plan is { } plan && OperationsOfSolve(plan) <= TypicalSweeps * (long)chain.Columns.Length;
    }

    /// <summary>The chain that is evaluated; the caller updates it.</summary>
    public InducedChain Chain { get; }

    /// <summary>Solves V = r + γ P V.</summary>
    /// <param name="discount">γ, in (0, 1).</param>
    /// <param name="rewards">r by state.</param>
    /// <param name="tolerance">
    /// The largest |r + γ P V − V| wanted, in the unit of rewards; less than rounding leaves is not asked for.
    /// </param>
    /// <param name="stateValues">V by state: on entry a guess, on return the solution.</param>
    /// <returns>The largest residual of the solution.</returns>
    public double Evaluate(double discount, double[] rewards, double tolerance, double[] stateValues)
    {
        var largestReward = 0.0;
        foreach (var reward in rewards)
        {
            largestReward = Math.Max(largestReward, Math.Abs(reward));
        }

        var floor = 16 * UnitRoundoff * largestReward / (1 - discount);
        var attainable = Math.Max(tolerance, floor);
        _sweeps.TakeUp(discount, rewards, stateValues);
        if (!_isDirect)
        {
            var limit = Chain.Plan is { } plan
                ? (int)Math.Min(SweepsWithoutPlan, (OperationsOfSolve(plan) / Chain.Columns.Length) + TypicalSweeps)
                : SweepsWithoutPlan;
            var residual = Sweep(attainable, limit);
            if (residual <= attainable || Chain.Plan is null)
            {
                return residual;
            }

            // Slow mixing at a discount near one: elimination has won by now, and will again for the next policy.
            _isDirect = true;
        }

        return Eliminate(discount, Math.Max(DirectTolerance * tolerance, floor), stateValues);
    }

    /// <summary>Solves x = c + γ x P: the expected discounted visits from a start law.</summary>
    /// <param name="discount">γ, in (0, 1).</param>
    /// <param name="start">c by state.</param>
    /// <param name="visits">x by state, overwritten; must not be the same span.</param>
    public void Visits(double discount, ReadOnlySpan<double> start, Span<double> visits)
    {
        // The series c + γ c P + ... has terms that sum to γ^n; 1e-12 of the mass may be missing.
        var terms = Math.Ceiling(Math.Log(1e-12) / Math.Log(discount));
        if (Chain.Plan is { } plan && (_isDirect || OperationsOfSolve(plan) <= terms * Chain.Columns.Length))
        {
            Factor(plan, discount);
            _reduction!.SolveVisits(start, visits);
            return;
        }

        start.CopyTo(visits);
        for (var n = 0; n < terms; n++)
        {
            Chain.Interruption.CheckRow(n, Chain.Columns.Length);
            PopulationFlow.Push(Chain, visits, _residuals);
            for (var s = 0; s < visits.Length; s++)
            {
                visits[s] = start[s] + (discount * _residuals[s]);
            }
        }
    }

    /// <summary>What the next solve depends on beside its arguments. Factors are not stored but found again from what they are factors of.</summary>
    public void Exchange(StateArchive archive)
    {
        _isDirect = archive.Value("isDirect", _isDirect);
        _relaxation = archive.Value("relaxation", _relaxation);
        _factoredDiscount = archive.Value("factoredDiscount", _factoredDiscount);
        _factoredValues = archive.List("factoredValues", _factoredValues);
        if (!archive.IsReading || _factoredValues.Length == 0)
        {
            return;
        }

        if (Chain.Plan is not { } plan || _factoredValues.Length != Chain.Values.Length)
        {
            throw new InvalidDataException("state: factoredValues are of another chain");
        }

        _reduction ??= new StateReduction(plan);
        _reduction.Factor(Chain.Offsets, _factoredValues, _factoredDiscount, interruption: Chain.Interruption);
    }

    private static long OperationsOfSolve(EliminationPlan plan) => plan.Operations + (4L * plan.Upper.Length);

    // The factors of an earlier policy on the same chain pattern are tried first, as an approximate inverse: near the end of a solve policies
    // hardly change, and each correction then gains many digits at a fraction of the price of a factorisation.
    private double Eliminate(double discount, double tolerance, double[] stateValues)
    {
        // A correction with stale factors leaves about the square of what it finds, the next one the cube.
        var residual = _sweeps.Residuals(_residuals);
        var isWorthTrying = _factoredDiscount == discount && residual * residual * residual <= tolerance;
        for (var correction = 0; correction < StaleCorrections && isWorthTrying; correction++)
        {
            if (residual <= tolerance)
            {
                return residual;
            }

            var before = residual;
            residual = Correct(stateValues);
            if (!(residual * residual <= tolerance * before))
            {
                break;
            }
        }

        for (var correction = 0; correction < FreshCorrections && !(residual <= tolerance); correction++)
        {
            if (correction == 0)
            {
                Factor(Chain.Plan!, discount);
            }

            residual = Correct(stateValues);
        }

        return residual;
    }

    private double Correct(double[] stateValues)
    {
        _reduction!.SolveValues(_residuals, _residuals);
        for (var s = 0; s < stateValues.Length; s++)
        {
            stateValues[s] += _residuals[s];
        }

        return _sweeps.Residuals(_residuals);
    }

    private void Factor(EliminationPlan plan, double discount)
    {
        _reduction ??= new StateReduction(plan);
        _factoredDiscount = 0;
        _reduction.Factor(Chain.Offsets, Chain.Values, discount, interruption: Chain.Interruption);
        _factoredDiscount = discount;
        if (_factoredValues.Length == 0)
        {
            _factoredValues = new double[Chain.Values.Length];
        }

        Chain.Values.CopyTo(_factoredValues, 0);
    }

    // The relaxation that served the last policy is tried first; where a whole check brings less than a halving, plain sweeps take over.
    private double Sweep(double tolerance, int limit)
    {
        _sweeps.InvertDiagonal();
        var reference = double.PositiveInfinity;
        var previous = double.PositiveInfinity;
        for (var sweep = 1; sweep <= limit; sweep++)
        {
            Chain.Interruption.CheckRow(sweep, Chain.Columns.Length);
            var seen = _sweeps.Sweep(_relaxation);
            if (seen <= tolerance)
            {
                var residual = _sweeps.Residuals(_residuals);
                if (residual <= tolerance)
                {
                    return residual;
                }
            }

            if (_relaxation == 1 && sweep == 4)
            {
                // Young's optimum for a consistently ordered matrix whose Gauss-Seidel rate is this ratio.
                _relaxation = 2 / (1 + Math.Sqrt(1 - Math.Clamp(seen / previous, 0, 0.999)));
            }
            else if (sweep % SweepsPerCheck == 0)
            {
                _relaxation = seen < 0.5 * reference ? _relaxation : 1;
                reference = seen;
            }

            previous = seen;
        }

        return _sweeps.Residuals(_residuals);
    }
}
