using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// Stationary laws μ = μ P^π_μ: exact by state reduction where the chain is fixed; where transitions depend on μ by damped fixed-point iteration
/// around that, or, where that does not settle, by following the population. With several recurrent classes the law is the one the
/// population reaches from a given start.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class StationaryLaw(InducedChain chain)
{
    private const int FixedPointIterations = 2000;
    private const int Patience = 64;
    private const int Crossings = 30;
    private const int Bisections = 100;
    private const int PowerIterations = 200_000;

    // A chain whose factors cost as much as so many steps is no grid but well mixed, and settles long before (ours).
    private const int StepsOfDearPlan = 10_000;
    private const double Tolerance = 1e-14;

    private readonly double[] _next = new double[chain.Game.StateCount];
    private readonly double[] _best = new double[chain.Game.StateCount];
    private readonly double[] _stepped = new double[chain.Game.StateCount];
    private SettlingFlow? _flow;
    private StateReduction? _reduction;

    /// <summary>
    /// Finds the stationary law of a policy. On return the MDP and the chain stand at the law found; whether it is stationary is for the
    /// caller to measure.
    /// </summary>
    /// <param name="mdp">The game, moved by this method where transitions couple.</param>
    /// <param name="policy">π, one probability a pair.</param>
    /// <param name="meanField">On entry the start law, on return the stationary law.</param>
    /// <param name="team">Threads for rebuilding chains.</param>
    public void Solve(FrozenMdp mdp, double[] policy, Span<double> meanField, ThreadTeam team)
    {
        Rebuild(mdp, policy, meanField, team);
        if (mdp.Game.Coupling != MeanFieldCoupling.RewardsAndTransitions)
        {
            OfChain(meanField, meanField);
            mdp.MoveTo(meanField, team);
            return;
        }

        var start = meanField.ToArray();
        if (SettleFixedPoint(mdp, policy, meanField, team))
        {
            return;
        }

        _flow ??= new SettlingFlow(chain);
        meanField.CopyTo(_best);
        var smallest = _flow.Residual(meanField);
        start.CopyTo(meanField);
        Rebuild(mdp, policy, meanField, team);
        for (var n = 0; n < Crossings; n++)
        {
            var residual = _flow.Settle(mdp, policy, meanField, Tolerance, team);
            if (residual < smallest || residual <= Tolerance)
            {
                smallest = residual;
                meanField.CopyTo(_best);
            }

            if (!(residual > Tolerance) || chain.Plan is null)
            {
                break;
            }

            Cross(mdp, policy, meanField, team);
        }

        _best.CopyTo(meanField);
        Rebuild(mdp, policy, meanField, team);
    }

    private void Rebuild(FrozenMdp mdp, double[] policy, ReadOnlySpan<double> meanField, ThreadTeam team)
    {
        mdp.MoveTo(meanField, team);
        chain.Update(mdp, policy, team);
    }

    private bool SettleFixedPoint(FrozenMdp mdp, double[] policy, Span<double> meanField, ThreadTeam team)
    {
        var damping = 1.0;
        var (smallest, since) = (double.PositiveInfinity, 0);
        for (var n = 0; n < FixedPointIterations && since < Patience; n++)
        {
            chain.Interruption.Check();
            OfChain(meanField, _next);
            var distance = PopulationFlow.Distance(_next, meanField);
            if (distance <= Tolerance)
            {
                return true;
            }

            // A map that overshoots comes back from the other side: shorter steps settle it.
            damping = distance < smallest ? damping : Math.Max(damping / 2, 1.0 / 64);
            since = distance < smallest ? 0 : since + 1;
            smallest = Math.Min(smallest, distance);
            for (var s = 0; s < meanField.Length; s++)
            {
                meanField[s] += damping * (_next[s] - meanField[s]);
            }

            Rebuild(mdp, policy, meanField, team);
        }

        return false;
    }

    // A place that fills up until hardly anybody gets in has, in the law of the chain as it stands, everybody just below that mark and nobody just
    // above it, and empties from above only by the few who ever leave. Bisection on the way to that law finds the mark.
    private void Cross(FrozenMdp mdp, double[] policy, Span<double> meanField, ThreadTeam team)
    {
        var point = meanField.ToArray();
        var way = new double[point.Length];
        OfChain(point, way);
        for (var s = 0; s < way.Length; s++)
        {
            way[s] -= point[s];
        }

        var (from, to, share) = (0.0, 1.0, 1.0);
        for (var n = 0; n < Bisections && share > from; n++)
        {
            for (var s = 0; s < way.Length; s++)
            {
                meanField[s] = point[s] + (share * way[s]);
            }

            Rebuild(mdp, policy, meanField, team);
            OfChain(meanField, _next);
            var onwards = 0.0;
            for (var s = 0; s < way.Length; s++)
            {
                onwards += (_next[s] - meanField[s]) * way[s];
            }

            (from, to) = onwards > 0 ? (share, to) : (from, share);
            share = 0.5 * (from + to);
        }
    }

    /// <summary>The stationary law of the chain as it stands, reached from a start law.</summary>
    /// <param name="start">Length S.</param>
    /// <param name="law">Length S; may be the same span.</param>
    public void OfChain(ReadOnlySpan<double> start, Span<double> law)
    {
        if (chain.Plan is not { } plan)
        {
            start.CopyTo(law);
            TrySteps(law, PowerIterations);
            return;
        }

        var worth = plan.Operations / chain.Columns.Length;
        if (worth >= StepsOfDearPlan)
        {
            start.CopyTo(_stepped);
            if (TrySteps(_stepped, (int)Math.Min(PowerIterations, worth / 10)))
            {
                _stepped.CopyTo(law);
                return;
            }
        }

        _reduction ??= new StateReduction(plan);
        var structure = ChainStructure.Find(chain);
        var recurrent = Array.ConvertAll(structure.RecurrentClass, c => c >= 0);
        var classMass = new double[structure.RecurrentClasses];
        if (classMass.Length == 1)
        {
            classMass[0] = 1;
        }
        else
        {
            ArrivalsByClass(start, structure, recurrent, law, classMass);
        }

        _reduction.Factor(chain.Offsets, chain.Values, 1, recurrent, chain.Interruption);
        _reduction.SolveStationary(structure.RecurrentClass, law);
        var classSum = new double[classMass.Length];
        for (var s = 0; s < law.Length; s++)
        {
            if (recurrent[s])
            {
                classSum[structure.RecurrentClass[s]] += law[s];
            }
        }

        var total = classMass.Sum();
        if (!(total > 0))
        {
            // All of it starts where it is practically never left: any division is as stationary as another.
            Array.Fill(classMass, 1);
            total = classMass.Length;
        }

        for (var s = 0; s < law.Length; s++)
        {
            var c = structure.RecurrentClass[s];
            law[s] = c < 0 ? 0 : law[s] * (classMass[c] / (classSum[c] * total));
        }
    }

    // How the population that starts in transient states divides among the classes: visits until absorption, recurrent states absorbing. Rows
    // are those of the jump chain (given that the state is left), which a state that is hardly ever left does not take out of range.
    private void ArrivalsByClass(
        ReadOnlySpan<double> start,
        ChainStructure structure,
        bool[] recurrent,
        Span<double> visits,
        double[] classMass
    )
    {
        var jumps = new double[chain.Values.Length];
        for (var s = 0; s < recurrent.Length; s++)
        {
            var row = chain.Offsets[s]..chain.Offsets[s + 1];
            var leaving = 0.0;
            for (var e = row.Start.Value; e < row.End.Value; e++)
            {
                jumps[e] = chain.Columns[e] == s ? 0 : chain.Values[e];
                leaving += jumps[e];
            }

            for (var e = row.Start.Value; e < row.End.Value && leaving > 0; e++)
            {
                jumps[e] /= leaving;
            }
        }

        _reduction!.Factor(chain.Offsets, jumps, 1, Array.ConvertAll(recurrent, r => !r), chain.Interruption);
        _reduction.SolveVisits(start, visits);
        for (var s = 0; s < recurrent.Length; s++)
        {
            if (recurrent[s])
            {
                classMass[structure.RecurrentClass[s]] += visits[s];
            }
        }
    }

    // Half a step at a time, so that a periodic chain settles too.
    private bool TrySteps(Span<double> law, int limit)
    {
        for (var n = 0; n < limit; n++)
        {
            chain.Interruption.CheckRow(n, chain.Columns.Length);
            PopulationFlow.Push(chain, law, _next);
            if (PopulationFlow.Distance(_next, law) <= Tolerance)
            {
                return true;
            }

            for (var s = 0; s < law.Length; s++)
            {
                law[s] = 0.5 * (law[s] + _next[s]);
            }
        }

        return false;
    }
}
