using MeanField.Games;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// What a small change v of the mean field, Σ v = 0, changes at a fixed policy π and fixed values V: the action values r(s, a, μ) + γ P(s, a, μ)
/// V, and the flow m (P^π_μ)ⁿ of a fixed population m by way of μ. Rewards by the game's own derivatives where it has them; the rest by finite differences along v, which
/// take four evaluations of the whole game whatever its size.
/// </summary>
/// <remarks>
/// Differences stay within the probabilities: with v = m (τ − τ'), τ and τ' laws, f changes by m/h (f((1 − h) μ + h τ) − f((1 − h) μ + h τ')), and
/// one Richardson step from h and h/2 takes away the error of first order. Exact but for rounding where f is linear in μ.
/// Owned by one run; not safe for several threads.
/// </remarks>
internal sealed class MeanFieldDerivative : IChunkedWork
{
    // Rounding costs 1e-16/h of the size of f, the rest of the Taylor series h².
    private const double StepLength = 1e-5;

    private readonly TabularGame _game;
    private readonly IRewardDerivative? _source;
    private readonly ThreadTeam _team;
    private readonly FrozenMdp _probe;
    private readonly InducedChain _chain;
    private readonly double[] _gain;
    private readonly double[] _loss;
    private double[] _law;
    private double[] _pushed;
    private readonly double[] _expected;
    private readonly KeyValuePair<int, double>[][] _gradients;
    private double[] _meanField = [];
    private double[] _policy = [];
    private double[] _values = [];
    private double[] _population = [];
    private int _steps;

    /// <summary>Prepares derivatives of a game.</summary>
    /// <param name="pattern">The chain's pattern.</param>
    /// <param name="meanField">Any mean field.</param>
    /// <param name="team">Threads for evaluating the game.</param>
    public MeanFieldDerivative(InducedChain pattern, ReadOnlySpan<double> meanField, ThreadTeam team)
    {
        _game = pattern.Game;
        _source = _game.Source as IRewardDerivative;
        _team = team;
        _probe = FrozenMdp.Create(_game, meanField);
        _chain = pattern.Sibling();
        _gain = new double[_game.StateCount];
        _loss = new double[_game.StateCount];
        _law = new double[_game.StateCount];
        _pushed = new double[_game.StateCount];
        _expected = new double[_game.PairCount];
        _gradients = new KeyValuePair<int, double>[_source is null ? 0 : _game.PairCount][];
    }

    private bool MovesTransitions => _game.Coupling == MeanFieldCoupling.RewardsAndTransitions;

    /// <summary>Takes derivatives at a point from here on; its arrays are kept and must not change meanwhile.</summary>
    /// <param name="meanField">μ by state.</param>
    /// <param name="policy">π, one probability a pair.</param>
    /// <param name="stateValues">V by state, up to a number common to all.</param>
    /// <param name="population">m by state, whose flow is looked at.</param>
    /// <param name="steps">n, at least 1.</param>
    public void TakeUp(double[] meanField, double[] policy, double[] stateValues, double[] population, int steps = 1)
    {
        (_meanField, _policy, _values) = (meanField, policy, stateValues);
        (_population, _steps) = (population, steps);
        if (_source is not null && _game.Coupling != MeanFieldCoupling.None)
        {
            _team.Run(this, _game.StateCount);
        }
    }

    /// <summary>The changes for a change of the mean field.</summary>
    /// <param name="change">v by state, with sum zero.</param>
    /// <param name="actionValues">Length P; overwritten.</param>
    /// <param name="flow">Length S; overwritten.</param>
    /// <exception cref="InvalidGameException">The game is broken near the point.</exception>
    public void Apply(ReadOnlySpan<double> change, double[] actionValues, double[] flow)
    {
        actionValues.AsSpan().Clear();
        flow.AsSpan().Clear();
        var size = Split(change);
        if (_game.Coupling == MeanFieldCoupling.None || size == 0)
        {
            return;
        }

        if (MovesTransitions || _source is null)
        {
            AddDifference(StepLength / 2, 4 * size / StepLength, actionValues, flow);
            AddDifference(StepLength, -size / StepLength, actionValues, flow);
        }

        if (_source is not null)
        {
            AddGradients(change, actionValues);
        }
    }

    void IChunkedWork.Run(int start, int end)
    {
        var row = new GradientRow();
        var offsets = _game.PairOffsets;
        for (var s = start; s < end; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                row.Clear();
                _source!.AddRewardDerivatives(s, pair - offsets[s], _meanField, row);
                if (_gradients[pair]?.Length != row.Entries.Count)
                {
                    _gradients[pair] = new KeyValuePair<int, double>[row.Entries.Count];
                }

                for (var i = 0; i < row.Entries.Count; i++)
                {
                    _gradients[pair][i] = row.Entries[i];
                }
            }
        }
    }

    // The laws τ and τ' that a change moves mass to and from, and how much; 0 where there is no change.
    private double Split(ReadOnlySpan<double> change)
    {
        var (gained, lost) = (0.0, 0.0);
        for (var s = 0; s < change.Length; s++)
        {
            _gain[s] = Math.Max(0, change[s]);
            _loss[s] = Math.Max(0, -change[s]);
            gained += _gain[s];
            lost += _loss[s];
        }

        if (!(gained > 0 && lost > 0))
        {
            return 0;
        }

        for (var s = 0; s < change.Length; s++)
        {
            _gain[s] /= gained;
            _loss[s] /= lost;
        }

        return 0.5 * (gained + lost);
    }

    private void AddDifference(double step, double factor, double[] actionValues, double[] flow)
    {
        AddAt(_gain, step, factor, actionValues, flow);
        AddAt(_loss, step, -factor, actionValues, flow);
    }

    private void AddAt(double[] target, double step, double factor, double[] actionValues, double[] flow)
    {
        for (var s = 0; s < _law.Length; s++)
        {
            _law[s] = ((1 - step) * _meanField[s]) + (step * target[s]);
        }

        _probe.MoveTo(_law, _team);
        if (_source is null)
        {
            for (var pair = 0; pair < actionValues.Length; pair++)
            {
                actionValues[pair] += factor * _probe.Rewards[pair];
            }
        }

        if (!MovesTransitions)
        {
            return;
        }

        PairFlow.Expect(_probe, _values, _expected);
        for (var pair = 0; pair < actionValues.Length; pair++)
        {
            actionValues[pair] += factor * _game.Discount * _expected[pair];
        }

        _chain.Update(_probe, _policy, _team);
        _population.CopyTo(_law, 0);
        for (var n = 0; n < _steps; n++)
        {
            PopulationFlow.Push(_chain, _law, _pushed);
            (_law, _pushed) = (_pushed, _law);
        }

        for (var s = 0; s < flow.Length; s++)
        {
            flow[s] += factor * _law[s];
        }
    }

    private void AddGradients(ReadOnlySpan<double> change, double[] actionValues)
    {
        for (var pair = 0; pair < actionValues.Length; pair++)
        {
            foreach (var (state, derivative) in _gradients[pair])
            {
                actionValues[pair] += derivative * change[state];
            }
        }
    }
}
