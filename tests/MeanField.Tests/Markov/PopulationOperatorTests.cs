using MeanField.Games;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class PopulationOperatorTests
{
    private const double Temperature = 0.3;

    public static TheoryData<int, MeanFieldCoupling, int?> Cases
    {
        get
        {
            var cases = new TheoryData<int, MeanFieldCoupling, int?>();
            foreach (var coupling in Enum.GetValues<MeanFieldCoupling>())
            {
                cases.Add(1, coupling, 1);
                cases.Add(2, coupling, 3);
                cases.Add(3, coupling, null);
                cases.Add(4, coupling, null);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_operator_is_that_of_the_textbook(int seed, MeanFieldCoupling coupling, int? steps)
    {
        var (source, law, _) = Scene(seed, coupling);
        using var team = new ThreadTeam(1);
        var map = new PopulationOperator(new InducedChain(TabularGame.Create(source)), Temperature, steps, team);
        var image = new double[law.Length];
        map.Apply(law, image, TestContext.Current.CancellationToken);
        var expected = DensePopulationOperator.Apply(source, law, Temperature, steps);
        Assert.All(expected.Zip(image), pair => Assert.Equal((double)pair.First, pair.Second, 1e-11));
    }

    /// <summary>The reference is a difference of 28-digit images; its own error is the square of its step, 1e-10.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_derivative_is_the_limit_of_differences(int seed, MeanFieldCoupling coupling, int? steps)
    {
        var (source, law, change) = Scene(seed, coupling);
        using var team = new ThreadTeam(1);
        var map = new PopulationOperator(new InducedChain(TabularGame.Create(source)), Temperature, steps, team);
        var (image, derivative) = (new double[law.Length], new double[law.Length]);
        map.Apply(law, image, TestContext.Current.CancellationToken);
        map.TakeUp();
        map.Differentiate(change, derivative);
        var expected = DensePopulationOperator.Derivative(source, law, change, Temperature, steps);
        var size = Math.Max(1, expected.Max(Math.Abs));
        Assert.All(expected.Zip(derivative), pair => Assert.Equal(pair.First, pair.Second, 2e-7 * size));
        Assert.Equal(coupling != MeanFieldCoupling.None || steps is not null, expected.Max(Math.Abs) > 1e-3);
    }

    /// <summary>κ bounds what any change of the flow does to the law: checked for the flows between two states, which are the extreme ones.</summary>
    [Fact]
    public void The_sensitivity_bounds_every_answer_of_the_law()
    {
        var (source, law, _) = Scene(5, MeanFieldCoupling.Rewards);
        using var team = new ThreadTeam(1);
        var map = new PopulationOperator(new InducedChain(TabularGame.Create(source)), Temperature, steps: null, team);
        map.Apply(law, new double[law.Length], TestContext.Current.CancellationToken);
        map.TakeUp();
        var dense = DenseMdp.At(source, law);
        var equations = DenseChain.OneMinus(dense.Chain(dense.ByState(map.Policy)), 1, isTransposed: true);
        for (var s = 0; s < law.Length; s++)
        {
            equations[law.Length - 1, s] = 1;
        }

        var largest = 0m;
        for (var from = 0; from < law.Length; from++)
        {
            for (var to = 0; to < from; to++)
            {
                var flow = new decimal[law.Length];
                (flow[from], flow[to]) = (-0.5m, 0.5m);
                flow[^1] = 0;
                largest = Math.Max(largest, LinearSolver.Solve(equations, flow).Sum(Math.Abs));
            }
        }

        Assert.InRange(map.Sensitivity(), (double)largest, 20 * (double)largest);
    }

    [Fact]
    public void Two_closed_parts_leave_the_sensitivity_unbounded()
    {
        var game = TabularGame.Create(ListedGame.OfChain([(0, 1)], [(1, 1)]));
        using var team = new ThreadTeam(1);
        var map = new PopulationOperator(new InducedChain(game), Temperature, steps: null, team);
        map.Apply([0.5, 0.5], new double[2], TestContext.Current.CancellationToken);
        map.TakeUp();
        Assert.Equal(double.PositiveInfinity, map.Sensitivity());
    }

    private static (RandomGame Source, double[] Law, double[] Change) Scene(int seed, MeanFieldCoupling coupling)
    {
        var source = new RandomGame(seed, states: 6, RandomShape.Full, coupling, discount: 0.9, mostActions: 3);
        var random = new Random(seed);
        var law = Array.ConvertAll(RandomInputs.Law(6, random), share => (0.7 * share) + (0.3 / 6));
        var change = Enumerable.Range(0, 6).Select(_ => random.NextDouble()).ToArray();
        return (source, law, Array.ConvertAll(change, x => x - change.Average()));
    }
}
