using System.Runtime.CompilerServices;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// The inner loop of exact MF-TRPO on the MDP frozen at a mean field: evaluate π_l exactly, look one step ahead, take the trust-region step.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads. An inner iteration allocates nothing.</remarks>
internal sealed class PolicyOptimizer
{
    private readonly FrozenMdp _mdp;
    private readonly MfTrpoOptions _options;
    private readonly ThreadTeam _team;
    private readonly PolicyEvaluator _evaluator;
    private readonly ExpectedRewards _expectedRewards;
    private readonly LookAhead _lookAhead;
    private readonly Step _step;
    private readonly Func<double, double> _takeTrial;
    private readonly double[] _stateValues;
    private readonly double[] _rewards;
    private readonly double[] _actionValues;
    private readonly double[] _visits;
    private readonly double[] _scratch;
    private double[] _logPolicy;
    private double[] _nextLogPolicy;

    public PolicyOptimizer(FrozenMdp mdp, InducedChain pattern, MfTrpoOptions options, ThreadTeam team)
    {
        _mdp = mdp;
        _options = options;
        _team = team;
        Chain = pattern.Sibling();
        _evaluator = new PolicyEvaluator(Chain, team);
        var (states, pairs) = (mdp.Game.StateCount, mdp.Game.PairCount);
        _stateValues = new double[states];
        _rewards = new double[states];
        _visits = new double[states];
        _scratch = new double[states];
        _actionValues = new double[pairs];
        _logPolicy = new double[pairs];
        _nextLogPolicy = new double[pairs];
        Probabilities = new double[pairs];
        _expectedRewards = new ExpectedRewards(this);
        _lookAhead = new LookAhead(this);
        _step = new Step(this);
        _takeTrial = TakeTrial;
        RestartFromUniform();
    }

    /// <summary>π, one probability a pair.</summary>
    public double[] Probabilities { get; }

    /// <summary>log π, one number a pair, finite also where the probability is too small for a double.</summary>
    public ReadOnlySpan<double> LogProbabilities => _logPolicy;

    /// <summary>P^π_μ as of the last <see cref="UpdateChain"/> or <see cref="Iterate"/>.</summary>
    public InducedChain Chain { get; }

    /// <summary>Q of the last look-ahead, one number a pair.</summary>
    public ReadOnlySpan<double> LastActionValues => _actionValues;

    /// <summary>t of the last step.</summary>
    public double StepSize { get; private set; }

    /// <summary>The mean KL(π_{l+1} ‖ π_l) of the last step that was measured, in nats.</summary>
    public double PolicyKl { get; private set; }

    /// <summary>The largest Bellman residual of the last evaluation.</summary>
    public double EvaluationResidual { get; private set; }

    /// <summary>Sets π to the uniform policy.</summary>
    public void RestartFromUniform()
    {
        _logPolicy.AsSpan().Clear();
        LogSoftmax.Normalize(_mdp.Game.PairOffsets, 0, _mdp.Game.StateCount, _logPolicy, Probabilities, _scratch);
    }

    /// <summary>Sets π.</summary>
    /// <param name="logProbabilities">log π, one finite number a pair.</param>
    public void StartFrom(ReadOnlySpan<double> logProbabilities)
    {
        logProbabilities.CopyTo(_logPolicy);
        LogSoftmax.Normalize(_mdp.Game.PairOffsets, 0, _mdp.Game.StateCount, _logPolicy, Probabilities, _scratch);
    }

    /// <summary>Brings <see cref="Chain"/> up to date with π and μ.</summary>
    public void UpdateChain() => Chain.Update(_mdp, Probabilities, _team);

    /// <summary>One inner iteration, from π_l to π_{l+1}.</summary>
    /// <param name="iteration">l, from 0 in each outer iteration.</param>
    /// <param name="measureKl">Whether to measure <see cref="PolicyKl"/>, which costs one more linear solve.</param>
    public void Iterate(int iteration, bool measureKl)
    {
        var states = _mdp.Game.StateCount;
        UpdateChain();
        _team.Run(_expectedRewards, states);
        EvaluationResidual = _evaluator.Evaluate(
            _mdp.Game.Discount,
            _rewards,
            _options.EvaluationTolerance,
            _stateValues
        );
        if (measureKl || _options.StepRule == StepRule.KlRadius)
        {
            _evaluator.Visits(_mdp.Game.Discount, _mdp.MeanField, _visits);
        }

        _team.Run(_lookAhead, states);
        if (_options.StepRule == StepRule.KlRadius)
        {
            KlRadiusSearch.TakeLargest(_options, StepSize, StepSizeByRule(0), _takeTrial);
        }
        else
        {
            Take(StepSizeByRule(iteration));
        }

        PolicyKl = measureKl || _options.StepRule == StepRule.KlRadius ? MeanKl() : PolicyKl;
        (_logPolicy, _nextLogPolicy) = (_nextLogPolicy, _logPolicy);
    }

    /// <summary>What the next inner iteration depends on, and the last step.</summary>
    public void Exchange(StateArchive archive)
    {
        _evaluator.Exchange(archive);
        archive.Numbers("stateValues", _stateValues.AsSpan());
        archive.Numbers("logPolicy", _logPolicy.AsSpan());
        archive.Numbers("probabilities", Probabilities.AsSpan());
        StepSize = archive.Value("stepSize", StepSize);
        PolicyKl = archive.Value("policyKl", PolicyKl);
    }

    private double StepSizeByRule(int iteration)
    {
        var (temperature, constant, discount) = (_options.Temperature, _options.StepConstant, _mdp.Game.Discount);
        var span = temperature > 0 ? 0 : RewardSpan();
        return _options.StepRule == StepRule.Constant
            ? TrustRegionStep.ConstantStepSize(temperature, constant, discount, span)
            : TrustRegionStep.PaperStepSize(iteration, temperature, constant, discount, span);
    }

    private double RewardSpan()
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var reward in _mdp.Rewards)
        {
            smallest = Math.Min(smallest, reward);
            largest = Math.Max(largest, reward);
        }

        return largest - smallest;
    }

    // From log π_l in _logPolicy to log π_{l+1} in _nextLogPolicy, and its probabilities.
    private void Take(double stepSize)
    {
        StepSize = stepSize;
        _team.Run(_step, _mdp.Game.StateCount);
    }

    private double TakeTrial(double stepSize)
    {
        Take(stepSize);
        return MeanKl();
    }

    // Σ_s d(s) KL(π_{l+1}(·|s) ‖ π_l(·|s)) with d = (1 − γ) μ (I − γ P^{π_l})⁻¹.
    private double MeanKl()
    {
        var offsets = _mdp.Game.PairOffsets;
        var sum = 0.0;
        for (var s = 0; s < _visits.Length; s++)
        {
            var divergence = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                divergence += Probabilities[pair] * (_nextLogPolicy[pair] - _logPolicy[pair]);
            }

            sum += _visits[s] * Math.Max(0, divergence);
        }

        return (1 - _mdp.Game.Discount) * sum;
    }

    // r^π(s) = Σ_a π(a|s) (r(s, a, μ) − η log π(a|s)).
    private sealed class ExpectedRewards(PolicyOptimizer owner) : IChunkedWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int start, int end)
        {
            var offsets = owner._mdp.Game.PairOffsets;
            var rewards = owner._mdp.Rewards;
            var temperature = owner._options.Temperature;
            var policy = owner.Probabilities;
            var logPolicy = owner._logPolicy;
            var expected = owner._rewards;
            for (var s = start; s < end; s++)
            {
                var sum = 0.0;
                for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
                {
                    sum += policy[pair] * (rewards[pair] - (temperature * logPolicy[pair]));
                }

                expected[s] = sum;
            }
        }
    }

    private sealed class LookAhead(PolicyOptimizer owner) : IChunkedWork
    {
        public void Run(int start, int end) =>
            ActionValues.Compute(owner._mdp, owner.Chain.Blocks, owner._stateValues, owner._actionValues, start, end);
    }

    private sealed class Step(PolicyOptimizer owner) : IChunkedWork
    {
        public void Run(int start, int end)
        {
            var offsets = owner._mdp.Game.PairOffsets;
            TrustRegionStep.Apply(
                offsets,
                start,
                end,
                owner._options.Temperature,
                owner.StepSize,
                owner._logPolicy,
                owner._actionValues,
                owner._stateValues,
                owner._nextLogPolicy
            );
            LogSoftmax.Normalize(offsets, start, end, owner._nextLogPolicy, owner.Probabilities, owner._scratch);
        }
    }
}
