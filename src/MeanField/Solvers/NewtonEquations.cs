using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// The equations of a regularised equilibrium, η log π(a|s) = Q_μ(s, a) − V(s) and μ = μ P^π_μ, evaluated at a policy and a mean field. V = V^π_μ is
/// found exactly; so is μ where transitions do not depend on it.
/// </summary>
/// <remarks>
/// The same roots as V = η log Σ_a exp(Q/η), μ = μ P^softmax(Q/η)_μ, but the policy is an unknown of its own, by its logarithm. At a low temperature
/// softmax(Q/η) lacks the digits that the rounding of Q costs, divided by η; a policy that is stored lacks none.
/// Owned by one run; not safe for several threads.
/// </remarks>
internal sealed class NewtonEquations
{
    // The second pass corrects what rounding left of the first.
    private const int ValuePasses = 2;

    private readonly ThreadTeam _team;
    private readonly StationaryLaw _stationaryLaw;
    private readonly double[] _rewards;
    private readonly double[] _logits;
    private readonly double[] _mass;
    private readonly double[] _scratch;

    /// <summary>Prepares the equations of a game.</summary>
    /// <param name="mdp">The game at any mean field; moved by every evaluation.</param>
    /// <param name="pattern">The chain's pattern, with an elimination plan.</param>
    /// <param name="team">Threads.</param>
    public NewtonEquations(FrozenMdp mdp, InducedChain pattern, ThreadTeam team)
    {
        _team = team;
        Mdp = mdp;
        Chain = pattern.Sibling();
        Derivative = new MeanFieldDerivative(pattern, mdp.MeanField, team);
        Law = new LawResponse(Chain.Plan!);
        Values = new StateReduction(Chain.Plan!);
        _stationaryLaw = new StationaryLaw(Chain);
        var (states, pairs) = (mdp.Game.StateCount, mdp.Game.PairCount);
        _rewards = new double[states];
        _scratch = new double[states];
        _logits = new double[pairs];
        _mass = new double[pairs];
    }

    /// <summary>The game at the mean field of the point evaluated last.</summary>
    public FrozenMdp Mdp { get; }

    /// <summary>P^π_μ of the point evaluated last.</summary>
    public InducedChain Chain { get; }

    /// <summary>The factors of I − γ P^π_μ of the point evaluated last.</summary>
    public StateReduction Values { get; }

    /// <summary>Derivatives by the mean field; each user takes up its own point.</summary>
    public MeanFieldDerivative Derivative { get; }

    /// <summary>Answers of the law; each user takes up the chain.</summary>
    public LawResponse Law { get; }

    /// <summary>Normalises a point's policy and works out the rest of it.</summary>
    /// <param name="point">On entry log π up to a constant in each state, and a guess of μ; where transitions do not depend on the mean field, the
    /// law that the population starts from.</param>
    /// <param name="temperature">η, greater than 0.</param>
    public void Evaluate(NewtonPoint point, double temperature)
    {
        var offsets = Mdp.Game.PairOffsets;
        LogSoftmax.Normalize(offsets, 0, _rewards.Length, point.LogPolicy, point.Policy, _scratch);
        if (Mdp.Game.Coupling == MeanFieldCoupling.RewardsAndTransitions)
        {
            Mdp.MoveTo(point.MeanField, _team);
            Chain.Update(Mdp, point.Policy, _team);
        }
        else
        {
            Chain.Update(Mdp, point.Policy, _team);
            _stationaryLaw.OfChain(point.MeanField, point.MeanField);
            Mdp.MoveTo(point.MeanField, _team);
        }

        point.FindDrift(Chain);
        FindValues(point, temperature);
        FindSurplus(point, temperature);
        FindResidual(point);
    }

    /// <summary>Moves the MDP alone to the mean field of a point.</summary>
    public void MoveTo(NewtonPoint point) => Mdp.MoveTo(point.MeanField, _team);

    /// <summary>Stands where the evaluation of a point left MDP, chain and factors.</summary>
    public void StandAt(NewtonPoint point)
    {
        Mdp.MoveTo(point.MeanField, _team);
        Chain.Update(Mdp, point.Policy, _team);
        Values.Factor(Chain.Offsets, Chain.Values, Mdp.Game.Discount, interruption: Chain.Interruption);
    }

    private void FindValues(NewtonPoint point, double temperature)
    {
        var offsets = Mdp.Game.PairOffsets;
        for (var s = 0; s < _rewards.Length; s++)
        {
            var sum = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                sum += point.Policy[pair] * (Mdp.Rewards[pair] - (temperature * point.LogPolicy[pair]));
            }

            _rewards[s] = sum;
        }

        Values.Factor(Chain.Offsets, Chain.Values, Mdp.Game.Discount, interruption: Chain.Interruption);
        var values = point.RelativeValues;
        values.AsSpan().Clear();
        for (var pass = 0; pass < ValuePasses; pass++)
        {
            PopulationFlow.Expect(Chain, values, _scratch);
            for (var s = 0; s < values.Length; s++)
            {
                _scratch[s] = _rewards[s] + (Mdp.Game.Discount * _scratch[s]) - values[s];
            }

            // A number common to all residuals is one common to all values, divided by 1 − γ: left out, it costs no digits.
            Center(_scratch);
            Values.SolveValues(_scratch, _scratch);
            for (var s = 0; s < values.Length; s++)
            {
                values[s] += _scratch[s];
            }

            Center(values);
        }
    }

    private static void Center(double[] numbers)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var number in numbers)
        {
            smallest = double.MinNative(smallest, number);
            largest = double.MaxNative(largest, number);
        }

        var middle = 0.5 * (smallest + largest);
        foreach (ref var number in numbers.AsSpan())
        {
            number -= middle;
        }
    }

    // With V known up to a constant, E is Q − η log π less its own mean under π, and Q − V is E + η log π.
    private void FindSurplus(NewtonPoint point, double temperature)
    {
        var offsets = Mdp.Game.PairOffsets;
        PairFlow.Expect(Mdp, point.RelativeValues, _logits);
        point.Scale = 0;
        for (var s = 0; s < _rewards.Length; s++)
        {
            var mean = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                var actionValue = Mdp.Rewards[pair] + (Mdp.Game.Discount * _logits[pair]);
                point.Scale = double.MaxNative(point.Scale, Math.Abs(actionValue));
                point.Surplus[pair] = actionValue - (temperature * point.LogPolicy[pair]);
                mean += point.Policy[pair] * point.Surplus[pair];
            }

            var largest = double.NegativeInfinity;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                point.Surplus[pair] -= mean;
                _logits[pair] = (point.Surplus[pair] / temperature) + point.LogPolicy[pair];
                largest = double.MaxNative(largest, _logits[pair]);
            }

            var sum = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                sum += Math.Exp(_logits[pair] - largest);
            }

            point.BellmanGap[s] = Math.Max(0, temperature * (largest + Math.Log(sum)));
        }
    }

    private void FindResidual(NewtonPoint point)
    {
        var offsets = Mdp.Game.PairOffsets;
        LogSoftmax.Normalize(offsets, 0, _rewards.Length, _logits, point.SoftGreedy, _scratch);
        for (var s = 0; s < _rewards.Length; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                _mass[pair] = point.MeanField[s] * point.SoftGreedy[pair];
            }
        }

        PairFlow.Push(Mdp, _mass, _scratch);
        point.Residual = PopulationFlow.Distance(_scratch, point.MeanField);
        foreach (var gap in point.BellmanGap)
        {
            point.Residual = double.MaxNative(point.Residual, gap);
        }
    }
}
