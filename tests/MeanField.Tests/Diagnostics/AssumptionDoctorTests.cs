using MeanField.Catalogue;
using MeanField.Diagnostics;
using MeanField.Games;
using MeanField.Sampling;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Diagnostics;

/// <summary>
/// Closed forms on a game worked out by hand: two states, the action is the next state, r(s, a, μ) = c μ(a). Values are equal in both, so π(0|s) =
/// σ(c (μ(0) − μ(1))/η) with σ(x) = 1/(1 + e⁻ˣ), and Φ(μ)(0) is that for every M. Of x = μ(0) it is f(x) = σ(c (2x − 1)/η), the ratio of a pair is a slope
/// of f, and f'(x) = (2c/η) σ (1 − σ): between f'(0) = f'(1) and f'(1/2) = c/(2η).
/// </summary>
public class AssumptionDoctorTests
{
    [Theory]
    [InlineData(0.3, 0.3)]
    [InlineData(0.3, 1.2)]
    [InlineData(-0.6, 0.3)]
    [InlineData(-0.6, 0.2)]
    public void Two_states_have_the_constants_of_the_closed_form(double weight, double temperature)
    {
        foreach (int? steps in new int?[] { 1, 4, null })
        {
            var diagnosis = Examine(Follow(weight), temperature, steps);
            var (middle, end) = (weight / (2 * temperature), SlopeAtEnd(weight, temperature));

            // The ends are sampled, the middle is the fixed point: towards the middle equality, towards the ends what random laws reach.
            var report = diagnosis.Monotonicity;
            Assert.Equal(Math.Max(middle, end), report.Constant, weight > 0 ? 1e-6 : 0.05 * Math.Abs(end));
            Assert.Equal(1 - Math.Min(middle, end), report.Lipschitz, weight > 0 ? 0.02 : 1e-6);
            Assert.True(report.Constant <= Math.Max(middle, end) + 1e-6);
            Assert.True(report.Lipschitz <= 1 - Math.Min(middle, end) + 1e-6);
            Assert.Equal(middle, report.LocalConstant, 1e-6);
            Assert.Equal(1 - middle, report.LocalLipschitz, 1e-6);
            Assert.Equal(AssumptionVerdict.NoViolationFound, report.Verdict);
            Assert.True(report.IsComplete);

            Assert.Equal(1 / (1 - middle), diagnosis.LocalStep!.Limit / 2, 1e-5);

            Assert.Equal(0.5, diagnosis.MeanField[0], 1e-9);
            Assert.True(diagnosis.Residual < 1e-9);
            Assert.Equal(0, diagnosis.Chain.Dobrushin!.Value, 1e-12);
            Assert.Equal(0, diagnosis.Chain.SecondEigenvalue, 1e-12);
            Assert.Equal(1, diagnosis.Concentrability.Coefficient, 1e-8);
            Assert.Equal(temperature * Math.Log(2) / 0.1, diagnosis.EntropyBiasBound, 1e-12);

            // Rewards are all c/2 at the fixed point.
            var span = temperature * Math.Log(2) / 0.1;
            Assert.Equal(span, diagnosis.Budget.ReturnSpan, 1e-7);
            Assert.Equal((int)Math.Ceiling(Math.Log(8 * span / 0.01) / 0.1), diagnosis.Budget.Horizon);
            Assert.Equal(Math.Pow(span / 0.01, 6), diagnosis.Budget.Samples, 1e-4 * Math.Pow(span / 0.01, 6));
        }
    }

    [Theory]
    [InlineData(1.2, 0.3, 2)]
    [InlineData(0.66, 0.3, 1.1)]
    public void A_violation_has_a_witness_that_the_reference_confirms(
        double weight,
        double temperature,
        double constant
    )
    {
        var source = Follow(weight);
        var report = Examine(source, temperature, steps: null).Monotonicity;
        Assert.Equal(AssumptionVerdict.Violated, report.Verdict);
        Assert.Equal(constant, report.LargestEigenvalue, 1e-6);
        AssertConfirmed(source, report.Pair!, temperature, steps: null);
        Assert.InRange(report.Pair!.Ratio, 1, constant);
    }

    /// <summary>c/(2η) = 1 exactly: the slope of every pair is below 1 and the derivative is 1. Nobody can prove either by numbers.</summary>
    [Fact]
    public void A_game_on_the_edge_is_not_called_a_violation()
    {
        var report = Examine(Follow(0.5), temperature: 0.25, steps: null).Monotonicity;
        Assert.NotEqual(AssumptionVerdict.Violated, report.Verdict);
        Assert.Equal(1, report.LargestEigenvalue, 1e-6);
    }

    /// <summary>A violated A-2 is worth another temperature: c/(2η) falls below 1 from 0.25 on.</summary>
    [Fact]
    public void The_first_doubling_without_a_violation_is_named()
    {
        var diagnosis = Examine(Follow(0.5), temperature: 0.07, steps: null);
        Assert.True(diagnosis.TriedTemperatures);
        Assert.Equal(0.28, diagnosis.CalmTemperature!.Value, 1e-12);
        Assert.Null(diagnosis.Step);
    }

    [Fact]
    public void Advice_is_given_where_constants_allow_it()
    {
        var step = Examine(Follow(-0.6), temperature: 0.3, steps: null).Step!;
        Assert.Equal((1 - step.Constant) / (step.Lipschitz * step.Lipschitz), step.Best, 1e-12);
        Assert.Equal(2 * step.Best, step.Limit, 1e-12);

        // (C, L) = (0, 2): factor² = 1 − 2β + 4β² at β = 1/4.
        var known = StepAdvice.Create(0, 2)!;
        Assert.Equal((0.25, 0.5, Math.Sqrt(0.75)), (known.Best, known.Limit, known.Factor));
        Assert.Equal(1, StepAdvice.Create(0.5, 0.5)!.Best);
        Assert.Equal(0.5, StepAdvice.Create(0.5, 0.5)!.Factor, 1e-12);
        Assert.Null(StepAdvice.Create(1, 2));
        Assert.Null(StepAdvice.Create(double.NegativeInfinity, 0));
    }

    /// <summary>(1 − β) μ + β Φ(μ) at the β and with the factor promised, from random laws.</summary>
    [Fact]
    public void The_promised_contraction_is_kept()
    {
        var source = Follow(-0.6);
        var step = Examine(source, temperature: 0.3, steps: null).Step!;
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var law = RandomInputs.Law(2, random);
            var image = DensePopulationOperator.Apply(source, law, 0.3, steps: null);
            var next = ((1 - step.Best) * law[0]) + (step.Best * (double)image[0]);
            Assert.True(Math.Abs(next - 0.5) <= (step.Factor * Math.Abs(law[0] - 0.5)) + 1e-9);
        }
    }

    [Fact]
    public void Where_nobody_sees_anybody_the_stationary_law_is_one_point()
    {
        var diagnosis = Examine(CatalogueGames.Create(NoInteractionChain.Definition), 0.3, steps: null);
        Assert.Equal(0, diagnosis.Monotonicity.Constant, 1e-9);
        Assert.Equal(1, diagnosis.Monotonicity.Lipschitz, 1e-9);
        Assert.Equal(1, diagnosis.Step!.Best, 1e-8);
        Assert.Equal(0, diagnosis.Step.Factor, 1e-4);
    }

    [Fact]
    public void Two_absorbing_states_violate_A3_and_are_named()
    {
        var report = Examine(ListedGame.OfChain([(0, 1)], [(0, 0.5), (2, 0.5)], [(2, 1)]), 0.3, steps: 1).Chain;
        Assert.Equal(AssumptionVerdict.Violated, report.Verdict);
        Assert.Equal((2, 1, 1), (report.RecurrentClasses, report.TransientStates, report.Period));
        Assert.Equal([0, 2], report.SeparateStates.Order());
    }

    [Fact]
    public void A_cycle_holds_A3_and_has_its_period()
    {
        var report = Examine(ListedGame.OfChain([(1, 1)], [(2, 1)], [(0, 1)]), 0.3, steps: null).Chain;
        Assert.Equal((AssumptionVerdict.Holds, 1, 3), (report.Verdict, report.RecurrentClasses, report.Period));
        Assert.Equal(1, report.SecondEigenvalue, 1e-9);
    }

    /// <summary>Rows (1 − p, p) and (q, 1 − q): both Dobrushin's coefficient and |λ₂| are |1 − p − q|, and the law is (q, p)/(p + q).</summary>
    [Fact]
    public void A_chain_of_two_states_mixes_as_its_trace_says()
    {
        var diagnosis = Examine(ListedGame.OfChain([(0, 0.7), (1, 0.3)], [(0, 0.1), (1, 0.9)]), 0.3, steps: null);
        Assert.Equal(0.6, diagnosis.Chain.Dobrushin!.Value, 1e-12);
        Assert.Equal(0.6, diagnosis.Chain.SecondEigenvalue, 1e-6);
        Assert.Equal(1.5, diagnosis.Concentrability.Coefficient, 1e-9);
        Assert.Equal(1, diagnosis.Concentrability.WorstState);
    }

    [Fact]
    public void A_restart_law_that_misses_a_visited_state_violates_A4()
    {
        var chain = ListedGame.OfChain([(0, 0.5), (1, 0.5)], [(2, 1)], [(0, 1)]);
        var game = TabularGame.Create(chain);
        var options = new DoctorOptions
        {
            Restart = RestartKind.Given,
            RestartWeights = new Dictionary<int, double> { [0] = 3, [2] = 1 },
        };
        var report = AssumptionDoctor.Examine(game, options).Concentrability;
        Assert.Equal(AssumptionVerdict.Violated, report.Verdict);
        Assert.Equal([1], report.MissedStates);
        Assert.Equal(double.PositiveInfinity, report.Coefficient);

        // The law is (1/2, 1/4, 1/4); against (1/4, 3/8, 3/8) the worst is 2.
        options = options with
        {
            RestartWeights = new Dictionary<int, double>
            {
                [0] = 2,
                [1] = 3,
                [2] = 3,
            },
        };
        report = AssumptionDoctor.Examine(game, options).Concentrability;
        Assert.Equal(AssumptionVerdict.NoViolationFound, report.Verdict);
        Assert.Equal(2, report.Coefficient, 1e-9);
        Assert.Equal(0, report.WorstState);
    }

    [Fact]
    public void Options_that_are_out_of_range_are_refused_by_name()
    {
        var game = TabularGame.Create(Follow(1));
        foreach (
            var (options, name) in new (DoctorOptions, string)[]
            {
                (new() { Temperature = 0 }, "Temperature"),
                (new() { TransitionSteps = 0 }, "TransitionSteps"),
                (new() { Target = double.NaN }, "Target"),
                (new() { RandomLaws = -1 }, "RandomLaws"),
                (new() { Derivatives = -1 }, "Derivatives"),
                (new() { Restart = RestartKind.Given }, "RestartWeights"),
                (
                    new()
                    {
                        Restart = RestartKind.Given,
                        RestartWeights = new Dictionary<int, double> { [2] = 1 },
                    },
                    "RestartWeights"
                ),
            }
        )
        {
            var refusal = Assert.Throws<ArgumentException>(() => AssumptionDoctor.Examine(game, options));
            Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
        }
    }

    internal static void AssertConfirmed(IMeanFieldGame source, WitnessPair pair, double temperature, int? steps)
    {
        Assert.All([pair.First, pair.Second], law => Assert.Equal(1, law.Sum(), 1e-12));
        Assert.All(pair.First.Concat(pair.Second), share => Assert.True(share >= 0));
        var ratio = DensePopulationOperator.Ratio(source, pair.First, pair.Second, temperature, steps);
        Assert.True(ratio >= 1, $"{source}: {ratio}");
        Assert.True(
            Math.Abs((double)ratio - pair.Ratio) <= pair.Margin,
            $"{ratio} is not {pair.Ratio} ± {pair.Margin}"
        );
    }

    private static PopulationGame Follow(double weight) =>
        new((_, action, _) => [(action, 1)], (_, action, law) => weight * law[action], states: 2, actions: 2)
        {
            Coupling = MeanFieldCoupling.Rewards,
        };

    private static double SlopeAtEnd(double weight, double temperature)
    {
        var sigmoid = 1 / (1 + Math.Exp(-weight / temperature));
        return 2 * weight / temperature * sigmoid * (1 - sigmoid);
    }

    private static Diagnosis Examine(IMeanFieldGame source, double temperature, int? steps) =>
        AssumptionDoctor.Examine(
            TabularGame.Create(source),
            new DoctorOptions { Temperature = temperature, TransitionSteps = steps }
        );
}
