using MeanField.Games;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Catalogue;

/// <summary>What every game that can be named keeps to, whatever it is about.</summary>
internal static class GameContract
{
    private const int RandomMeanFields = 4;

    /// <summary>The rules by name. Each throws where an entry breaks it.</summary>
    public static IReadOnlyDictionary<string, Action<GameDefinition>> Rules { get; } =
        new Dictionary<string, Action<GameDefinition>>(StringComparer.Ordinal)
        {
            ["The entry is described"] = IsDescribed,
            ["The game tabulates and stays a game at any mean field"] = StaysAGame,
            ["The same question has the same answer"] = AnswersTheSameWay,
            ["What depends on the mean field is what is declared"] = DeclaresItsCoupling,
            ["States and the actions of each state have names of their own"] = HasNames,
            ["A value outside the range of any parameter is refused"] = RefusesWhatIsOutOfRange,
            ["Either end of a range and every choice give a game"] = TakesWhatIsInRange,
            ["Derivatives that the game offers are those of its rewards"] = DifferentiatesItsRewards,
            ["A solver can be run on it and its answer certified"] = CanBeSolved,
        };

    private static void IsDescribed(GameDefinition entry)
    {
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", entry.Name);
        Assert.EndsWith(".", entry.Summary);
        Assert.EndsWith(".", entry.Source);
        Assert.NotEmpty(entry.Parameters);
        Assert.Distinct(entry.Parameters.Select(p => p.Name), StringComparer.Ordinal);
        Assert.All(
            entry.Parameters,
            parameter =>
            {
                Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", parameter.Name);
                Assert.EndsWith(".", parameter.Summary);
                Assert.DoesNotContain('\n', parameter.Summary);
                Assert.NotNull(parameter.Default);
            }
        );
    }

    private static void StaysAGame(GameDefinition entry) => AssertIsGame(CatalogueGames.Create(entry));

    private static void AnswersTheSameWay(GameDefinition entry)
    {
        var (game, twin) = (CatalogueGames.Create(entry), CatalogueGames.Create(entry));
        foreach (var meanField in SomeMeanFields(game))
        {
            var first = Answers(game, meanField);
            Assert.NotEmpty(Answers(game, Grids.Uniform(game)));
            Assert.Equal(first, Answers(game, meanField));
            Assert.Equal(first, Answers(twin, meanField));
        }
    }

    private static void DeclaresItsCoupling(GameDefinition entry)
    {
        var game = CatalogueGames.Create(entry);
        var (rewardsChange, transitionsChange) = (false, false);
        var uniform = Grids.Uniform(game);
        foreach (var meanField in SomeMeanFields(game))
        {
            for (var s = 0; s < game.StateCount; s++)
            {
                for (var a = 0; a < game.ActionCount(s); a++)
                {
                    rewardsChange |= !game.Reward(s, a, uniform).Equals(game.Reward(s, a, meanField));
                    transitionsChange |= !Row(game, s, a, uniform).SequenceEqual(Row(game, s, a, meanField));
                }
            }
        }

        Assert.Equal(game.Coupling >= MeanFieldCoupling.Rewards, rewardsChange || transitionsChange);
        Assert.Equal(game.Coupling == MeanFieldCoupling.RewardsAndTransitions, transitionsChange);
    }

    private static void HasNames(GameDefinition entry)
    {
        var game = CatalogueGames.Create(entry);
        var states = Enumerable.Range(0, game.StateCount).ToArray();
        Assert.Distinct(states.Select(game.StateName), StringComparer.Ordinal);
        Assert.All(states, s => Assert.NotEmpty(game.StateName(s).Trim()));
        foreach (var s in states)
        {
            var names = Enumerable.Range(0, game.ActionCount(s)).Select(a => game.ActionName(s, a)).ToArray();
            Assert.Distinct(names, StringComparer.Ordinal);
            Assert.All(names, action => Assert.NotEmpty(action.Trim()));
        }
    }

    private static void RefusesWhatIsOutOfRange(GameDefinition entry)
    {
        foreach (var parameter in entry.Parameters.Where(p => p.Kind != ParameterKind.Text))
        {
            var message = Assert
                .Throws<ParameterException>(() => CatalogueGames.Create(entry, (parameter.Name, "not a value")))
                .Message;
            Assert.Contains(parameter.Name, message, StringComparison.Ordinal);
        }

        // Texts are read by the game itself, which refuses what it cannot read and says what it can.
        foreach (var parameter in entry.Parameters.Where(p => p.Kind == ParameterKind.Text))
        {
            var message = Assert
                .Throws<ParameterException>(() => CatalogueGames.Create(entry, (parameter.Name, "\u0001 not a value")))
                .Message;
            Assert.Contains("allowed: ", message, StringComparison.Ordinal);
        }
    }

    // The greatest of a whole number may be a game of millions of states, and is left out.
    private static void TakesWhatIsInRange(GameDefinition entry)
    {
        foreach (var parameter in entry.Parameters)
        {
            IEnumerable<string> values = parameter.Kind switch
            {
                ParameterKind.Number => [.. Ends(parameter), .. parameter.Choices],
                ParameterKind.WholeNumber => [$"{parameter.Minimum:R}", .. parameter.Choices],
                ParameterKind.Switch => ["true", "false"],
                ParameterKind.Choice => parameter.Choices,
                _ => [],
            };
            foreach (var value in values)
            {
                try
                {
                    AssertIsGame(CatalogueGames.Create(entry, (parameter.Name, value)));
                }
                catch (ParameterException e)
                {
                    // Not every value goes with the other defaults.
                    Assert.Contains("allowed: ", e.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    // Against symmetric differences, at a mean field with every share well above 0.
    private static void DifferentiatesItsRewards(GameDefinition entry)
    {
        const double Step = 1e-6;
        var game = CatalogueGames.Create(entry);
        if (game is not IRewardDerivative source)
        {
            return;
        }

        var law = RandomInputs.Law(game.StateCount, new Random(1));
        var meanField = Array.ConvertAll(law, share => (share + (1.0 / law.Length)) / 2);
        var row = new GradientRow();
        for (var s = 0; s < game.StateCount; s++)
        {
            for (var a = 0; a < game.ActionCount(s); a++)
            {
                row.Clear();
                source.AddRewardDerivatives(s, a, meanField, row);
                var gradient = new double[game.StateCount];
                foreach (var (state, derivative) in row.Entries)
                {
                    gradient[state] += derivative;
                }

                for (var varied = 0; varied < game.StateCount; varied++)
                {
                    var share = meanField[varied];
                    meanField[varied] = share + Step;
                    var above = game.Reward(s, a, meanField);
                    meanField[varied] = share - Step;
                    var below = game.Reward(s, a, meanField);
                    meanField[varied] = share;
                    Assert.Equal((above - below) / (2 * Step), gradient[varied], 1e-6 * (1 + Math.Abs(above)));
                }
            }
        }
    }

    private static void CanBeSolved(GameDefinition entry)
    {
        var game = TabularGame.Create(CatalogueGames.Create(entry));
        var solution = MfTrpo.Solve(
            game,
            new MfTrpoOptions { Temperature = 1, OuterIterations = 3 },
            new SolveContext { Clock = new FakeClock() }
        );
        var certificate = solution.Last.Certificate;
        Assert.InRange(certificate.Exploitability.Lower, 0, certificate.Exploitability.Upper);
        Assert.InRange(certificate.RegularizedExploitability.Lower, 0, certificate.RegularizedExploitability.Upper);
        Assert.True(double.IsFinite(certificate.Exploitability.Upper + certificate.RegularizedExploitability.Upper));
        Assert.InRange(certificate.StationarityResidual, 0, 2);
    }

    private static void AssertIsGame(IMeanFieldGame source)
    {
        var game = TabularGame.Create(source);
        foreach (var meanField in SomeMeanFields(source))
        {
            var mdp = FrozenMdp.Create(game, meanField);
            Assert.All(mdp.Rewards.ToArray(), reward => Assert.True(double.IsFinite(reward)));
            for (var pair = 0; pair < game.PairCount; pair++)
            {
                var sum = 0.0;
                foreach (var probability in mdp.Probabilities[game.RowOffsets[pair]..game.RowOffsets[pair + 1]])
                {
                    Assert.True(probability is >= 0 and <= 1 + 1e-12);
                    sum += probability;
                }

                Assert.InRange(sum, 1 - 1e-12, 1 + 1e-12);
            }
        }
    }

    private static IEnumerable<string> Ends(ParameterDescription parameter)
    {
        var lower = parameter.MinimumExcluded ? Math.BitIncrement(parameter.Minimum) : parameter.Minimum;
        var upper = parameter.MaximumExcluded ? Math.BitDecrement(parameter.Maximum) : parameter.Maximum;
        return new[] { lower, upper }.Where(double.IsFinite).Select(end => $"{end:R}");
    }

    // Random ones with gaps; corners, where everybody is in one state; shares that fall until they are no longer normal numbers.
    private static IEnumerable<double[]> SomeMeanFields(IMeanFieldGame game)
    {
        for (var seed = 0; seed < RandomMeanFields; seed++)
        {
            yield return RandomInputs.Law(game.StateCount, new Random(seed), hasGaps: true);
        }

        foreach (var state in new[] { 0, game.StateCount / 2, game.StateCount - 1 })
        {
            var corner = new double[game.StateCount];
            corner[state] = 1;
            yield return corner;
        }

        var falling = Enumerable.Range(0, game.StateCount).Select(s => Math.Pow(1e-40, s)).ToArray();
        falling[0] = 1 - falling.Skip(1).Sum();
        yield return falling;
    }

    private static double[] Answers(IMeanFieldGame game, double[] meanField) =>
        [
            .. Enumerable
                .Range(0, game.StateCount)
                .SelectMany(s =>
                    Enumerable
                        .Range(0, game.ActionCount(s))
                        .SelectMany(a => (double[])[game.Reward(s, a, meanField), .. Row(game, s, a, meanField)])
                ),
        ];

    private static double[] Row(IMeanFieldGame game, int state, int action, double[] meanField)
    {
        var row = new TransitionRow();
        game.AddTransitions(state, action, meanField, row);
        return [.. row.Entries.SelectMany(entry => (double[])[entry.Key, entry.Value])];
    }
}
