using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Sampling;
using MeanField.Solvers.Updates;

namespace MeanField.Solvers;

/// <summary>
/// The inner loop on the returns of roll-outs: in each inner iteration trajectories with the current policy, their returns combined into action
/// values, and the trust-region step in the states they drew (MF-TRPO, algorithm 2; Shani et al. 2020, section 5).
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class RolloutImprover : IPolicyImprover
{
    // The value estimate behind the control variate forgets: values of a policy long gone would take out no noise.
    private const double MostMemory = 20;

    private readonly SamplingSession _session;
    private readonly SamplingSettings _settings;
    private readonly ReturnSums _returns;
    private readonly Action? _collect;
    private readonly int[] _offsets;
    private readonly double[] _actionValues;
    private readonly double[] _noStateValues;
    private readonly double[] _scratch;
    private readonly double[] _valueEstimate;
    private readonly double[] _valueWeight;
    private double[] _logPolicy;
    private double[] _nextLogPolicy;
    private int _steps;

    /// <summary>Starts from the uniform policy.</summary>
    /// <param name="session">The session.</param>
    /// <param name="collect">Called after each wave where steps are noted for a model.</param>
    public RolloutImprover(SamplingSession session, Action? collect)
    {
        _session = session;
        _settings = session.Settings;
        _collect = collect;
        _offsets = session.Simulator.PairOffsets;
        _returns = new ReturnSums(_offsets);
        var (states, pairs) = (_offsets.Length - 1, _offsets[^1]);
        _actionValues = new double[pairs];
        _noStateValues = new double[states];
        _scratch = new double[states];
        _valueEstimate = new double[pairs];
        _valueWeight = new double[pairs];
        _logPolicy = new double[pairs];
        _nextLogPolicy = new double[pairs];
        Probabilities = new double[pairs];
        RestartFromUniform();
    }

    public double[] Probabilities { get; }

    public double StepSize { get; private set; }

    public double PolicyKl { get; private set; }

    public (bool IsComplete, SolveStatus? Ending) Improve(
        int outer,
        ReadOnlySpan<double> meanField,
        InnerIterates iterates
    )
    {
        if (!_settings.Exact.WarmStart)
        {
            RestartFromUniform();
        }

        iterates.Begin(meanField);
        for (var l = 0; l < _settings.Exact.InnerIterations; l++)
        {
            TakeUpPolicy();
            _returns.Clear();
            var ending = _session.Improve(outer, l, _settings.Trajectories!.Value, AddWave);
            if (ending is not null)
            {
                return (false, ending);
            }

            AddOccupancy(_scratch);
            iterates.Add(Probabilities, _scratch);
            EstimateActionValues();
            TakeStep(l);
        }

        return (true, null);
    }

    public SolveStatus? MovePopulation(int outer, ReadOnlySpan<double> meanField, Span<double> moved)
    {
        TakeUpPolicy();
        return _session.MoveParticles(outer, moved, _collect);
    }

    public IReadOnlyList<double[]> Occupancies(InnerIterates iterates) => iterates.Occupancies;

    public void Exchange(StateArchive archive)
    {
        archive.Numbers("logPolicy", _logPolicy.AsSpan());
        archive.Numbers("probabilities", Probabilities.AsSpan());
        archive.Numbers("valueEstimate", _valueEstimate.AsSpan());
        archive.Numbers("valueWeight", _valueWeight.AsSpan());
        _steps = archive.Value("steps", _steps);
        StepSize = archive.Value("stepSize", StepSize);
        PolicyKl = archive.Value("policyKl", PolicyKl);
    }

    private void AddWave(int count)
    {
        _returns.Add(_session.Sampler.FirstPairs.AsSpan(0, count), _session.Sampler.Returns.AsSpan(0, count));
        _collect?.Invoke();
    }

    private void RestartFromUniform()
    {
        _logPolicy.AsSpan().Clear();
        LogSoftmax.Normalize(_offsets, 0, _scratch.Length, _logPolicy, Probabilities, _scratch);
    }

    // With values Q̃ for a control variate every step adds Ṽ(s) − Q̃(s, a) to its soft reward, which has mean 0 under π whatever Q̃ is. A state with an
    // action that was never tried goes without: a Q̃ made up for it would add more noise than there was.
    private void TakeUpPolicy()
    {
        var temperature = _settings.Exact.Temperature;
        _session.Policy.Update(Probabilities, _logPolicy, temperature);
        if (!_settings.ControlVariate)
        {
            return;
        }

        for (var s = 0; s < _scratch.Length; s++)
        {
            var row = _offsets[s].._offsets[s + 1];
            if (_valueWeight.AsSpan(row).Contains(0))
            {
                continue;
            }

            var value = 0.0;
            for (var pair = _offsets[s]; pair < _offsets[s + 1]; pair++)
            {
                value += Probabilities[pair] * (_valueEstimate[pair] - (temperature * _logPolicy[pair]));
            }

            for (var pair = _offsets[s]; pair < _offsets[s + 1]; pair++)
            {
                _session.Policy.Bonus[pair] = value - _valueEstimate[pair];
            }
        }
    }

    private void AddOccupancy(double[] occupancy)
    {
        for (var s = 0; s < occupancy.Length; s++)
        {
            occupancy[s] = _returns.StateCount(s);
        }
    }

    // Values relative to the state's: q̂(s, a) − v, v = Σ π (q̂ − η log π) over the actions that have an estimate. Any other action gets η log π,
    // which leaves its logit as it is; so do all actions of a state that was not drawn. With importance weights one roll-out says the same of all
    // actions, which is no estimate: a step on it would draw rarely seen states to the uniform policy, however long the solve.
    private void EstimateActionValues()
    {
        var temperature = _settings.Exact.Temperature;
        var fewest = _settings.Estimator == ActionValueEstimator.Importance ? 2 : 1;
        for (var s = 0; s < _scratch.Length; s++)
        {
            var row = _offsets[s].._offsets[s + 1];
            var values = _actionValues.AsSpan(row);
            if (_returns.StateCount(s) < fewest)
            {
                values.Fill(double.NaN);
            }
            else if (_settings.Estimator == ActionValueEstimator.Importance)
            {
                _returns.Importance(s, values);
            }
            else
            {
                _returns.Means(s, values);
            }

            var (sum, mass) = (0.0, 0.0);
            for (var a = 0; a < values.Length; a++)
            {
                if (!double.IsNaN(values[a]))
                {
                    var probability = Probabilities[row.Start.Value + a];
                    sum += probability * (values[a] - (temperature * _logPolicy[row.Start.Value + a]));
                    mass += probability;
                }

                Remember(row.Start.Value + a);
            }

            for (var a = 0; a < values.Length; a++)
            {
                values[a] =
                    mass > 0 && !double.IsNaN(values[a])
                        ? values[a] - (sum / mass)
                        : temperature * _logPolicy[row.Start.Value + a];
            }
        }
    }

    private void Remember(int pair)
    {
        var count = _returns.Count(pair);
        if (count > 0)
        {
            _valueWeight[pair] = Math.Min(_valueWeight[pair], MostMemory * count) + count;
            _valueEstimate[pair] += count / _valueWeight[pair] * (_returns.Mean(pair) - _valueEstimate[pair]);
        }
    }

    private void TakeStep(int inner)
    {
        var exact = _settings.Exact;
        if (exact.StepRule == StepRule.KlRadius)
        {
            var first = TrustRegionStep.PaperStepSize(
                0,
                exact.Temperature,
                exact.StepConstant,
                _session.Simulator.Model.Discount,
                _session.Simulator.RewardSpan
            );
            KlRadiusSearch.TakeLargest(exact, StepSize, first, Take);
        }
        else
        {
            Take(StepSizeByRule(inner));
        }

        PolicyKl = MeanKl();
        _steps++;
        (_logPolicy, _nextLogPolicy) = (_nextLogPolicy, _logPolicy);
    }

    private double StepSizeByRule(int inner)
    {
        var exact = _settings.Exact;
        var (discount, span) = (_session.Simulator.Model.Discount, _session.Simulator.RewardSpan);
        var constant = TrustRegionStep.ConstantStepSize(exact.Temperature, exact.StepConstant, discount, span);
        if (_settings.Averaging)
        {
            return constant * 2 / (_steps + 3);
        }

        return exact.StepRule == StepRule.Constant
            ? constant
            : TrustRegionStep.PaperStepSize(inner, exact.Temperature, exact.StepConstant, discount, span);
    }

    // From log π_l to log π_{l+1}, and its probabilities; returns the mean KL.
    private double Take(double stepSize)
    {
        StepSize = stepSize;
        TrustRegionStep.Apply(
            _offsets,
            0,
            _scratch.Length,
            _settings.Exact.Temperature,
            stepSize,
            _logPolicy,
            _actionValues,
            _noStateValues,
            _nextLogPolicy
        );
        LogSoftmax.Normalize(_offsets, 0, _scratch.Length, _nextLogPolicy, Probabilities, _scratch);
        return MeanKl();
    }

    // Weighted by how often each state was drawn.
    private double MeanKl()
    {
        var sum = 0.0;
        for (var s = 0; s < _scratch.Length; s++)
        {
            var divergence = 0.0;
            for (var pair = _offsets[s]; pair < _offsets[s + 1]; pair++)
            {
                divergence += Probabilities[pair] * (_nextLogPolicy[pair] - _logPolicy[pair]);
            }

            sum += _returns.StateCount(s) * Math.Max(0, divergence);
        }

        return sum / _returns.Total;
    }
}
