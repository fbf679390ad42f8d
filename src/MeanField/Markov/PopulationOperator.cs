using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// The population operator Φ(μ) = μ (P^{π_μ}_μ)^M of the MF-TRPO paper, π_μ the soft best response to μ, and its derivative. With M → ∞ it is the
/// stationary law of P^{π_μ}_μ, where there are several the one that μ is led to.
/// </summary>
/// <remarks>
/// With g(s, a) what r + γ P V changes by way of a change v of μ, and envelope theorem dV = Σ_a π (g + γ P dV), the soft best response changes by
/// η dlog π = g + γ P dV − dV, and Φ by v P^M + Σ_i (μ P^i) dP P^{M−1−i} with dP of policy and kernel; a stationary law by (law dP) (I − P)^#.
/// No matrix is built. Owned by one run; not safe for several threads.
/// </remarks>
internal sealed class PopulationOperator
{
    // Of the largest reward over 1 − γ.
    private const double ValueTolerance = 1e-14;

    // Of the right-hand side, far below what a direction of search needs.
    private const double DerivativeTolerance = 1e-11;

    private readonly ThreadTeam _team;
    private readonly double _temperature;
    private readonly BestResponse _bestResponse;
    private readonly StationaryLaw _stationaryLaw;
    private readonly MeanFieldDerivative _derivative;
    private readonly PolicyEvaluator _evaluator;
    private readonly double[] _meanField;
    private readonly double[] _image;
    private readonly double[] _rewardChange;
    private readonly double[] _valueChange;
    private readonly double[] _policyChange;
    private readonly double[] _pairs;
    private readonly double[] _flow;
    private double[] _moved;
    private double[] _next;
    private double[] _law;
    private double[] _nextLaw;
    private LawResponse? _response;

    /// <summary>Prepares the operator of a game.</summary>
    /// <param name="pattern">The chain's pattern.</param>
    /// <param name="temperature">η, greater than 0.</param>
    /// <param name="steps">M, at least 1, or <see langword="null"/> for M → ∞.</param>
    /// <param name="team">Threads.</param>
    public PopulationOperator(InducedChain pattern, double temperature, int? steps, ThreadTeam team)
    {
        var game = pattern.Game;
        _team = team;
        _temperature = temperature;
        Steps = steps;
        Chain = pattern.Sibling();
        _meanField = new double[game.StateCount];
        Array.Fill(_meanField, 1.0 / game.StateCount);
        Mdp = FrozenMdp.Create(game, _meanField);
        _bestResponse = new BestResponse(pattern, team);
        _stationaryLaw = new StationaryLaw(Chain);
        _derivative = new MeanFieldDerivative(pattern, _meanField, team);
        _evaluator = new PolicyEvaluator(Chain, team);
        StateValues = new double[game.StateCount];
        Policy = new double[game.PairCount];
        _image = new double[game.StateCount];
        _rewardChange = new double[game.StateCount];
        _valueChange = new double[game.StateCount];
        _flow = new double[game.StateCount];
        _moved = new double[game.StateCount];
        _next = new double[game.StateCount];
        _law = new double[game.StateCount];
        _nextLaw = new double[game.StateCount];
        _policyChange = new double[game.PairCount];
        _pairs = new double[game.PairCount];
    }

    /// <summary>M, or <see langword="null"/> for M → ∞.</summary>
    public int? Steps { get; }

    /// <summary>The game at the μ of the last application.</summary>
    public FrozenMdp Mdp { get; }

    /// <summary>P^{π_μ}_μ of the last application.</summary>
    public InducedChain Chain { get; }

    /// <summary>The soft optimal values of the last application, as computed.</summary>
    public double[] StateValues { get; }

    /// <summary>π_μ of the last application, one probability a pair.</summary>
    public double[] Policy { get; }

    /// <summary>Whether the derivative can be had: a stationary law answers only where its chain can be factored.</summary>
    public bool IsDifferentiable => Steps is not null || Chain.Plan is not null;

    /// <summary>Φ(μ).</summary>
    /// <param name="meanField">μ by state.</param>
    /// <param name="image">Length S, overwritten; may be the same span.</param>
    /// <param name="cancellation">Looked at once a policy iteration.</param>
    /// <exception cref="OperationCanceledException">The caller wants it to stop.</exception>
    /// <exception cref="InvalidGameException">The game is broken at this mean field.</exception>
    public void Apply(ReadOnlySpan<double> meanField, Span<double> image, CancellationToken cancellation)
    {
        meanField.CopyTo(_meanField);
        Mdp.MoveTo(_meanField, _team);
        var largest = 0.0;
        foreach (var reward in Mdp.Rewards)
        {
            largest = Math.Max(largest, Math.Abs(reward));
        }

        var tolerance = ValueTolerance * (largest + _temperature) / (1 - Mdp.Game.Discount);
        _bestResponse.Solve(Mdp, _temperature, tolerance, StateValues, cancellation);
        FindPolicy();
        Chain.Update(Mdp, Policy, _team);
        if (Steps is { } steps)
        {
            _meanField.CopyTo(_image, 0);
            for (var step = 0; step < steps; step++)
            {
                PopulationFlow.Push(Chain, _image, _next);
                _next.CopyTo(_image, 0);
            }
        }
        else
        {
            _stationaryLaw.OfChain(_meanField, _image);
        }

        _image.CopyTo(image);
    }

    /// <summary>Takes derivatives at the μ of the last application until the next one.</summary>
    /// <exception cref="InvalidOperationException">There is no derivative; see <see cref="IsDifferentiable"/>.</exception>
    public void TakeUp()
    {
        if (!IsDifferentiable)
        {
            throw new InvalidOperationException("the chain has no elimination plan; allowed: operators with one");
        }

        if (Steps is { } steps)
        {
            _derivative.TakeUp(_meanField, Policy, StateValues, _meanField, steps);
            return;
        }

        _derivative.TakeUp(_meanField, Policy, StateValues, _image);
        _response ??= new LawResponse(Chain.Plan!);
        _response.TakeUp(Chain, _image);
    }

    /// <summary>DΦ(μ) v at the μ taken up. With several recurrent classes each keeps its share of the mass.</summary>
    /// <param name="change">v by state, with sum zero.</param>
    /// <param name="image">Length S, overwritten; must not be the same array.</param>
    /// <exception cref="InvalidGameException">The game is broken near μ.</exception>
    public void Differentiate(double[] change, double[] image)
    {
        _derivative.Apply(change, _policyChange, _flow);
        FindPolicyChange();
        if (Steps is { } steps)
        {
            MoveSteps(change, steps);
            for (var s = 0; s < image.Length; s++)
            {
                image[s] = _moved[s] + _flow[s];
            }

            return;
        }

        MassOfChange(_image);
        PairFlow.Push(Mdp, _pairs, _next);
        for (var s = 0; s < _flow.Length; s++)
        {
            _flow[s] += _next[s];
        }

        _response!.Solve(_flow, image);
    }

    /// <summary>
    /// κ with ‖x‖₁ ≤ κ ‖c‖₁ for x = x P + c, Σ x = Σ c = 0, at the μ taken up: twice the longest expected passage to one state. Infinite with
    /// several recurrent classes, and where M is finite of no use.
    /// </summary>
    public double Sensitivity() => _response is null ? 0 : 2 * _response.LongestPassage();

    // Of the values returned, whatever ended the search for them, so that their residual bounds the policy's error.
    private void FindPolicy()
    {
        var states = _meanField.Length;
        ActionValues.Compute(Mdp, Chain.Blocks, StateValues, _pairs, 0, states);
        foreach (ref var value in _pairs.AsSpan())
        {
            value /= _temperature;
        }

        LogSoftmax.Normalize(Mdp.Game.PairOffsets, 0, states, _pairs, Policy, _next);
    }

    // From r + γ P V to π dlog π, in place.
    private void FindPolicyChange()
    {
        var offsets = Mdp.Game.PairOffsets;
        var largest = 0.0;
        for (var s = 0; s < _rewardChange.Length; s++)
        {
            var sum = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                sum += Policy[pair] * _policyChange[pair];
            }

            _rewardChange[s] = sum;
            largest = Math.Max(largest, Math.Abs(sum));
        }

        _valueChange.AsSpan().Clear();
        _evaluator.Evaluate(Mdp.Game.Discount, _rewardChange, DerivativeTolerance * largest, _valueChange);
        PairFlow.Expect(Mdp, _valueChange, _pairs);
        for (var s = 0; s < _valueChange.Length; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                var gain = _policyChange[pair] + (Mdp.Game.Discount * _pairs[pair]) - _valueChange[s];
                _policyChange[pair] = Policy[pair] * gain / _temperature;
            }
        }
    }

    private void MoveSteps(double[] change, int steps)
    {
        change.CopyTo(_moved, 0);
        _meanField.CopyTo(_law, 0);
        for (var step = 0; step < steps; step++)
        {
            MassOfChange(_law);
            PairFlow.Push(Mdp, _pairs, _nextLaw);
            PopulationFlow.Push(Chain, _moved, _next);
            for (var s = 0; s < _next.Length; s++)
            {
                _next[s] += _nextLaw[s];
            }

            (_moved, _next) = (_next, _moved);
            PopulationFlow.Push(Chain, _law, _nextLaw);
            (_law, _nextLaw) = (_nextLaw, _law);
        }
    }

    private void MassOfChange(double[] law)
    {
        var offsets = Mdp.Game.PairOffsets;
        for (var s = 0; s < law.Length; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                _pairs[pair] = law[s] * _policyChange[pair];
            }
        }
    }
}
