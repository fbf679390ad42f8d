using FsCheck.Fluent;
using MeanField.Equilibrium;
using MeanField.Numerics;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Equilibrium;

/// <summary>Whatever values are put in, what comes out contains the truth, which is known to 20 digits.</summary>
public class BellmanResidualTests
{
    private static readonly double[] Temperatures = [0, 0.01, 0.3, 5];

    [Fact]
    public void However_bad_a_guess_the_bounds_contain_the_true_values() =>
        Properties.Hold(
            from seed in Gen.Choose(0, 1_000_000)
            from temperature in Gen.Elements(Temperatures)
            from exponent in Gen.Choose(-16, 4)
            from shift in Gen.Choose(-1_000_000, 1_000_000)
            select (seed, temperature, Noise: Math.Pow(10, exponent), Shift: shift / 7.0),
            trials: 200,
            guess =>
            {
                using var check = new RandomCase(guess.seed);
                var noise = RandomInputs.Law(check.States, check.Random);
                var temperature = DecimalMath.From(guess.temperature);
                AssertContains(
                    check.Dense.PolicyValues(check.DensePolicy, temperature),
                    guess.Shift,
                    noise,
                    guess.Noise,
                    w => BellmanResidual.OfPolicy(check.Mdp, check.Policy, guess.temperature, guess.Shift, w).Error
                );
                AssertContains(
                    check.Dense.OptimalValues(temperature),
                    guess.Shift,
                    noise,
                    guess.Noise,
                    w => BellmanResidual.OfOptimum(check.Mdp, guess.temperature, guess.Shift, w).Error
                );
            }
        );

    [Fact]
    public void A_guess_that_is_right_gets_bounds_of_rounding_size() =>
        Properties.Hold(
            from seed in Gen.Choose(0, 1_000_000)
            from temperature in Gen.Elements(Temperatures)
            select (seed, temperature),
            trials: 50,
            given =>
            {
                using var check = new RandomCase(given.seed);
                var horizon = 1 / (1 - check.Source.Discount);
                var scale = 1 + given.temperature;
                var values = check.Dense.PolicyValues(check.DensePolicy, DecimalMath.From(given.temperature));
                var middle = (double)((values.Max() + values.Min()) / 2);
                var relative = Array.ConvertAll(values, v => (double)(v - DecimalMath.From(middle)));
                var bound = BellmanResidual.OfPolicy(check.Mdp, check.Policy, given.temperature, middle, relative);
                Assert.InRange(bound.Error.Width, 0, 1e-13 * scale * horizon * horizon);
                Assert.InRange(bound.Rounding, bound.Error.Width / 10, bound.Error.Width);
            }
        );

    // The bound says V − V̂ lies within [min δ, max δ]/(1 − γ). A guess that is off by a constant is off by exactly that, and where rows do
    // not quite sum to one, 1 − γ times their sum takes the place of 1 − γ.
    [Theory]
    [InlineData(-3.0, 1)]
    [InlineData(100.0, 1)]
    [InlineData(-100.0, 1 + 9e-10)]
    [InlineData(100.0, 1 + 9e-10)]
    [InlineData(-100.0, 1 - 9e-10)]
    [InlineData(100.0, 1 - 9e-10)]
    public void A_constant_error_is_found(double error, double rowSum)
    {
        var source = new TransformedGame(new RandomGame(17, discount: 0.9), 1, 0, rowSum);
        var law = Grids.Uniform(source);
        var mdp = FrozenMdp.Create(TabularGame.Create(source), law);
        var dense = DenseMdp.At(source, law);
        var policy = RandomInputs.Policy(source, new Random(1));
        AssertFound(
            dense.PolicyValues(dense.ByState(policy), 0.3m),
            guess => BellmanResidual.OfPolicy(mdp, policy, 0.3, 0, guess).Error
        );
        AssertFound(dense.OptimalValues(0.3m), guess => BellmanResidual.OfOptimum(mdp, 0.3, 0, guess).Error);

        void AssertFound(decimal[] values, Func<double[], Interval> bound)
        {
            var guess = Array.ConvertAll(values, v => (double)v - error);
            var interval = bound(guess);
            Assert.All(
                values.Zip(guess, (value, number) => value - DecimalMath.From(number)),
                truth => Assert.InRange(truth, DecimalMath.From(interval.Lower), DecimalMath.From(interval.Upper))
            );
            Assert.InRange(interval.Width, 0, 1e-10 + (40 * Math.Abs(error * (rowSum - 1))));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Values_that_are_no_numbers_prove_nothing(double bad)
    {
        using var check = new RandomCase(4);
        var values = new double[check.States];
        values[^1] = bad;
        Interval[] bounds =
        [
            BellmanResidual.OfPolicy(check.Mdp, check.Policy, 0.1, 0, values).Error,
            BellmanResidual.OfOptimum(check.Mdp, 0.1, 0, values).Error,
            BellmanResidual.OfOptimum(check.Mdp, 0, bad, new double[check.States]).Error,
        ];
        Assert.All(bounds, bound => Assert.False(double.IsFinite(bound.Lower) && double.IsFinite(bound.Upper)));
    }

    private static void AssertContains(
        decimal[] truth,
        double shift,
        double[] noise,
        double scale,
        Func<double[], Interval> bound
    )
    {
        var shiftExactly = DecimalMath.From(shift);
        var relative = new double[truth.Length];
        for (var s = 0; s < truth.Length; s++)
        {
            relative[s] = (double)(truth[s] - shiftExactly) + (scale * noise[s]);
        }

        var interval = bound(relative);
        for (var s = 0; s < truth.Length; s++)
        {
            var error = truth[s] - shiftExactly - DecimalMath.From(relative[s]);
            Assert.InRange(error, DecimalMath.From(interval.Lower), DecimalMath.From(interval.Upper));
        }
    }
}
