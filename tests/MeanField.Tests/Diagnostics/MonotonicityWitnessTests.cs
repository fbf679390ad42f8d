using MeanField.Catalogue;
using MeanField.Diagnostics;
using MeanField.Games;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Diagnostics;

public class MonotonicityWitnessTests
{
    public static TheoryData<string, double> Flagged { get; } =
        new()
        {
            { "two-bars", 0.3 },
            { "rock-paper-scissors", 0.3 },
            { "rock-paper-scissors", 0.05 },
            { "sis", 0.3 },
            { "lasry-lions", 0.05 },
        };

    /// <summary>Coordination (two bars), cyclic (rock, paper, scissors), strongly coupled transitions (the epidemic), and a low temperature.</summary>
    [Theory]
    [MemberData(nameof(Flagged))]
    public void Games_that_violate_A2_are_flagged_with_a_pair_that_the_reference_confirms(
        string name,
        double temperature
    )
    {
        var source = CatalogueGames.Create(GameCatalogue.Find(name)!);
        var report = Examine(source, temperature, steps: null);
        Assert.Equal(AssumptionVerdict.Violated, report.Verdict);
        AssumptionDoctorTests.AssertConfirmed(source, report.Pair!, temperature, steps: null);
    }

    /// <summary>d = (1, −1) and Φ(μ) − Φ(μ') = (1/4, −1/4): a quarter of d, and three quarters short of it.</summary>
    [Fact]
    public void A_pair_is_compared_by_hand()
    {
        var first = new ImagePair([1, 0], [0.5, 0.5], "");
        var second = new ImagePair([0, 1], [0.25, 0.75], "");
        var (ratio, stretch, distance) = MonotonicitySearch.Compare(first, second);
        Assert.Equal((0.25, 0.75), (ratio, stretch));
        Assert.Equal(Math.Sqrt(2), distance, 1e-15);
    }

    [Fact]
    public void A_crowd_that_seeks_itself_is_flagged_and_one_that_avoids_itself_passes()
    {
        const double Temperature = 0.3;
        var seeking = Grids.Crowd(("layout", "..../..../...P"), ("congestion", -1.5));
        var report = Examine(seeking, Temperature, steps: null);
        Assert.Equal(AssumptionVerdict.Violated, report.Verdict);
        AssumptionDoctorTests.AssertConfirmed(seeking, report.Pair!, Temperature, steps: null);

        foreach (var layout in new[] { Grids.Empty, Grids.Walls })
        {
            foreach (int? steps in new int?[] { 10, null })
            {
                report = Examine(Grids.Crowd(("layout", layout)), Temperature, steps);
                Assert.Equal(AssumptionVerdict.NoViolationFound, report.Verdict);
                Assert.True(report.Constant < 1);
            }
        }
    }

    /// <summary>The norm of A-2 is none in which a Markov chain contracts: one step of a chain on which the crowd has no influence may violate it.</summary>
    [Fact]
    public void One_step_of_a_game_without_interaction_may_violate_A2()
    {
        var source = CatalogueGames.Create(NoInteractionChain.Definition);
        var report = Examine(source, 0.3, steps: 1);
        Assert.Equal(AssumptionVerdict.Violated, report.Verdict);
        AssumptionDoctorTests.AssertConfirmed(source, report.Pair!, 0.3, steps: 1);
    }

    /// <summary>Whatever is called a violation is one in 28 digits, and every ratio is within its margin, proved or not.</summary>
    [Fact]
    public void No_violation_is_reported_that_the_reference_does_not_confirm()
    {
        var violated = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var coupling = (MeanFieldCoupling)(seed % 3);
            var drawn = new RandomGame(seed, 2 + (seed % 4), RandomShape.Full, coupling, discount: 0.9, mostActions: 3);
            var source = new TransformedGame(drawn, factor: 50, constant: 0);
            int? steps = (seed % 4) switch
            {
                0 => 1,
                1 => 2,
                _ => null,
            };
            var temperature = seed % 2 == 0 ? 0.05 : 0.2;
            var report = Examine(source, temperature, steps);
            if (report.Verdict == AssumptionVerdict.Violated)
            {
                violated++;
                AssumptionDoctorTests.AssertConfirmed(source, report.Pair!, temperature, steps);
            }

            var pair = report.Pair!;
            var ratio = (double)DensePopulationOperator.Ratio(source, pair.First, pair.Second, temperature, steps);
            Assert.True(
                Math.Abs(ratio - pair.Ratio) <= pair.Margin,
                $"seed {seed}: {ratio}, {pair.Ratio} ± {pair.Margin}"
            );
        }

        Assert.InRange(violated, 5, 55);
    }

    [Fact]
    public void The_same_seed_gives_the_same_answer_for_any_number_of_threads()
    {
        var game = Grids.Square(34);
        var options = new DoctorOptions
        {
            Temperature = 0.3,
            RandomLaws = 2,
            Derivatives = 1,
        };
        var one = AssumptionDoctor.Examine(game, options, seed: 5, threads: 1);
        var two = AssumptionDoctor.Examine(game, options, seed: 5, threads: 2);
        Assert.Equal(one.MeanField, two.MeanField);
        Assert.Equal(one.Monotonicity.Pair!.First, two.Monotonicity.Pair!.First);
        Assert.Equal(one.Monotonicity.Pair.Ratio, two.Monotonicity.Pair.Ratio);
        Assert.Equal(one.Chain.SecondEigenvalue, two.Chain.SecondEigenvalue);
    }

    private static MonotonicityReport Examine(IMeanFieldGame source, double temperature, int? steps) =>
        AssumptionDoctor
            .Examine(
                TabularGame.Create(source),
                new DoctorOptions { Temperature = temperature, TransitionSteps = steps }
            )
            .Monotonicity;
}
