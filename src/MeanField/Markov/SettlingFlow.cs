using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// Follows the flow μ → μ P^π_μ of a game whose transitions depend on μ to a place where it rests: half a step at a time, so that a periodic flow
/// settles too, and accelerated.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class SettlingFlow(InducedChain chain)
{
    private const int Steps = 2000;
    private const int Patience = 50;
    private const int Differences = 8;

    private readonly double[] _next = new double[chain.Game.StateCount];
    private readonly double[] _point = new double[chain.Game.StateCount];
    private readonly double[] _halfStep = new double[chain.Game.StateCount];
    private readonly double[] _shift = new double[chain.Game.StateCount];
    private readonly double[] _step = new double[chain.Game.StateCount];
    private readonly double[] _weights = [.. Enumerable.Repeat(1.0, chain.Game.StateCount)];
    private readonly AndersonMemory _memory = new(chain.Game.StateCount, Differences);

    /// <summary>Moves a population until ‖μ − μ P^π_μ‖₁ is within a tolerance, or for as long as that falls.</summary>
    /// <param name="mdp">The game, which stands at the mean field, as does the chain; moved along with it.</param>
    /// <param name="policy">π, one probability a pair.</param>
    /// <param name="meanField">On entry where to start, on return where the population rests.</param>
    /// <param name="tolerance">The residual that is small enough.</param>
    /// <param name="team">Threads for rebuilding chains.</param>
    /// <returns>The residual.</returns>
    public double Settle(FrozenMdp mdp, double[] policy, Span<double> meanField, double tolerance, ThreadTeam team)
    {
        _memory.Clear();
        var residual = Residual(meanField);
        var (worthwhile, since) = (0.5 * residual, 0);
        for (var n = 0; n < Steps && since < Patience && residual > tolerance; n++)
        {
            chain.Interruption.Check();
            meanField.CopyTo(_point);
            for (var s = 0; s < _point.Length; s++)
            {
                _halfStep[s] = 0.5 * (_next[s] - _point[s]);
            }

            _memory.Add(_point, _halfStep);
            _memory.Combine(_weights, _shift, _step);
            for (var s = 0; s < _point.Length; s++)
            {
                meanField[s] = _point[s] + _shift[s] + _step[s];
            }

            Normalize(meanField);
            var before = residual;
            residual = StandAt(meanField, mdp, policy, team);
            if (residual >= before)
            {
                _memory.Clear();
                for (var s = 0; s < _point.Length; s++)
                {
                    meanField[s] = _point[s] + _halfStep[s];
                }

                residual = StandAt(meanField, mdp, policy, team);
            }

            since = residual < worthwhile ? 0 : since + 1;
            worthwhile = residual < worthwhile ? 0.5 * residual : worthwhile;
        }

        return residual;
    }

    /// <summary>‖μ − μ P‖₁ of the chain as it stands.</summary>
    public double Residual(ReadOnlySpan<double> meanField)
    {
        PopulationFlow.Push(chain, meanField, _next);
        return PopulationFlow.Distance(_next, meanField);
    }

    private double StandAt(ReadOnlySpan<double> meanField, FrozenMdp mdp, double[] policy, ThreadTeam team)
    {
        mdp.MoveTo(meanField, team);
        chain.Update(mdp, policy, team);
        return Residual(meanField);
    }

    private static void Normalize(Span<double> law)
    {
        var sum = 0.0;
        foreach (ref var share in law)
        {
            share = Math.Max(0, share);
            sum += share;
        }

        foreach (ref var share in law)
        {
            share /= sum;
        }
    }
}
