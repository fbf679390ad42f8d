using MeanField.Markov;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Markov;

public class PairFlowTests
{
    [Fact]
    public void Sums_over_pairs_are_the_dense_ones()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            using var scene = new RandomCase(seed);
            var mass = Enumerable.Range(0, scene.Game.PairCount).Select(_ => scene.Random.NextDouble() - 0.5).ToArray();
            var values = Enumerable.Range(0, scene.States).Select(_ => scene.Random.NextDouble() - 0.5).ToArray();
            var (flow, expected) = (new double[scene.States], new double[mass.Length]);
            PairFlow.Push(scene.Mdp, mass, flow);
            PairFlow.Expect(scene.Mdp, values, expected);

            var rows = scene.Dense.Transitions.SelectMany(row => row).ToArray();
            for (var s = 0; s < scene.States; s++)
            {
                var sum = rows.Zip(mass, (row, x) => row[s] * DecimalMath.From(x)).Sum();
                Assert.Equal((double)sum, flow[s], 1e-14);
            }

            for (var pair = 0; pair < rows.Length; pair++)
            {
                var sum = rows[pair].Zip(values, (p, v) => p * DecimalMath.From(v)).Sum();
                Assert.Equal((double)sum, expected[pair], 1e-15);
            }

            var ofChain = new double[scene.States];
            PopulationFlow.Expect(scene.Chain, values, ofChain);
            for (var s = 0; s < scene.States; s++)
            {
                var sum = Enumerable
                    .Range(0, scene.States)
                    .Sum(next => scene.DenseChain[s, next] * DecimalMath.From(values[next]));
                Assert.Equal((double)sum, ofChain[s], 1e-14);
            }
        }
    }
}
