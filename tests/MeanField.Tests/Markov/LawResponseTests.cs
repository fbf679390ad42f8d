using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class LawResponseTests
{
    [Theory]
    [InlineData(1, "Connected")]
    [InlineData(2, "Connected")]
    [InlineData(3, "Periodic")]
    [InlineData(4, "Full")]
    [InlineData(5, "Full")]
    public void The_response_solves_its_equations(int seed, string shape)
    {
        using var scene = new RandomCase(seed, Enum.Parse<RandomShape>(shape), hasGaps: false);
        var law = DenseChain.StationaryLaw(scene.DenseChain).Select(share => (double)share).ToArray();
        var flow = FlowWithSumZero(scene);
        var change = Respond(scene, law, flow);

        // x (I − P) = c with Σ x = 0 in place of the last equation.
        var equations = DenseChain.OneMinus(scene.DenseChain, 1, isTransposed: true);
        var right = DecimalMath.From(flow);
        right[^1] = 0;
        for (var s = 0; s < scene.States; s++)
        {
            equations[scene.States - 1, s] = 1;
        }

        var expected = LinearSolver.Solve(equations, right);
        Assert.All(expected.Zip(change), pair => Assert.Equal((double)pair.First, pair.Second, 1e-10));
    }

    /// <summary>Gaps leave states transient, often in several classes: the flow must lead nowhere else then, as it does at a root.</summary>
    [Fact]
    public void With_transient_states_and_several_classes_every_class_keeps_its_mass()
    {
        var (several, transient) = (0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            using var scene = new RandomCase(seed);
            var structure = ChainStructure.Find(scene.Chain);
            var law = new double[scene.States];
            new StationaryLaw(scene.Chain).OfChain(scene.Law, law);

            // c = y (I − P) with y of no mass in each class and none in transient states, so that y itself is the answer.
            var expected = new double[scene.States];
            for (var c = 0; c < structure.RecurrentClasses; c++)
            {
                var members = Enumerable.Range(0, scene.States).Where(s => structure.RecurrentClass[s] == c).ToArray();
                var weights = members.Select(_ => scene.Random.NextDouble()).ToArray();
                for (var i = 0; i < members.Length; i++)
                {
                    expected[members[i]] = weights[i] - weights.Average();
                }
            }

            var pushed = new double[scene.States];
            PopulationFlow.Push(scene.Chain, expected, pushed);
            var change = Respond(scene, law, [.. expected.Zip(pushed, (y, p) => y - p)]);
            for (var c = 0; c < structure.RecurrentClasses; c++)
            {
                var mass = change.Where((_, s) => structure.RecurrentClass[s] == c).Sum();
                Assert.Equal(0, mass, 1e-9);
            }

            // Mixing as slow as 1e-12 leaves as many digits fewer.
            if (scene.Chain.Values.All(p => p is 0 or > 1e-4))
            {
                Assert.All(expected.Zip(change), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
            }

            several += structure.RecurrentClasses > 1 ? 1 : 0;
            transient += structure.RecurrentClass.Contains(-1) ? 1 : 0;
        }

        Assert.True(
            several > 10 && transient > 10,
            $"{several} with several classes, {transient} with transient states"
        );
    }

    /// <summary>A flow through transient states puts mass there, which the class must give up.</summary>
    [Fact]
    public void Mass_under_way_in_transient_states_is_missing_in_the_class()
    {
        // 0 → 1 → 2 with returns from 1 to itself; 2 and 3 are the class.
        var source = ListedGame.OfChain([(1, 1)], [(1, 0.5), (2, 0.5)], [(3, 1)], [(2, 0.5), (3, 0.5)]);
        using var team = new ThreadTeam(1);
        var game = TabularGame.Create(source);
        var chain = new InducedChain(game);
        double[] law = [0, 0, 1.0 / 3, 2.0 / 3];
        chain.Update(FrozenMdp.Create(game, law), [1, 1, 1, 1], team);
        var response = new LawResponse(chain.Plan!);
        response.TakeUp(chain, law);
        var change = new double[4];
        response.Solve([1, 0, 0, -1], change);

        // x₀ = 1, x₁ = 1 + x₁/2, x₂ = x₁/2 + x₃/2, x₃ = x₂ + x₃/2 − 1, x₀ + x₁ + x₂ + x₃ = 0.
        double[] expected = [1, 2, -1.0 / 3, -8.0 / 3];
        Assert.All(expected.Zip(change), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    /// <summary>
    /// A walk that drifts to the right: state 0 has a share of 4⁻¹⁹, and an elimination that ends there sums visits of 4¹⁹ times the flow.
    /// </summary>
    [Fact]
    public void Rare_states_cost_no_digits()
    {
        const int States = 20;
        var rows = Enumerable
            .Range(0, States)
            .Select(s => new[] { (Math.Max(s - 1, 0), 0.2), (Math.Min(s + 1, States - 1), 0.8) })
            .ToArray();
        var source = ListedGame.OfChain(rows);
        var game = TabularGame.Create(source);
        using var team = new ThreadTeam(1);
        var chain = new InducedChain(game);
        var weights = Enumerable.Range(0, States).Select(s => Math.Pow(4, s - States)).ToArray();
        var law = Array.ConvertAll(weights, w => w / weights.Sum());
        chain.Update(FrozenMdp.Create(game, law), [.. Enumerable.Repeat(1.0, States)], team);
        var flow = new double[States];
        (flow[^1], flow[^2]) = (1, -1);
        var response = new LawResponse(chain.Plan!);
        response.TakeUp(chain, law);
        var change = new double[States];
        response.Solve(flow, change);
        var pushed = new double[States];
        PopulationFlow.Push(chain, change, pushed);
        Assert.Equal(0, change.Sum(), 1e-14);
        for (var s = 0; s < States; s++)
        {
            Assert.Equal(flow[s], change[s] - pushed[s], 1e-14);
        }
    }

    private static double[] FlowWithSumZero(RandomCase scene)
    {
        var flow = Enumerable.Range(0, scene.States).Select(_ => scene.Random.NextDouble()).ToArray();
        return Array.ConvertAll(flow, c => c - flow.Average());
    }

    private static double[] Respond(RandomCase scene, double[] law, double[] flow)
    {
        var response = new LawResponse(scene.Chain.Plan!);
        response.TakeUp(scene.Chain, law);
        var change = new double[scene.States];
        response.Solve(flow, change);
        return change;
    }
}
