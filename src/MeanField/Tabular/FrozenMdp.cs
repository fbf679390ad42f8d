using System.Globalization;
using System.Runtime.CompilerServices;
using MeanField.Games;
using MeanField.Numerics;

namespace MeanField.Tabular;

/// <summary>
/// A game at one mean field: an ordinary Markov decision process, rewards over pairs and transition probabilities over the game's stored
/// rows. Owned by one run, which may move it to another mean field; not safe to use while it moves.
/// </summary>
public sealed class FrozenMdp : IChunkedWork
{
    private readonly double[] _meanField;
    private readonly double[] _rewards;
    private readonly double[] _probabilities;

    private FrozenMdp(TabularGame game)
    {
        Game = game;
        _meanField = new double[game.StateCount];
        _rewards = new double[game.PairCount];
        _probabilities =
            game.Coupling == MeanFieldCoupling.RewardsAndTransitions ? [.. game.Probabilities] : game.ProbabilityArray;
    }

    /// <summary>The game.</summary>
    public TabularGame Game { get; }

    /// <summary>μ, length S.</summary>
    public ReadOnlySpan<double> MeanField => _meanField;

    /// <summary>r(s, a, μ), length P.</summary>
    public ReadOnlySpan<double> Rewards => _rewards;

    /// <summary>P(s' | s, a, μ) for the game's stored rows, length E.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>Freezes a game at a mean field.</summary>
    /// <param name="game">The game.</param>
    /// <param name="meanField">Length S, non-negative, summing to one within 1e-9; copied.</param>
    /// <exception cref="ArgumentException">The mean field is not a probability over the states.</exception>
    /// <exception cref="InvalidGameException">The game is broken at this mean field.</exception>
    public static FrozenMdp Create(TabularGame game, ReadOnlySpan<double> meanField)
    {
        CheckMeanField(game, meanField);
        using var alone = new ThreadTeam(1);
        var frozen = new FrozenMdp(game);
        frozen.MoveTo(meanField, alone);
        return frozen;
    }

    /// <summary>Refuses what is no probability over the states of a game.</summary>
    /// <exception cref="ArgumentException">A length, sign or sum is wrong; the message names the state.</exception>
    public static void CheckMeanField(TabularGame game, ReadOnlySpan<double> meanField)
    {
        if (meanField.Length != game.StateCount)
        {
            throw new ArgumentException(
                $"mean field has {meanField.Length} numbers; allowed: {game.StateCount}, one a state"
            );
        }

        var sum = 0.0;
        for (var s = 0; s < meanField.Length; s++)
        {
            if (!(meanField[s] >= 0 && double.IsFinite(meanField[s])))
            {
                throw new ArgumentException(
                    $"mean field at state {game.Source.StateName(s)} is {meanField[s].ToString("R", CultureInfo.InvariantCulture)}; allowed: 0 to 1"
                );
            }

            sum += meanField[s];
        }

        if (!(Math.Abs(sum - 1) <= Policy.SumTolerance))
        {
            throw new ArgumentException(
                $"mean field sums to {sum.ToString("R", CultureInfo.InvariantCulture)}; allowed: 1 within 1E-09"
            );
        }
    }

    /// <summary>Moves to another mean field, without allocation unless the game is broken there.</summary>
    internal void MoveTo(ReadOnlySpan<double> meanField, ThreadTeam team)
    {
        meanField.CopyTo(_meanField);
        team.Run(this, Game.StateCount);
    }

    /// <summary>The numbers of a game whose source has moved on since; its transitions must be the MDP's own.</summary>
    internal void Exchange(StateArchive archive)
    {
        archive.Numbers("meanField", _meanField.AsSpan());
        archive.Numbers("rewards", _rewards.AsSpan());
        archive.Numbers("probabilities", _probabilities.AsSpan());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IChunkedWork.Run(int start, int end)
    {
        var game = Game.Source;
        var offsets = Game.PairOffsets;
        for (var s = start; s < end; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                _rewards[pair] = game.Reward(s, pair - offsets[s], _meanField);
                if (!double.IsFinite(_rewards[pair]))
                {
                    var findings = new List<GameFinding>(1);
                    GameTabulation.CheckReward(
                        game,
                        s,
                        pair - offsets[s],
                        _rewards[pair],
                        "the current mean field",
                        findings
                    );
                    throw new InvalidGameException(findings);
                }
            }
        }

        if (Game.Coupling == MeanFieldCoupling.RewardsAndTransitions)
        {
            UpdateTransitions(start, end);
        }
    }

    private void UpdateTransitions(int start, int end)
    {
        var row = new TransitionRow();
        var offsets = Game.PairOffsets;
        for (var s = start; s < end; s++)
        {
            for (var pair = offsets[s]; pair < offsets[s + 1]; pair++)
            {
                row.Clear();
                Game.Source.AddTransitions(s, pair - offsets[s], _meanField, row);
                CheckedStore(row, s, pair);
            }
        }
    }

    private void CheckedStore(TransitionRow row, int state, int pair)
    {
        var action = pair - Game.PairOffsets[state];
        var findings = new List<GameFinding>();
        GameTabulation.CheckRow(Game.Source, state, action, row, findings);
        var (first, last) = (Game.RowOffsets[pair], Game.RowOffsets[pair + 1]);
        var successors = Game.Successors[first..last];
        _probabilities.AsSpan(first, last - first).Clear();
        foreach (var (successor, probability) in row.Entries)
        {
            var slot = successors.BinarySearch(successor);
            if (slot >= 0)
            {
                _probabilities[first + slot] += probability;
            }
            else if (findings.Count == 0)
            {
                findings.Add(
                    new(
                        GameTabulation.Place(Game.Source, state, action),
                        "names a successor at this mean field that it did not name at the uniform one",
                        "the same successors at every mean field, with probability 0 where unreachable"
                    )
                );
            }
        }

        if (findings.Count > 0)
        {
            throw new InvalidGameException(findings);
        }
    }
}
