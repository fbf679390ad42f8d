using MeanField.Numerics;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>The published numbers of the 5 × 5 crowd grid, found by an independent dense Newton solver and an independent dense loop.</summary>
public class AnchorTests
{
    private const double LastDigit = 5e-10;

    [Theory]
    [InlineData(Grids.Empty, 0.3, 0.248925831, 0.290052582, 11.413147631)]
    [InlineData(Grids.Empty, 0.05, 0.038690405, 0.328484348, 7.444056510)]
    [InlineData(Grids.Walls, 0.3, 0.283626518, 0.284847279, 11.485118882)]
    [InlineData(Grids.Walls, 0.05, 0.041500866, 0.326254855, 7.466977207)]
    public void The_regularised_equilibrium_is_the_published_one(
        string layout,
        double temperature,
        double exploitability,
        double largestShare,
        double value
    )
    {
        var game = Grids.Tabulated(layout);
        var solution = Solve(
            game,
            new MfTrpoOptions
            {
                Temperature = temperature,
                OuterIterations = 400,
                TransitionSteps = 10,
                Tolerance = 0,
                EvaluationTolerance = 1e-14,
            }
        );
        Assert.Equal((SolveStatus.IterationLimit, 400), (solution.Status, solution.Iterations));

        var (last, certificate) = (solution.Last, solution.Last.Certificate);
        Assert.True(Contains(certificate.Exploitability, exploitability, LastDigit), $"{certificate.Exploitability}");
        Assert.InRange(certificate.Exploitability.Width, 0, 1e-11);
        Assert.InRange(certificate.RegularizedExploitability.Upper, 0, 1e-11);
        Assert.Equal(largestShare, last.MeanField.Max(), LastDigit);

        var dense = DenseMdp.At(game.Source, [.. last.MeanField]);
        var policy = dense.ByState(last.Policy.Probabilities);
        var values = dense.PolicyValues(policy, DecimalMath.From(temperature));
        Assert.Equal(value, (double)dense.MeanField.Zip(values, (share, v) => share * v).Sum(), LastDigit);
        Assert.Equal(exploitability, (double)dense.Exploitability(policy, 0), LastDigit);
        Assert.InRange(exploitability, 0, certificate.EntropyBiasBound);
        Assert.Equal(1, certificate.RecurrentClasses);

        // The best of many iterates that only rounding tells apart. φ_η is flat at the equilibrium and φ is not, hence fewer digits.
        Assert.True(Contains(solution.Best.Certificate.Exploitability, exploitability, 1e-6));
        Assert.Equal(largestShare, solution.Best.MeanField.Max(), 1e-6);
    }

    [Theory]
    [InlineData(Grids.Empty, 3.554897784)]
    [InlineData(Grids.Walls, 3.464916938)]
    public void The_uniform_policy_is_as_exploitable_as_published(string layout, double exploitability)
    {
        var solution = Solve(Grids.Tabulated(layout), new MfTrpoOptions { OuterIterations = 1, Tolerance = 0 });
        var start = solution.Trace[0];
        Assert.Equal(0, start.Iteration);
        Assert.True(Contains(start.Exploitability, exploitability, LastDigit), $"{start.Exploitability}");
        Assert.InRange(start.Exploitability.Width, 0, 1e-11);
    }

    // The published k counts from the state after the first outer iteration. The least of the numbers comes from an ordinary dense
    // solve, whose rounding is half of it; 28 digits give 3.08e-11.
    [Theory]
    [InlineData(true, 0, 6.190, 5e-4)]
    [InlineData(true, 10, 3.073e-2, 5e-6)]
    [InlineData(true, 20, 1.096e-3, 5e-7)]
    [InlineData(true, 50, 1.496e-6, 5e-10)]
    [InlineData(true, 100, 2e-11, 1.5e-11)]
    [InlineData(false, 0, 6.190, 5e-4)]
    [InlineData(false, 10, 1.141e-1, 5e-5)]
    [InlineData(false, 20, 1.614e-2, 5e-6)]
    [InlineData(false, 50, 9.936e-3, 5e-7)]
    [InlineData(false, 100, 9.736e-3, 5e-7)]
    public void Trajectories_have_the_published_digits(bool isWarm, int k, double exploitability, double lastDigit)
    {
        var solution = Solve(
            Grids.Tabulated(Grids.Empty),
            new MfTrpoOptions
            {
                OuterIterations = k + 1,
                TransitionSteps = 10,
                WarmStart = isWarm,
                Tolerance = 0,
            }
        );
        var row = solution.Trace[^1];
        Assert.Equal(k + 1, row.Iteration);
        Assert.True(
            Contains(row.RegularizedExploitability, exploitability, lastDigit),
            $"{row.RegularizedExploitability}"
        );
    }

    // The low-temperature failure that the paper warns of is no success, whatever limits the run has.
    [Theory]
    [InlineData(Grids.Empty)]
    [InlineData(Grids.Walls)]
    public void A_temperature_that_is_too_low_ends_as_not_converged(string layout)
    {
        var solution = Solve(Grids.Tabulated(layout), new MfTrpoOptions { Temperature = 0.01, TransitionSteps = 10 });
        Assert.Contains(solution.Status, new[] { SolveStatus.Stalled, SolveStatus.Diverged });
        Assert.False(solution.Status.IsSuccess());
        Assert.InRange(solution.Iterations, 200, 1999);
        Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Lower, 0.1, 10);
        var late = solution.Trace.Skip(solution.Trace.Count - 100).Select(row => row.RegularizedExploitability);
        Assert.All(late, interval => Assert.InRange(interval.Lower, 0.5, 10));
    }

    private static bool Contains(Interval interval, double printed, double lastDigit) =>
        interval.Lower <= printed + lastDigit && interval.Upper >= printed - lastDigit;

    private static Solution Solve(TabularGame game, MfTrpoOptions options) =>
        MfTrpo.Solve(
            game,
            options with
            {
                PopulationStep = 0.1,
                InnerIterations = 10,
            },
            new SolveContext { Clock = new FakeClock() }
        );
}
