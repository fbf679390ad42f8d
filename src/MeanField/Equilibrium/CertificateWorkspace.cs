using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Equilibrium;

/// <summary>
/// Computes certificates of one game again and again, starting each from the values of the one before. The values are guesses; what ends up
/// in a certificate comes from their residuals alone.
/// </summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class CertificateWorkspace
{
    private const double UnitRoundoff = 1.1102230246251565e-16;

    // Of the largest reward over 1 − γ: far below any tolerance one asks for, above what rounding allows.
    private const double RelativeTolerance = 1e-14;

    private readonly TabularGame _game;
    private readonly ThreadTeam _team;
    private readonly InducedChain _chain;
    private readonly PolicyEvaluator _evaluator;
    private readonly BestResponse _bestResponse;
    private readonly StationaryLaw _stationaryLaw;
    private readonly double[] _rewards;
    private readonly double[] _pushed;
    private readonly double[] _policyValues;
    private readonly double[] _softPolicyValues;
    private readonly double[] _optimalValues;
    private readonly double[] _softOptimalValues;
    private readonly double[] _relativePolicyValues;
    private readonly double[] _relativeOptimalValues;
    private bool _hasGuess;

    public CertificateWorkspace(InducedChain pattern, ThreadTeam team)
    {
        _game = pattern.Game;
        _team = team;
        _chain = pattern.Sibling();
        _evaluator = new PolicyEvaluator(_chain, team);
        _bestResponse = new BestResponse(pattern, team);
        _stationaryLaw = new StationaryLaw(_chain);
        _rewards = new double[_game.StateCount];
        _pushed = new double[_game.StateCount];
        _policyValues = new double[_game.StateCount];
        _softPolicyValues = new double[_game.StateCount];
        _optimalValues = new double[_game.StateCount];
        _softOptimalValues = new double[_game.StateCount];
        _relativePolicyValues = new double[_game.StateCount];
        _relativeOptimalValues = new double[_game.StateCount];
    }

    /// <summary>Σ_s μ(s) V^π(s) of the last certificate, as computed.</summary>
    public double PolicyValue { get; private set; }

    /// <summary>The same with soft values; equal where the temperature is 0.</summary>
    public double SoftPolicyValue { get; private set; }

    /// <summary>Finds the stationary law of a policy from a start law and certifies the pair.</summary>
    /// <param name="mdp">A frozen game to be moved; left at the law found.</param>
    /// <param name="policy">π, one probability a pair.</param>
    /// <param name="temperature">η.</param>
    /// <param name="meanField">On entry a start law, on return the stationary law.</param>
    /// <param name="cancellation">Looked at between evaluations.</param>
    /// <exception cref="OperationCanceledException">The caller wants it to stop; the workspace stays usable.</exception>
    public Certificate CertifyAtStationaryLaw(
        FrozenMdp mdp,
        double[] policy,
        double temperature,
        double[] meanField,
        CancellationToken cancellation
    )
    {
        _stationaryLaw.Solve(mdp, policy, meanField, _team);
        return Certify(mdp, policy, temperature, cancellation);
    }

    /// <summary>Certifies a policy at the mean field where the game is frozen.</summary>
    public Certificate Certify(
        FrozenMdp mdp,
        double[] policy,
        double temperature,
        CancellationToken cancellation = default
    )
    {
        _chain.Update(mdp, policy, _team);
        var tolerance = Tolerance(mdp, temperature);
        Evaluate(mdp, policy, 0, tolerance, _policyValues);
        if (!_hasGuess)
        {
            _policyValues.CopyTo(_softPolicyValues, 0);
            _policyValues.CopyTo(_optimalValues, 0);
        }

        _bestResponse.Solve(mdp, 0, tolerance, _optimalValues, cancellation);
        var (exploitability, rounding) = Bound(mdp, policy, 0, _optimalValues, _policyValues);
        var regularized = exploitability;
        if (temperature > 0)
        {
            Evaluate(mdp, policy, temperature, tolerance, _softPolicyValues);
            if (!_hasGuess)
            {
                _softPolicyValues.CopyTo(_softOptimalValues, 0);
            }

            _bestResponse.Solve(mdp, temperature, tolerance, _softOptimalValues, cancellation);
            (regularized, var softRounding) = Bound(mdp, policy, temperature, _softOptimalValues, _softPolicyValues);
            rounding = Math.Max(rounding, softRounding);
        }

        PolicyValue = Expectation(mdp.MeanField, _policyValues);
        SoftPolicyValue = temperature > 0 ? Expectation(mdp.MeanField, _softPolicyValues) : PolicyValue;
        _hasGuess = double.IsFinite(regularized.Upper) && double.IsFinite(exploitability.Upper);
        return new Certificate
        {
            Exploitability = exploitability,
            RegularizedExploitability = regularized,
            Temperature = temperature,
            StationarityResidual = StationarityResidual(mdp.MeanField),
            RecurrentClasses = ChainStructure.Find(_chain).RecurrentClasses,
            EntropyBiasBound = temperature * Math.Log(_game.MaximumActionCount) / (1 - _game.Discount),
            RoundingSlack = rounding,
        };
    }

    /// <summary>The guesses that the next certificate starts from.</summary>
    public void Exchange(StateArchive archive)
    {
        _evaluator.Exchange(archive);
        _bestResponse.Exchange(archive);
        archive.Numbers("policyValues", _policyValues.AsSpan());
        archive.Numbers("softPolicyValues", _softPolicyValues.AsSpan());
        archive.Numbers("optimalValues", _optimalValues.AsSpan());
        archive.Numbers("softOptimalValues", _softOptimalValues.AsSpan());
        _hasGuess = archive.Value("hasGuess", _hasGuess);
    }

    private static double Expectation(ReadOnlySpan<double> meanField, double[] values)
    {
        var sum = default(CompensatedSum);
        for (var s = 0; s < values.Length; s++)
        {
            sum.Add(meanField[s] * values[s]);
        }

        return sum.Value;
    }

    private static double Tolerance(FrozenMdp mdp, double temperature)
    {
        var scale = temperature * Math.Log(mdp.Game.MaximumActionCount);
        foreach (var reward in mdp.Rewards)
        {
            scale = Math.Max(scale, Math.Abs(reward));
        }

        return RelativeTolerance * scale / (1 - mdp.Game.Discount);
    }

    // Σ μ (V* − V^π): what the guesses say, widened by what their residuals leave open and by the rounding of this sum.
    private (Interval Bound, double Rounding) Bound(
        FrozenMdp mdp,
        double[] policy,
        double temperature,
        double[] optimalValues,
        double[] policyValues
    )
    {
        var shift = 0.5 * (policyValues.Min() + policyValues.Max());
        for (var s = 0; s < policyValues.Length; s++)
        {
            _relativePolicyValues[s] = policyValues[s] - shift;
            _relativeOptimalValues[s] = optimalValues[s] - shift;
        }

        var ofPolicy = BellmanResidual.OfPolicy(mdp, policy, temperature, shift, _relativePolicyValues);
        var ofOptimum = BellmanResidual.OfOptimum(mdp, temperature, shift, _relativeOptimalValues);
        var (sum, mass, magnitude) = (default(CompensatedSum), default(CompensatedSum), 0.0);
        for (var s = 0; s < policyValues.Length; s++)
        {
            var weight = mdp.MeanField[s];
            sum.Add(weight * (_relativeOptimalValues[s] - _relativePolicyValues[s]));
            mass.Add(weight);
            magnitude += weight * (Math.Abs(_relativeOptimalValues[s]) + Math.Abs(_relativePolicyValues[s]));
        }

        var rounding = 4 * UnitRoundoff * magnitude;
        var lower = sum.Value + (mass.Value * (ofOptimum.Error.Lower - ofPolicy.Error.Upper)) - rounding;
        var upper = sum.Value + (mass.Value * (ofOptimum.Error.Upper - ofPolicy.Error.Lower)) + rounding;
        return double.IsNaN(lower) || double.IsNaN(upper)
            ? (new Interval(0, double.PositiveInfinity), double.PositiveInfinity)
            : (new Interval(Math.Max(0, lower), Math.Max(0, upper)), ofOptimum.Rounding + ofPolicy.Rounding + rounding);
    }

    private void Evaluate(FrozenMdp mdp, double[] policy, double temperature, double tolerance, double[] stateValues)
    {
        for (var s = 0; s < _game.StateCount; s++)
        {
            var reward = 0.0;
            for (var pair = _game.PairOffsets[s]; pair < _game.PairOffsets[s + 1]; pair++)
            {
                var entropy = temperature > 0 && policy[pair] > 0 ? temperature * Math.Log(policy[pair]) : 0;
                reward += policy[pair] * (mdp.Rewards[pair] - entropy);
            }

            _rewards[s] = reward;
        }

        _evaluator.Evaluate(_game.Discount, _rewards, tolerance, stateValues);
    }

    private double StationarityResidual(ReadOnlySpan<double> meanField)
    {
        PopulationFlow.Push(_chain, meanField, _pushed);
        return PopulationFlow.Distance(_pushed, meanField);
    }
}
