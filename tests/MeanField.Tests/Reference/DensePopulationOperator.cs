using MeanField.Games;

namespace MeanField.Tests.Reference;

/// <summary>Φ(μ) = μ (P^{π_μ}_μ)^M by the textbook in 28 digits: soft optimal values, softmax, a full matrix, M products or the equations of a
/// stationary law.</summary>
internal static class DensePopulationOperator
{
    public static decimal[] Apply(IMeanFieldGame game, IReadOnlyList<double> law, double temperature, int? steps)
    {
        var dense = DenseMdp.At(game, [.. law]);
        var eta = DecimalMath.From(temperature);
        var chain = dense.Chain(dense.Improve(dense.OptimalValues(eta), eta).Policy);
        if (steps is null)
        {
            return DenseChain.StationaryLaw(chain);
        }

        var image = dense.MeanField;
        for (var step = 0; step < steps; step++)
        {
            image = DenseChain.Push(chain, image);
        }

        return image;
    }

    /// <summary>⟨μ − μ', Φ(μ) − Φ(μ')⟩ / ‖μ − μ'‖₂².</summary>
    public static decimal Ratio(
        IMeanFieldGame game,
        IReadOnlyList<double> first,
        IReadOnlyList<double> second,
        double temperature,
        int? steps
    )
    {
        var (image, other) = (Apply(game, first, temperature, steps), Apply(game, second, temperature, steps));
        var (product, square) = (0m, 0m);
        for (var s = 0; s < image.Length; s++)
        {
            var law = DecimalMath.From(first[s]) - DecimalMath.From(second[s]);
            product += law * (image[s] - other[s]);
            square += law * law;
        }

        return product / square;
    }

    /// <summary>DΦ(μ) v by a symmetric difference.</summary>
    public static double[] Derivative(
        IMeanFieldGame game,
        double[] law,
        double[] change,
        double temperature,
        int? steps
    )
    {
        const double Step = 1e-5;
        var up = Apply(game, [.. law.Zip(change, (share, v) => share + (Step * v))], temperature, steps);
        var down = Apply(game, [.. law.Zip(change, (share, v) => share - (Step * v))], temperature, steps);
        return [.. up.Zip(down, (u, d) => (double)(u - d) / (2 * Step))];
    }
}
