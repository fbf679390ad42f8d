using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>
/// Newton's step for the equations of a regularised equilibrium, η log π(a|s) = Q_μ(s, a) − V(s), Σ_a π(a|s) = 1, μ = μ P^π_μ. With E = Q − V − η
/// log π what is left of the first and g(s, a) what r + γ P V changes by way of dμ, they are, linearised,
/// <code>
/// η dlog π(a|s) = E(s, a) + g(s, a) + γ Σ_s' P(s'|s, a) dV(s') − dV(s)
///         dV(s) = Σ_a π(a|s) (E(s, a) + g(s, a)) + γ (P^π dV)(s)             from Σ_a π dlog π = 0
///            dμ = dμ P^π + μ ((π dlog π) P + π dP) + μ P^π − μ,  Σ dμ = 0
/// </code>
/// For a given dμ the second is one solve with I − γ P^π, the third one with I − P^π: together they make a map dμ ↦ L dμ + l whose fixed point GMRES
/// finds. No matrix of L is ever built, and the factors of both chains are sparse.
/// </summary>
/// <remarks>Where nothing couples to the mean field L is 0 and the step is one of soft policy iteration. Owned by one run; not safe for several
/// threads.</remarks>
internal sealed class NewtonDirection
{
    // Far below what a Newton step can use.
    private const double LinearTolerance = 1e-11;

    private readonly NewtonEquations _equations;
    private readonly MeanFieldDerivative _derivative;
    private readonly StateReduction _values;
    private readonly LawResponse _law;
    private readonly Gmres _gmres;
    private readonly Action<double[], double[]> _multiply;
    private readonly Action<double[], double[]> _multiplyLaw;
    private readonly double[] _answer;
    private readonly double[] _expected;
    private readonly double[] _scratchPairs;
    private readonly double[] _valueChange;
    private readonly double[] _flow;
    private readonly double[] _populationFlow;
    private readonly double[] _right;
    private NewtonPoint? _point;
    private double _temperature;

    public NewtonDirection(NewtonEquations equations)
    {
        _equations = equations;
        _derivative = equations.Derivative;
        _values = equations.Values;
        _law = equations.Law;
        var game = equations.Mdp.Game;
        _gmres = new Gmres(game.StateCount);
        _multiply = Multiply;
        _multiplyLaw = MultiplyLaw;
        _answer = new double[game.StateCount];
        _expected = new double[game.PairCount];
        _scratchPairs = new double[game.PairCount];
        LogPolicy = new double[game.PairCount];
        _valueChange = new double[game.StateCount];
        _flow = new double[game.StateCount];
        _populationFlow = new double[game.StateCount];
        _right = new double[game.StateCount];
        MeanField = new double[game.StateCount];
    }

    /// <summary>dlog π of the last step found, one number a pair.</summary>
    public double[] LogPolicy { get; }

    /// <summary>dμ of the last step found, by state.</summary>
    public double[] MeanField { get; }

    /// <summary>Finds the step at a point that was the last one evaluated.</summary>
    /// <param name="point">Where.</param>
    /// <param name="temperature">η.</param>
    /// <param name="stop">Looked at before each product; where it says so the step is of no use.</param>
    /// <returns>Whether all of the step is finite.</returns>
    public bool Find(NewtonPoint point, double temperature, Func<bool> stop)
    {
        (_point, _temperature) = (point, temperature);
        _law.TakeUp(_equations.Chain, point.MeanField);
        _derivative.TakeUp(point.MeanField, point.Policy, point.RelativeValues, point.MeanField);
        MeanField.AsSpan().Clear();
        React(MeanField, isWhole: true, LogPolicy, _right);
        _gmres.Solve(_multiply, _right, LinearTolerance, MeanField, stop);
        React(MeanField, isWhole: true, LogPolicy, _right);
        return Array.TrueForAll(MeanField, double.IsFinite) && Array.TrueForAll(LogPolicy, double.IsFinite);
    }

    /// <summary>
    /// The mean field that goes with a step of some length. The linearised third equation is solved again with the change of the policy that was
    /// really made: for an action hardly ever taken π dlog π promises more mass than there is to take away.
    /// </summary>
    /// <param name="trial">log π after the step, up to a constant in each state; its policy and mean field are overwritten.</param>
    /// <param name="length">The length of the step.</param>
    /// <param name="stop">Looked at before each product.</param>
    public void Answer(NewtonPoint trial, double length, Func<bool> stop)
    {
        var (point, mdp) = (_point!, _equations.Mdp);
        var offsets = mdp.Game.PairOffsets;
        if (mdp.Game.Coupling != MeanFieldCoupling.RewardsAndTransitions)
        {
            point.MeanField.CopyTo(trial.MeanField, 0);
            return;
        }

        LogSoftmax.Normalize(offsets, 0, _flow.Length, trial.LogPolicy, trial.Policy, _valueChange);
        _equations.MoveTo(point);
        for (var s = 0; s < _flow.Length; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                _expected[pair] = point.MeanField[s] * (trial.Policy[pair] - point.Policy[pair]);
            }
        }

        PairFlow.Push(mdp, _expected, _flow);
        for (var s = 0; s < _flow.Length; s++)
        {
            _flow[s] += length * point.Drift[s];
        }

        _law.Solve(_flow, _right);
        _gmres.Solve(_multiplyLaw, _right, LinearTolerance, _answer, stop);
        trial.SetMeanField(point.MeanField, _answer);
    }

    /// <summary>(1 − γ) μ (I − γ P^π)⁻¹, the discounted visits from the mean field of the point: weights that sum to one.</summary>
    /// <param name="visits">Length S, overwritten.</param>
    public void Visits(Span<double> visits)
    {
        _values.SolveVisits(_point!.MeanField, visits);
        foreach (ref var visit in visits)
        {
            visit *= 1 - _equations.Mdp.Game.Discount;
        }
    }

    // (I − L) v.
    private void Multiply(double[] change, double[] product)
    {
        React(change, isWhole: false, _scratchPairs, product);
        for (var s = 0; s < product.Length; s++)
        {
            product[s] = change[s] - product[s];
        }
    }

    // v less the answer of the law to what v changes in the flow, at a fixed policy.
    private void MultiplyLaw(double[] change, double[] product)
    {
        _derivative.Apply(change, _scratchPairs, _populationFlow);
        _law.Solve(_populationFlow, product);
        for (var s = 0; s < product.Length; s++)
        {
            product[s] = change[s] - product[s];
        }
    }

    // Policy and population that answer to a change of the mean field: the linear map alone, or with the constant part too.
    private void React(double[] change, bool isWhole, double[] logPolicy, double[] meanField)
    {
        var (point, mdp) = (_point!, _equations.Mdp);
        var offsets = mdp.Game.PairOffsets;
        _derivative.Apply(change, logPolicy, _populationFlow);
        for (var s = 0; s < _valueChange.Length; s++)
        {
            var sum = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                logPolicy[pair] += isWhole ? point.Surplus[pair] : 0;
                sum += point.Policy[pair] * logPolicy[pair];
            }

            _flow[s] = sum;
        }

        _values.SolveValues(_flow, _valueChange);
        PairFlow.Expect(mdp, _valueChange, _expected);
        for (var s = 0; s < _valueChange.Length; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                var gain = logPolicy[pair] + (mdp.Game.Discount * _expected[pair]) - _valueChange[s];
                logPolicy[pair] = gain / _temperature;
                _expected[pair] = point.MeanField[s] * point.Policy[pair] * logPolicy[pair];
            }
        }

        PairFlow.Push(mdp, _expected, _flow);
        for (var s = 0; s < _flow.Length; s++)
        {
            _flow[s] += _populationFlow[s] + (isWhole ? point.Drift[s] : 0);
        }

        _law.Solve(_flow, meanField);
    }
}
