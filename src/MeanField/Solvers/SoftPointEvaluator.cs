using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Solvers;

/// <summary>Evaluates policies at their own stationary laws: law, soft values, one-step look-ahead.</summary>
/// <remarks>Owned by one run; not safe for several threads.</remarks>
internal sealed class SoftPointEvaluator : IChunkedWork
{
    private readonly FrozenMdp _mdp;
    private readonly InducedChain _chain;
    private readonly ThreadTeam _team;
    private readonly StationaryLaw _stationaryLaw;
    private readonly PolicyEvaluator _evaluator;
    private readonly double[] _stateValues;
    private readonly double[] _rewards;
    private readonly double[] _gains;
    private readonly double[] _scratch;
    private readonly double _evaluationTolerance;
    private SoftPoint? _point;
    private double _temperature;

    /// <summary>Prepares to evaluate policies of a game.</summary>
    /// <param name="mdp">The game; moved to the law of each policy.</param>
    /// <param name="pattern">The chain's pattern.</param>
    /// <param name="evaluationTolerance">The largest Bellman residual allowed, less where the temperature is low.</param>
    /// <param name="team">Threads.</param>
    public SoftPointEvaluator(FrozenMdp mdp, InducedChain pattern, double evaluationTolerance, ThreadTeam team)
    {
        _mdp = mdp;
        _evaluationTolerance = evaluationTolerance;
        _chain = pattern.Sibling();
        _team = team;
        _stationaryLaw = new StationaryLaw(_chain);
        _evaluator = new PolicyEvaluator(_chain, team);
        _stateValues = new double[mdp.Game.StateCount];
        _rewards = new double[mdp.Game.StateCount];
        _gains = new double[mdp.Game.StateCount];
        _scratch = new double[mdp.Game.StateCount];
    }

    /// <summary>Fills in everything but the logits.</summary>
    /// <param name="point">On entry logits in <see cref="SoftPoint.LogPolicy"/> and a start law in <see cref="SoftPoint.MeanField"/>.</param>
    /// <param name="temperature">η, greater than 0.</param>
    public void Evaluate(SoftPoint point, double temperature)
    {
        (_point, _temperature) = (point, temperature);
        var game = _mdp.Game;
        var offsets = game.PairOffsets;
        LogSoftmax.Normalize(offsets, 0, game.StateCount, point.LogPolicy, point.Probabilities, _scratch);
        _stationaryLaw.Solve(_mdp, point.Probabilities, point.MeanField, _team);
        var rewards = _mdp.Rewards;
        for (var s = 0; s < game.StateCount; s++)
        {
            var sum = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                sum += point.Probabilities[pair] * (rewards[pair] - (temperature * point.LogPolicy[pair]));
            }

            _rewards[s] = sum;
        }

        var tolerance = Math.Min(_evaluationTolerance, 1e-3 * temperature);
        _evaluator.Evaluate(game.Discount, _rewards, tolerance, _stateValues);
        _team.Run(this, game.StateCount);
        var gap = 0.0;
        for (var s = 0; s < game.StateCount; s++)
        {
            gap += point.Weight(s) * _gains[s];
        }

        point.Gap = gap / (1 - game.Discount);
    }

    /// <summary>What the next evaluation depends on beside its arguments.</summary>
    public void Exchange(StateArchive archive)
    {
        _evaluator.Exchange(archive);
        archive.Numbers("stateValues", _stateValues.AsSpan());
    }

    // Action values go to the advantages first.
    void IChunkedWork.Run(int start, int end)
    {
        var point = _point!;
        var offsets = _mdp.Game.PairOffsets;
        var values = point.Advantages;
        ActionValues.Compute(_mdp, _chain.Blocks, _stateValues, values, start, end);
        for (var s = start; s < end; s++)
        {
            var value = _stateValues[s];
            var largest = double.NegativeInfinity;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                largest = Math.Max(largest, values[pair] - value);
            }

            var sum = 0.0;
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                var gain = values[pair] - value;
                sum += Math.Exp((gain - largest) / _temperature);
                values[pair] = gain - (_temperature * point.LogPolicy[pair]);
            }

            _gains[s] = largest + (_temperature * Math.Log(sum));
        }
    }
}
