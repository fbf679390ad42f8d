using MeanField.Catalogue;
using MeanField.Games;
using MeanField.Numerics;
using MeanField.Parameters;
using MeanField.Sampling;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Sampling;

/// <summary>Sampler and kernel of one game: the same law and the same rewards. A new catalogue entry is tested by being listed.</summary>
public class SimulatorLawTests
{
    private const int Batches = 8;
    private const int MostPairs = 400;

    // One false alarm in a million runs of a case if seeds were drawn: χ² tests of all its pairs, Bonferroni. Seeds are fixed.
    private const double FalseAlarm = 1e-6;

    /// <summary>The catalogue, and random games of every coupling.</summary>
    public static TheoryData<string> Names =>
        [.. GameCatalogue.All.Select(entry => entry.Name), .. Enum.GetNames<MeanFieldCoupling>()];

    private delegate void Sampler(int state, int action, Span<int> next, Span<double> rewards);

    [Theory]
    [MemberData(nameof(Names))]
    public void One_step_has_the_law_of_the_kernel(string name)
    {
        var (game, meanField) = Case(name);
        Assert.Empty(WrongPairs(game, meanField, OneByOne(new TabularSimulator(game), meanField)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_has_the_law_of_the_kernel_where_it_was_made(string name)
    {
        var (game, meanField) = Case(name);
        var batch = new TabularBatch(new TabularSimulator(game), FrozenMdp.Create(game, meanField));
        Assert.Empty(WrongPairs(game, meanField, Together(batch)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_has_the_law_of_the_kernel_where_it_was_moved_to(string name)
    {
        var (game, meanField) = Case(name);
        using var team = new ThreadTeam(2);
        var batch = new TabularBatch(new TabularSimulator(game), FrozenMdp.Create(game, Grids.Uniform(game.Source)));
        batch.MoveTo(meanField, team);
        Assert.Empty(WrongPairs(game, meanField, Together(batch)));
    }

    [Fact]
    public void The_law_of_another_mean_field_is_found_out()
    {
        var (game, meanField) = Case(nameof(MeanFieldCoupling.RewardsAndTransitions));
        var simulator = new TabularSimulator(game);
        var uniform = Grids.Uniform(game.Source);
        var batch = new TabularBatch(simulator, FrozenMdp.Create(game, uniform));
        Assert.Contains(WrongPairs(game, meanField, OneByOne(simulator, uniform)), IsLaw);
        Assert.Contains(WrongPairs(game, meanField, Together(batch)), IsLaw);

        static bool IsLaw(string finding) => finding.EndsWith("law", StringComparison.Ordinal);
    }

    [Fact]
    public void One_wrong_alias_is_found_out()
    {
        var (game, meanField) = Case(nameof(MeanFieldCoupling.Rewards));
        var simulator = new TabularSimulator(game);
        var batch = new TabularBatch(simulator, FrozenMdp.Create(game, meanField));
        var pair = Enumerable.Range(0, game.PairCount).First(p => game.RowOffsets[p + 1] - game.RowOffsets[p] > 2);
        var row = game.RowOffsets[pair]..game.RowOffsets[pair + 1];
        var mostOften = Array.IndexOf(simulator.Thresholds, simulator.Thresholds[row].Min(), row.Start.Value);
        var aliases = simulator.Aliases.AsSpan(row);
        mostOften -= row.Start.Value;
        aliases[mostOften] = (aliases[mostOften] + 1) % aliases.Length;
        Assert.Equal([$"pair {pair}: law"], WrongPairs(game, meanField, OneByOne(simulator, meanField)));
        Assert.Equal([$"pair {pair}: law"], WrongPairs(game, meanField, Together(batch)));
    }

    [Fact]
    public void Resets_are_uniform()
    {
        var (game, _) = Case(nameof(MeanFieldCoupling.Rewards));
        var simulator = new TabularSimulator(game);
        var random = new RandomNumbers(1, 0);
        var counts = new long[game.StateCount];
        for (var n = 0; n < 20_000; n++)
        {
            counts[simulator.Reset(ref random)]++;
        }

        Assert.InRange(ChiSquare.PValue(counts, Grids.Uniform(game.Source)), FalseAlarm, 1);
    }

    [Fact]
    public void A_simulator_says_about_itself_what_the_game_says()
    {
        var (game, _) = Case(nameof(MeanFieldCoupling.RewardsAndTransitions));
        IGenerativeModel simulator = new TabularSimulator(game);
        Assert.Equal(
            (game.StateCount, game.Discount, game.Coupling),
            (simulator.StateCount, simulator.Discount, simulator.Coupling)
        );
        for (var s = 0; s < game.StateCount; s++)
        {
            Assert.Equal(game.Source.ActionCount(s), simulator.ActionCount(s));
            Assert.Equal(game.Source.StateName(s), simulator.StateName(s));
            Assert.Equal(game.Source.ActionName(s, 0), simulator.ActionName(s, 0));
        }

        Assert.False(simulator.HasRandomRewards);
        Assert.Equal(new Interval(double.NegativeInfinity, double.PositiveInfinity), simulator.RewardRange);
    }

    private static (TabularGame Game, double[] MeanField) Case(string name)
    {
        var game = TabularGame.Create(
            GameCatalogue.Find(name) is { } entry
                ? entry.Create(ParameterValues.Create(name, entry.Parameters, []))
                : new RandomGame(7, states: 12, RandomShape.Connected, Enum.Parse<MeanFieldCoupling>(name))
        );

        // Half of all players in one state: the games above then differ visibly from themselves at the uniform mean field.
        var meanField = RandomInputs.Law(game.StateCount, new Random(3));
        for (var s = 0; s < meanField.Length; s++)
        {
            meanField[s] = 0.5 * (meanField[s] + (s == meanField.Length / 2 ? 1 : 0));
        }

        return (game, meanField);
    }

    private static Sampler OneByOne(TabularSimulator simulator, double[] meanField) =>
        (state, action, next, rewards) =>
        {
            var random = new RandomNumbers(state, action);
            for (var i = 0; i < next.Length; i++)
            {
                (next[i], rewards[i]) = simulator.Step(state, action, meanField, ref random);
            }
        };

    private static Sampler Together(TabularBatch batch)
    {
        var lanes = new Lanes();
        return (state, action, next, rewards) =>
        {
            var pair = batch.PairOffsets[state] + action;
            Array.Fill(lanes.State, state);
            Array.Fill(lanes.Pair, pair);
            for (var step = 1; step <= Batches; step++)
            {
                for (var lane = 0; lane < Lanes.Count; lane++)
                {
                    lanes.Trajectory[lane] = (ulong)((pair * Lanes.Count) + lane);
                }

                Philox.Fill(1, step, lanes.Trajectory, lanes.ActionUniform, lanes.StepUniform);
                batch.Step(lanes, Lanes.Count, 1, step);
                lanes.Next.CopyTo(next[((step - 1) * Lanes.Count)..]);
                lanes.Reward.CopyTo(rewards[((step - 1) * Lanes.Count)..]);
            }
        };
    }

    // What does not come from the game's own row and reward. At most so many are looked at, evenly spread.
    private static List<string> WrongPairs(TabularGame game, double[] meanField, Sampler sampler)
    {
        var wrong = new List<string>();
        var tested = Math.Min(MostPairs, game.PairCount);
        var next = new int[Batches * Lanes.Count];
        var rewards = new double[next.Length];
        for (var n = 0; n < tested; n++)
        {
            var pair = (int)((long)n * game.PairCount / tested);
            var state = game.PairOffsets.ToArray().AsSpan(1).BinarySearch(pair + 1);
            state = state >= 0 ? state : ~state;
            var action = pair - game.PairOffsets[state];
            sampler(state, action, next, rewards);
            var reward = game.Source.Reward(state, action, meanField);
            if (rewards.AsSpan().ContainsAnyExcept(reward))
            {
                wrong.Add($"pair {pair}: reward");
            }

            var row = new TransitionRow();
            game.Source.AddTransitions(state, action, meanField, row);
            var (counts, law) = (new long[game.StateCount], new double[game.StateCount]);
            foreach (var (successor, probability) in row.Entries)
            {
                law[successor] += probability;
            }

            foreach (var successor in next)
            {
                counts[successor]++;
            }

            if (ChiSquare.PValue(counts, law) < FalseAlarm / tested)
            {
                wrong.Add($"pair {pair}: law");
            }
        }

        return wrong;
    }
}
