using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>Whole trajectories against the algorithm as printed, on full matrices of decimals.</summary>
public class MfTrpoReferenceTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 9)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_papers_rule_with_a_warm_start(int seed) =>
        AssertSameTrajectory(new RandomGame(seed, discount: 0.9), new MfTrpoOptions { TransitionSteps = 10 });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_papers_rule_from_the_uniform_policy_each_time(int seed) =>
        AssertSameTrajectory(
            new RandomGame(seed, discount: 0.9),
            new MfTrpoOptions
            {
                Temperature = 0.2,
                TransitionSteps = 1,
                WarmStart = false,
                PopulationStep = 0.5,
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_constant_rule_with_a_decaying_population_step(int seed) =>
        AssertSameTrajectory(
            new RandomGame(seed),
            new MfTrpoOptions
            {
                Temperature = 1,
                StepRule = StepRule.Constant,
                StepConstant = 0.5,
                TransitionSteps = 3,
                PopulationStep = 1,
                PopulationStepDecay = 1,
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_stationary_law_as_the_limit_of_many_transition_steps(int seed) =>
        AssertSameTrajectory(
            new RandomGame(seed, shape: RandomShape.Connected, discount: 0.9),
            new MfTrpoOptions
            {
                Temperature = 0.2,
                TransitionSteps = null,
                PopulationStepDecay = 0.3,
            }
        );

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_temperature_at_all(int seed) =>
        AssertSameTrajectory(
            new RandomGame(seed, discount: 0.9),
            new MfTrpoOptions { Temperature = 0, TransitionSteps = 4 }
        );

    private static void AssertSameTrajectory(RandomGame source, MfTrpoOptions options)
    {
        const int Iterations = 8;
        using var solver = new MfTrpo(
            TabularGame.Create(source),
            options with
            {
                OuterIterations = Iterations,
                InnerIterations = 6,
                Tolerance = 0,
                EvaluationTolerance = 1e-13,
            },
            new SolveContext { Clock = new FakeClock() }
        );
        var reference = new DenseMfTrpo(source, options.Temperature);
        for (var k = 0; k < Iterations; k++)
        {
            var populationStep =
                DecimalMath.From(options.PopulationStep) / (1 + (DecimalMath.From(options.PopulationStepDecay) * k));
            reference.Iterate(
                mdp => [.. Enumerable.Range(0, 6).Select(l => StepSize(options, mdp, l))],
                populationStep,
                options.TransitionSteps,
                options.WarmStart
            );
            Assert.Equal(k + 1 == Iterations ? SolveStatus.IterationLimit : null, solver.Step());
            Assert.Equal(k + 1, solver.Iterations);
            Assert.All(
                solver.MeanField.ToArray(),
                (share, s) => Assert.Equal((double)reference.MeanField[s], share, 1e-9)
            );
            var policy = reference.Policy.SelectMany(row => row).ToArray();
            Assert.All(solver.Policy.ToArray(), (p, pair) => Assert.Equal((double)policy[pair], p, 1e-9));
            Assert.Equal((double)populationStep, solver.Trace[^1].PopulationStep, 1e-15);
        }
    }

    private static decimal StepSize(MfTrpoOptions options, DenseMdp mdp, int iteration)
    {
        var (temperature, constant) = (DecimalMath.From(options.Temperature), DecimalMath.From(options.StepConstant));
        if (temperature > 0)
        {
            return options.StepRule == StepRule.Paper ? 1 / (temperature * (iteration + 2)) : constant / temperature;
        }

        var rewards = mdp.Rewards.SelectMany(row => row).ToArray();
        var root = DecimalMath.Exp(DecimalMath.Log(iteration + 1) / 2);
        return constant * (1 - mdp.Discount) / ((rewards.Max() - rewards.Min()) * root);
    }
}
