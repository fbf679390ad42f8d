using MeanField.Numerics;
using MeanField.Tabular;

namespace MeanField.Markov;

/// <summary>
/// Optimal values of the MDP frozen at a mean field, hard (η = 0) or soft, by policy iteration: greedy or softmax policy, exact evaluation,
/// again. It is Newton's method on the Bellman equation and converges quadratically (Puterman and Brumelle, Math. Oper. Res. 4, 1979).
/// </summary>
/// <remarks>Owned by one run; not safe for several threads. What it returns is a guess to be certified by its residual.</remarks>
internal sealed class BestResponse : IChunkedWork
{
    private const int MaximumIterations = 1000;

    // The values grow in every iteration, the residual may rest for a while: on long paths an improvement travels one state a time.
    private const int PatientIterations = 30;

    private readonly ThreadTeam _team;
    private readonly InducedChain _chain;
    private readonly PolicyEvaluator _evaluator;
    private readonly double[] _actionValues;
    private readonly double[] _policy;
    private readonly double[] _rewards;
    private readonly double[] _residuals;
    private FrozenMdp? _mdp;
    private double[] _stateValues = [];
    private double _temperature;

    public BestResponse(InducedChain pattern, ThreadTeam team)
    {
        _team = team;
        _chain = pattern.Sibling();
        _evaluator = new PolicyEvaluator(_chain, team);
        var game = pattern.Game;
        _actionValues = new double[game.PairCount];
        _policy = new double[game.PairCount];
        _rewards = new double[game.StateCount];
        _residuals = new double[game.StateCount];
    }

    /// <summary>The greedy or softmax policy of the last values looked at, one probability a pair.</summary>
    public ReadOnlySpan<double> Policy => _policy;

    /// <summary>Improves a guess of the optimal values until their Bellman residual is at most the tolerance or no longer shrinks.</summary>
    /// <param name="mdp">The game at μ.</param>
    /// <param name="temperature">η, zero or more.</param>
    /// <param name="tolerance">The residual wanted, in the unit of rewards.</param>
    /// <param name="stateValues">V by state: a guess on entry, the optimal values on return.</param>
    /// <param name="cancellation">Looked at once an iteration.</param>
    /// <exception cref="OperationCanceledException">The caller wants it to stop.</exception>
    public void Solve(
        FrozenMdp mdp,
        double temperature,
        double tolerance,
        double[] stateValues,
        CancellationToken cancellation = default
    )
    {
        _mdp = mdp;
        _temperature = temperature;
        _stateValues = stateValues;
        var smallest = double.PositiveInfinity;
        var withoutProgress = 0;
        for (var n = 0; n < MaximumIterations && withoutProgress < PatientIterations; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            _team.Run(this, mdp.Game.StateCount);
            var residual = 0.0;
            foreach (var r in _residuals)
            {
                residual = Math.Max(residual, Math.Abs(r));
            }

            if (residual <= tolerance)
            {
                return;
            }

            withoutProgress = residual < 0.99 * smallest ? 0 : withoutProgress + 1;
            smallest = Math.Min(smallest, residual);
            _chain.Update(mdp, _policy, _team);
            _evaluator.Evaluate(mdp.Game.Discount, _rewards, tolerance / 4, stateValues);
        }
    }

    /// <summary>What the next search depends on beside its arguments.</summary>
    public void Exchange(StateArchive archive) => _evaluator.Exchange(archive);

    // The greedy or softmax policy of the current values, its expected rewards, and the Bellman residual it leaves.
    void IChunkedWork.Run(int start, int end)
    {
        ActionValues.Compute(_mdp!, _chain.Blocks, _stateValues, _actionValues, start, end);
        var offsets = _mdp!.Game.PairOffsets;
        for (var s = start; s < end; s++)
        {
            var values = _actionValues.AsSpan(offsets[s]..offsets[s + 1]);
            var policy = _policy.AsSpan(offsets[s], values.Length);
            var rewards = _mdp.Rewards.Slice(offsets[s], values.Length);
            var optimal = _temperature > 0 ? Soft(values, rewards, policy, s) : Greedy(values, rewards, policy, s);
            _residuals[s] = optimal - _stateValues[s];
        }
    }

    private double Greedy(ReadOnlySpan<double> values, ReadOnlySpan<double> rewards, Span<double> policy, int state)
    {
        var best = 0;
        for (var a = 1; a < values.Length; a++)
        {
            best = values[a] > values[best] ? a : best;
        }

        policy.Clear();
        policy[best] = 1;
        _rewards[state] = rewards[best];
        return values[best];
    }

    private double Soft(ReadOnlySpan<double> values, ReadOnlySpan<double> rewards, Span<double> policy, int state)
    {
        var largest = values[0];
        for (var a = 1; a < values.Length; a++)
        {
            largest = Math.Max(largest, values[a]);
        }

        var sum = 0.0;
        for (var a = 0; a < values.Length; a++)
        {
            policy[a] = Math.Exp((values[a] - largest) / _temperature);
            sum += policy[a];
        }

        var logSum = Math.Log(sum);
        var reward = 0.0;
        for (var a = 0; a < values.Length; a++)
        {
            var logProbability = ((values[a] - largest) / _temperature) - logSum;
            policy[a] /= sum;
            reward += policy[a] * (rewards[a] - (_temperature * logProbability));
        }

        _rewards[state] = reward;
        return largest + (_temperature * logSum);
    }
}
