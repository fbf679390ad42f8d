using System.Collections.Concurrent;
using System.Globalization;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Benchmarks.Sampling;

/// <summary>Runs the solves of the command <c>samples</c>, one thread a solve and some solves side by side.</summary>
/// <param name="game">The game.</param>
/// <param name="plan">How much is measured.</param>
/// <param name="parallel">Solves at a time.</param>
internal sealed class SampleRunner(TabularGame game, SamplesPlan plan, int parallel)
{
    private const string Game = "crowd-grid";

    // No ending but the tolerance and the budget.
    private const string Endless = "stall-after=0 outer-iterations=1000000";

    /// <summary>How many samples each accuracy takes, one run a seed and accuracy; what was not tried because a larger ε was already out of reach
    /// is missing.</summary>
    public IReadOnlyList<SampleRun> Accuracies(SampleVariant variant, double temperature)
    {
        if (variant.IsAnytime)
        {
            var options = Options(variant.ToAccuracy(temperature, 0), temperature, 0, plan.LimitOf(variant));
            var targets = plan.Accuracies.Concat(plan.FineAccuracies).ToArray();
            return
            [
                .. ForSeeds(
                    options,
                    (seed, solve, solution) =>
                        targets.Select(target => Passage(variant, temperature, target, seed, solve, solution))
                ),
            ];
        }

        var runs = new List<SampleRun>();
        foreach (var target in plan.Accuracies)
        {
            var options = Options(variant.ToAccuracy(temperature, target), temperature, target, plan.LimitOf(variant));
            var cell = ForSeeds(
                options,
                (seed, solve, solution) => [Passage(variant, temperature, target, seed, solve, solution)]
            );
            runs.AddRange(cell);
            if (double.IsPositiveInfinity(Quartiles.MedianOf(cell.Select(run => run.First))))
            {
                break;
            }
        }

        return runs;
    }

    /// <summary>What accuracy each budget buys, one run a seed and budget.</summary>
    public IReadOnlyList<SampleRun> Budgets(SampleVariant variant, double temperature)
    {
        var runs = new List<SampleRun>();
        foreach (
            var budget in plan.Budgets.Where(budget =>
                variant != SampleVariant.Model || budget <= plan.LargestModelBudget
            )
        )
        {
            var options = Options(variant.ToBudget!(budget), temperature, 0, budget);
            runs.AddRange(
                ForSeeds(
                    options,
                    (seed, solve, solution) => [Describe(variant, temperature, budget, seed, solve, solution)]
                )
            );
        }

        return runs;
    }

    private static string Options(string options, double temperature, double tolerance, double budget) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{options} temperature={temperature} tolerance={tolerance} sample-budget={budget:F0} {Endless}"
        );

    private List<SampleRun> ForSeeds(string options, Func<int, SampledSolve, Solution, IEnumerable<SampleRun>> describe)
    {
        Console.Error.WriteLine(options);
        var solve = new SampledSolve(game, Game, options);
        var runs = new ConcurrentBag<SampleRun>();
        Parallel.For(
            1,
            plan.Seeds + 1,
            new ParallelOptions { MaxDegreeOfParallelism = parallel },
            seed =>
            {
                foreach (var run in describe(seed, solve, solve.Run(seed, threads: 1, TimeProvider.System)))
                {
                    runs.Add(run);
                }
            }
        );
        return [.. runs.OrderByDescending(run => run.Target).ThenBy(run => run.Seed)];
    }

    private static SampleRun Describe(
        SampleVariant variant,
        double temperature,
        double target,
        int seed,
        SampledSolve solve,
        Solution solution
    ) =>
        new(variant, temperature, target, seed, solve)
        {
            Spent = solution.Samples.Total,
            Last = solution.Last.Certificate.RegularizedExploitability.Upper,
            Mixture = solution.Mixture?.RegularizedExploitability.Upper ?? double.PositiveInfinity,
            Seconds = solution.SolveSeconds,
        };

    // Row 0 is the uniform start, which costs no sample and no method can be credited with.
    private static SampleRun Passage(
        SampleVariant variant,
        double temperature,
        double target,
        int seed,
        SampledSolve solve,
        Solution solution
    )
    {
        var (first, stays) = (double.PositiveInfinity, double.PositiveInfinity);
        foreach (var row in solution.Trace.Skip(1))
        {
            var isReached = row.RegularizedExploitability.Upper <= target;
            first = isReached ? Math.Min(first, row.Samples.Total) : first;
            stays = isReached ? Math.Min(stays, row.Samples.Total) : double.PositiveInfinity;
        }

        return Describe(variant, temperature, target, seed, solve, solution) with
        {
            First = first,
            Stays = stays,
        };
    }
}
