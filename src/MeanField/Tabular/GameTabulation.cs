using System.Globalization;
using MeanField.Games;

namespace MeanField.Tabular;

/// <summary>Compiles games to sparse rows, collecting everything that is wrong with them on the way.</summary>
public static class GameTabulation
{
    /// <summary>How far the sum of a row of transition probabilities may be from one.</summary>
    public const double RowSumTolerance = 1e-9;

    // Beyond this many the list only grows; a broken formula is usually wrong in every pair.
    private const int MaximumFindings = 1000;

    internal static TabularGame Tabulate(IMeanFieldGame game)
    {
        var findings = new List<GameFinding>();
        if (!(game.Discount > 0 && game.Discount < 1))
        {
            findings.Add(new("discount", $"is {Text(game.Discount)}", "greater than 0 and less than 1"));
        }

        if (game.StateCount < 1)
        {
            throw new InvalidGameException([
                .. findings,
                new GameFinding("game", "has no state", "at least one state"),
            ]);
        }

        var pairOffsets = PairOffsets(game, findings);
        var uniform = new double[game.StateCount];
        Array.Fill(uniform, 1.0 / uniform.Length);
        var keepZeros = game.Coupling == MeanFieldCoupling.RewardsAndTransitions;
        var rowOffsets = new int[pairOffsets[^1] + 1];
        var successors = new List<int>(8 * rowOffsets.Length);
        var probabilities = new List<double>(8 * rowOffsets.Length);
        var row = new TransitionRow();
        for (var s = 0; s < game.StateCount; s++)
        {
            for (var a = 0; a < pairOffsets[s + 1] - pairOffsets[s]; a++)
            {
                row.Clear();
                game.AddTransitions(s, a, uniform, row);
                CheckRow(game, s, a, row, findings);
                Append(row, keepZeros, successors, probabilities);
                rowOffsets[pairOffsets[s] + a + 1] = successors.Count;
                CheckReward(game, s, a, game.Reward(s, a, uniform), "the uniform mean field", findings);
            }
        }

        return findings.Count == 0
            ? new TabularGame(game, pairOffsets, rowOffsets, [.. successors], [.. probabilities])
            : throw new InvalidGameException(findings);
    }

    internal static string Place(IMeanFieldGame game, int state, int action) =>
        $"state {game.StateName(state)}, action {game.ActionName(state, action)}";

    internal static void CheckReward(
        IMeanFieldGame game,
        int state,
        int action,
        double reward,
        string where,
        List<GameFinding> findings
    )
    {
        if (!double.IsFinite(reward) && findings.Count < MaximumFindings)
        {
            findings.Add(new(Place(game, state, action), $"reward is {Text(reward)} at {where}", "a finite number"));
        }
    }

    /// <summary>Checks one row as the game listed it: known successors, probabilities in [0, 1], sum one.</summary>
    internal static void CheckRow(
        IMeanFieldGame game,
        int state,
        int action,
        TransitionRow row,
        List<GameFinding> findings
    )
    {
        if (findings.Count >= MaximumFindings)
        {
            return;
        }

        var sum = 0.0;
        foreach (var (successor, probability) in row.Entries)
        {
            if ((uint)successor >= (uint)game.StateCount)
            {
                findings.Add(
                    new(Place(game, state, action), "names a successor that is no state", "states of the game")
                );
            }

            if (!(probability >= 0 && probability <= 1 + RowSumTolerance))
            {
                findings.Add(
                    new(Place(game, state, action), $"has transition probability {Text(probability)}", "0 to 1")
                );
            }

            sum += probability;
        }

        if (!(Math.Abs(sum - 1) <= RowSumTolerance))
        {
            findings.Add(
                new(
                    Place(game, state, action),
                    $"transition probabilities sum to {Text(sum)}",
                    $"1 within {Text(RowSumTolerance)}"
                )
            );
        }
    }

    private static int[] PairOffsets(IMeanFieldGame game, List<GameFinding> findings)
    {
        var offsets = new int[game.StateCount + 1];
        for (var s = 0; s < game.StateCount; s++)
        {
            var actions = game.ActionCount(s);
            if (actions < 1 && findings.Count < MaximumFindings)
            {
                findings.Add(new($"state {game.StateName(s)}", "has no action", "at least one action"));
            }

            offsets[s + 1] = offsets[s] + Math.Max(0, actions);
        }

        return offsets;
    }

    private static void Append(TransitionRow row, bool keepZeros, List<int> successors, List<double> probabilities)
    {
        var start = successors.Count;
        foreach (var (successor, probability) in row.Entries)
        {
            if (probability == 0 && !keepZeros)
            {
                continue;
            }

            var at = successors.Count;
            while (at > start && successors[at - 1] > successor)
            {
                at--;
            }

            if (at > start && successors[at - 1] == successor)
            {
                probabilities[at - 1] += probability;
            }
            else
            {
                successors.Insert(at, successor);
                probabilities.Insert(at, probability);
            }
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
