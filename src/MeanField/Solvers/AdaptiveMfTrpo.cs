using MeanField.Numerics;
using MeanField.Solvers.Updates;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>
/// MF-TRPO without anything to tune (ours). It takes the paper's trust-region steps on the policy, and three things choose themselves: the step size
/// of each pair, by whether the last step made the gap smaller; the direction, by Anderson mixing of the last steps; and the temperature, which falls from
/// a tenth of the span of returns until the tolerance is met. The population stands at the stationary law of each policy (M → ∞, β = 1).
/// </summary>
/// <remarks>
/// That the population follows at once is safe because the trust region bounds how far it can go, and the gap of a policy at its own law is
/// what is made smaller. Near an equilibrium of the game without entropy, policy and not population is the variable to iterate on: the soft best response
/// to a population turns a rounding error in it into one 1/η times as large. Where such steps do not make the gap smaller any more, the equations are solved by
/// Newton's method from the last temperature that had settled; where that leads nowhere either, a solve ends as stalled. Not safe for several threads; it makes its own.
/// </remarks>
public sealed class AdaptiveMfTrpo : IterativeSolver
{
    private const double FirstTemperature = 0.1;
    private const double FirstCooling = 0.3;
    private const double SlowestCooling = 0.95;

    // The gap, in temperatures, at which a temperature has served. Smaller gaps are paid for again at the next one.
    private const double SettledGap = 0.1;
    private const int MostStepsATemperature = 400;
    private const double FirstInteraction = 0.1;
    private const double MostInteraction = 1e4;
    private const double SmallIncrease = 1.05;
    private const double SmallestWeight = 1e-12;

    private readonly AdaptiveMfTrpoOptions _options;
    private readonly SoftPointEvaluator _evaluator;
    private readonly AndersonMemory? _memory;
    private readonly NewtonRescue _rescue;
    private readonly double[] _change;
    private readonly double[] _weights;
    private readonly double[] _settledLogPolicy;
    private readonly double[] _settledMeanField;
    private readonly double _returnSpan;
    private SoftPoint _point;
    private SoftPoint _trial;
    private double _temperature;
    private double _settledTemperature;
    private double _cooling = FirstCooling;
    private double _interaction;
    private double _gapBefore;
    private int _stepsHere;
    private bool _isEvaluated;

    /// <summary>Prepares a solve from the uniform policy and its stationary law.</summary>
    /// <param name="game">The game.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Threads, clock, progress, cancellation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its documented range.</exception>
    public AdaptiveMfTrpo(TabularGame game, AdaptiveMfTrpoOptions options, SolveContext context)
        : base(game, options, options.Temperature, context)
    {
        _options = options;
        _point = new SoftPoint(game.StateCount, game.PairCount);
        _trial = new SoftPoint(game.StateCount, game.PairCount);
        Array.Fill(_point.MeanField, 1.0 / game.StateCount);
        for (var s = 0; s < game.StateCount; s++)
        {
            var row = game.PairOffsets[s]..game.PairOffsets[s + 1];
            _point.Probabilities.AsSpan(row).Fill(1.0 / (game.PairOffsets[s + 1] - game.PairOffsets[s]));
        }

        _change = new double[game.PairCount];
        _weights = new double[game.PairCount];
        _settledLogPolicy = new double[game.PairCount];
        _settledMeanField = [.. _point.MeanField];
        _memory = options.Memory > 0 ? new AndersonMemory(game.PairCount, options.Memory) : null;
        var mdp = FrozenMdp.Create(game, _point.MeanField);
        _returnSpan = ReturnSpan(mdp);
        _temperature = Math.Max(options.Temperature, FirstTemperature * _returnSpan);
        _settledTemperature = 10 * _temperature;
        _interaction = FirstInteraction * _returnSpan;
        _rescue = new NewtonRescue(Pattern, options.Temperature, Team, Stop);
        _evaluator = new SoftPointEvaluator(mdp, Pattern, options.EvaluationTolerance, Team);
    }

    /// <inheritdoc />
    public override ReadOnlySpan<double> MeanField => _rescue.IsUnderWay ? _rescue.Current.MeanField : _point.MeanField;

    private protected override double[] Probabilities =>
        _rescue.IsUnderWay ? _rescue.Current.Policy : _point.Probabilities;

    /// <summary>Solves a game from start to end.</summary>
    /// <inheritdoc cref="AdaptiveMfTrpo(TabularGame, AdaptiveMfTrpoOptions, SolveContext)" path="/param|/exception" />
    /// <exception cref="Games.InvalidGameException">The game turned out broken at a mean field that was met.</exception>
    public static Solution Solve(TabularGame game, AdaptiveMfTrpoOptions options, SolveContext context)
    {
        using var solver = new AdaptiveMfTrpo(game, options, context);
        return solver.Run();
    }

    // Ends with a settled temperature, which is when a score is worth its price, or after so many steps.
    private protected override bool Advance(bool isScored, out OuterStep step, out SolveStatus? ending)
    {
        (step, ending) = (default, null);
        if (!_isEvaluated)
        {
            _evaluator.Evaluate(_point, _temperature);
            _isEvaluated = true;
        }

        for (var n = 0; n < _options.InnerIterations; n++)
        {
            if (Stop.Reason is not null)
            {
                return false;
            }

            if (_rescue.IsUnderWay)
            {
                if (!_rescue.TryMove(out step))
                {
                    EndRescue();
                }
                else if (_rescue.IsSettled)
                {
                    break;
                }

                continue;
            }

            if (_point.Gap <= GapWanted)
            {
                if (n > 0 || _temperature <= _options.Temperature)
                {
                    break;
                }

                Cool();
            }
            else if (IsStuck && _rescue.IsPossible)
            {
                _rescue.Begin(_settledTemperature, _settledLogPolicy, _settledMeanField);
                continue;
            }
            else if (IsStuck && _cooling < SlowestCooling)
            {
                GoBack();
            }

            step = Improve() ?? step;
            _stepsHere++;
        }

        return true;
    }

    private protected override void Exchange(StateArchive archive)
    {
        archive.Numbers("logPolicy", _point.LogPolicy.AsSpan());
        archive.Numbers("probabilities", _point.Probabilities.AsSpan());
        archive.Numbers("population", _point.MeanField.AsSpan());
        archive.Numbers("advantages", _point.Advantages.AsSpan());
        _point.Gap = archive.Value("gap", _point.Gap);
        archive.Numbers("settledLogPolicy", _settledLogPolicy.AsSpan());
        archive.Numbers("settledPopulation", _settledMeanField.AsSpan());
        _temperature = archive.Value("temperature", _temperature);
        _settledTemperature = archive.Value("settledTemperature", _settledTemperature);
        _cooling = archive.Value("cooling", _cooling);
        _interaction = archive.Value("interaction", _interaction);
        _gapBefore = archive.Value("gapBefore", _gapBefore);
        _stepsHere = archive.Value("stepsHere", _stepsHere);
        _isEvaluated = archive.Value("isEvaluated", _isEvaluated);
        _evaluator.Exchange(archive);
        _memory?.Exchange(archive);
        _rescue.Exchange(archive, _settledTemperature, _settledLogPolicy, _settledMeanField);
    }

    private protected override string Advice(ScoreBoard scores) =>
        _memory is null
            ? "Try memory=15."
            : "Try solver proximal-point, which takes small steps to the game itself, or a temperature above 0, whose answer is easier to find and costs what its exploitability without entropy says.";

    private double GapWanted =>
        _temperature > _options.Temperature
            ? SettledGap * _temperature
            : Math.Min(SettledGap * _temperature, 0.1 * _options.Tolerance);

    private static double ReturnSpan(FrozenMdp mdp)
    {
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var reward in mdp.Rewards)
        {
            smallest = Math.Min(smallest, reward);
            largest = Math.Max(largest, reward);
        }

        var span = (largest - smallest) / (1 - mdp.Game.Discount);
        return span > 0 ? span : 1;
    }

    private bool IsStuck => _stepsHere >= MostStepsATemperature || _interaction >= MostInteraction * _returnSpan;

    private void Cool()
    {
        _point.LogPolicy.CopyTo(_settledLogPolicy, 0);
        _point.MeanField.CopyTo(_settledMeanField, 0);
        _settledTemperature = _temperature;
        _rescue.Renew();
        _cooling = _stepsHere < 50 ? Math.Max(FirstCooling, _cooling * _cooling) : _cooling;
        CoolFromSettled();
    }

    // Where Newton's method does not help: the last temperature that had settled is the nearest safe ground; from there in smaller steps.
    private void GoBack()
    {
        _cooling = Math.Sqrt(_cooling);
        _settledLogPolicy.CopyTo(_point.LogPolicy, 0);
        _settledMeanField.CopyTo(_point.MeanField, 0);
        CoolFromSettled();
    }

    // From the last root onwards by own steps; where there was none, from where they had come to.
    private void EndRescue()
    {
        if (Stop.Reason is null && _rescue.End(ref _settledTemperature, _settledLogPolicy, _settledMeanField))
        {
            _cooling = SlowestCooling;
            _settledLogPolicy.CopyTo(_point.LogPolicy, 0);
            _settledMeanField.CopyTo(_point.MeanField, 0);
            CoolFromSettled();
        }
    }

    private void CoolFromSettled()
    {
        _temperature = Math.Max(_options.Temperature, _cooling * _settledTemperature);
        _interaction = FirstInteraction * _returnSpan;
        _stepsHere = 0;
        _gapBefore = 0;
        _memory?.Clear();
        _evaluator.Evaluate(_point, _temperature);
    }

    // Two steps together must bring something; one alone may go uphill, as the way to an equilibrium is not always down.
    private double LargerOfLastGaps => Math.Max(_point.Gap, _gapBefore);

    // A mixed step if it makes the gap smaller, else a plain one, which may make it a little larger; neither means smaller steps next time.
    private OuterStep? Improve()
    {
        _memory?.Add(_point.LogPolicy, _point.Advantages);
        if (_memory is { Differences: > 1 } memory)
        {
            ProposeMixed(memory);
            Try();
            if (_trial.Gap < LargerOfLastGaps)
            {
                return Accept();
            }

            memory.Restart();
        }

        ScaledTrustRegionStep.Propose(_temperature, _interaction, _point.Probabilities, _point.Advantages, _change);
        Try();
        if (!(_trial.Gap < SmallIncrease * LargerOfLastGaps))
        {
            _interaction = Math.Min(2.5 * _interaction, MostInteraction * _returnSpan);
            return null;
        }

        _interaction *= _trial.Gap < _point.Gap ? 0.7 : 1.2;
        return Accept();
    }

    // Residuals count by how often their pair is met.
    private void ProposeMixed(AndersonMemory memory)
    {
        var offsets = Scored.Game.PairOffsets;
        for (var s = 0; s < offsets.Length - 1; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                _weights[pair] = Math.Sqrt((_point.Weight(s) * _point.Probabilities[pair]) + SmallestWeight);
            }
        }

        memory.Combine(_weights, _trial.LogPolicy, _trial.Advantages);
        ScaledTrustRegionStep.Propose(_temperature, _interaction, _point.Probabilities, _trial.Advantages, _change);
        for (var pair = 0; pair < _change.Length; pair++)
        {
            _change[pair] += _trial.LogPolicy[pair];
        }
    }

    private void Try()
    {
        ScaledTrustRegionStep.Apply(_point.LogPolicy, _point.Probabilities, _change, _trial.LogPolicy);
        _point.MeanField.CopyTo(_trial.MeanField, 0);
        _evaluator.Evaluate(_trial, _temperature);
    }

    private OuterStep Accept()
    {
        _gapBefore = _point.Gap;
        (_point, _trial) = (_trial, _point);
        var offsets = Scored.Game.PairOffsets;
        var (populationChange, policyKl) = (0.0, 0.0);
        for (var s = 0; s < offsets.Length - 1; s++)
        {
            var divergence = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                divergence += _point.Probabilities[pair] * (_point.LogPolicy[pair] - _trial.LogPolicy[pair]);
            }

            populationChange += Math.Abs(_point.MeanField[s] - _trial.MeanField[s]);
            policyKl += _trial.MeanField[s] * Math.Max(0, divergence);
        }

        return new OuterStep(populationChange, policyKl, 1 / (_temperature + _interaction), 1);
    }
}
