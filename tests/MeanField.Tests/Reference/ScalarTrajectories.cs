using MeanField.Games;
using MeanField.Numerics;
using MeanField.Sampling;

namespace MeanField.Tests.Reference;

/// <summary>
/// Trajectories one after the other, a step at a time, on the random numbers that belong to their number: what the sampler does for 256 at once on
/// several threads.
/// </summary>
internal sealed class ScalarTrajectories
{
    /// <summary>What a simulator answers, by state, action, step and trajectory.</summary>
    public delegate SimulatedStep Answer(int state, int action, int step, ulong trajectory);

    public required TrajectoryPlan Plan { get; init; }

    public required ulong Key { get; init; }

    public required int[] PairOffsets { get; init; }

    public required double[] Policy { get; init; }

    public required double[] Bonus { get; init; }

    public required Answer Simulator { get; init; }

    /// <summary>The answers of a user's simulator, which has the numbers after those of the action to itself.</summary>
    public static Answer Asking(IGenerativeModel model, ulong key, double[] meanField) =>
        (state, action, step, trajectory) =>
        {
            var random = new RandomNumbers(key, step, trajectory, firstDraw: 1);
            return model.Step(state, action, meanField, ref random);
        };

    /// <summary>The answers of a kernel, drawn by a table made for the step with the second number of the step.</summary>
    public static Answer Drawing(IMeanFieldGame game, ulong key, double[] meanField) =>
        (state, action, step, trajectory) =>
        {
            var row = new TransitionRow();
            game.AddTransitions(state, action, meanField, row);
            var entries = row
                .Entries.GroupBy(entry => entry.Key, entry => entry.Value)
                .Where(group => game.Coupling == MeanFieldCoupling.RewardsAndTransitions || group.Sum() > 0)
                .OrderBy(group => group.Key)
                .ToArray();
            var uniform = Philox.Uniform(Philox.Block(key, (ulong)step << 32, trajectory).Second);
            var next = entries[Draw(uniform, [.. entries.Select(group => group.Sum())])].Key;
            return new SimulatedStep(next, game.Reward(state, action, meanField));
        };

    public ScalarTrajectory Run(ulong trajectory)
    {
        var (drawWords, rollWords) = Philox.Block(Key, 0, trajectory);
        var draws = Plan.HasFixedDraw ? Plan.LongestDraw : Coins(drawWords, Plan.LongestDraw);
        var state = Plan.Start.Draw(Key, trajectory);
        var steps = new List<ObservedStep>();
        for (var n = 0; n < draws; n++)
        {
            Move(isUniform: false);
        }

        if (!Plan.HasRollout)
        {
            return new(FirstPair: -1, Return: 0, state, 1 + draws, RolloutCalls: 0, steps);
        }

        var sum = 0.0;
        var more = Plan.Horizon ?? Coins(rollWords, int.MaxValue);
        for (var t = 0; t <= more; t++)
        {
            var isFree = t == 0 && Plan.HasUniformFirstAction;
            Move(isFree);
            var weight = Plan.Horizon is null ? 1 : Math.Pow(Plan.Discount, t);
            sum += weight * (steps[^1].Reward + (isFree ? 0 : Bonus[steps[^1].Pair]));
        }

        return new(steps[draws].Pair, sum, state, 1 + draws, 1 + more, steps);

        void Move(bool isUniform)
        {
            var step = steps.Count + 1;
            var row = PairOffsets[state]..PairOffsets[state + 1];
            var uniform = Philox.Uniform(Philox.Block(Key, (ulong)step << 32, trajectory).First);
            var action = isUniform ? (int)(uniform * Policy[row].Length) : Draw(uniform, Policy[row]);
            var (next, reward) = Simulator(state, action, step, trajectory);
            steps.Add(new ObservedStep(row.Start.Value + action, next, reward));
            state = next;
        }
    }

    // At every state a coin: stop with probability 1 − γ. One number u in (0, 1] stands for all coins: u ≤ γᵏ is k of them in a row that go on.
    private int Coins(ulong words, int longest)
    {
        var k = 0;
        for (var goesOn = Plan.Discount; k < longest && 1 - Philox.Uniform(words) <= goesOn; goesOn *= Plan.Discount)
        {
            k++;
        }

        return k;
    }

    private static int Draw(double uniform, double[] law)
    {
        var (thresholds, aliases) = (new double[law.Length], new int[law.Length]);
        AliasTable.Build(law, thresholds, aliases, new int[law.Length]);
        return AliasTable.Draw(uniform, thresholds, aliases);
    }
}

/// <summary>What one trajectory did.</summary>
/// <param name="FirstPair">The pair of the first action; −1 without a roll-out.</param>
/// <param name="Return">The return of the roll-out.</param>
/// <param name="LastState">Where it ended.</param>
/// <param name="DrawCalls">The reset and the steps before the first action.</param>
/// <param name="RolloutCalls">The steps from the first action on.</param>
/// <param name="Steps">All steps.</param>
internal sealed record ScalarTrajectory(
    int FirstPair,
    double Return,
    int LastState,
    int DrawCalls,
    int RolloutCalls,
    IReadOnlyList<ObservedStep> Steps
);
