using MeanField.Diagnostics;
using MeanField.Markov;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Diagnostics;

public class OperatorErrorTests
{
    /// <summary>Values that are off by known amounts lead to images that are off; the reference knows by how much, the bound only the residual.</summary>
    [Theory]
    [InlineData(1, 1e-6)]
    [InlineData(1, 1e-2)]
    [InlineData(3, 1e-4)]
    public void The_bound_covers_what_wrong_values_do_to_an_image(int steps, double wrong)
    {
        const double Temperature = 0.3;
        for (var seed = 0; seed < 10; seed++)
        {
            var source = new RandomGame(seed, states: 5, RandomShape.Full, discount: 0.9, mostActions: 3);
            var random = new Random(seed);
            var law = RandomInputs.Law(5, random);
            using var team = new ThreadTeam(1);
            var map = new PopulationOperator(new InducedChain(TabularGame.Create(source)), Temperature, steps, team);
            map.Apply(law, new double[5], TestContext.Current.CancellationToken);
            foreach (ref var value in map.StateValues.AsSpan())
            {
                value += wrong * ((2 * random.NextDouble()) - 1);
            }

            var dense = DenseMdp.At(source, law);
            var chain = dense.Chain(
                dense.Improve(DecimalMath.From(map.StateValues), DecimalMath.From(Temperature)).Policy
            );
            var image = dense.MeanField;
            for (var step = 0; step < steps; step++)
            {
                image = DenseChain.Push(chain, image);
            }

            var right = DensePopulationOperator.Apply(source, law, Temperature, steps);
            var error = (double)image.Zip(right, (x, y) => Math.Abs(x - y)).Sum();
            var bound = OperatorError.Bound(map, Temperature, [.. image.Select(share => (double)share)]);
            Assert.InRange(error, wrong / 1e6, bound);
            Assert.True(bound < 100 * steps * wrong / Temperature);
        }
    }
}
