using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

public class MfTrpoTests
{
    private static readonly TabularGame Grid = Grids.Tabulated(Grids.Walls);

    [Theory]
    [InlineData(5, 8)]
    [InlineData(66, 2)]
    public void Any_number_of_threads_gives_the_same_bits(int side, int iterations)
    {
        var game = Grids.Square(side, ("discount", 0.7));
        var options = new MfTrpoOptions
        {
            OuterIterations = iterations,
            InnerIterations = 3,
            TransitionSteps = 5,
            Tolerance = 0,
            TraceEvery = iterations,
        };
        var alone = Solve(game, options);
        foreach (var threads in new[] { 2, 3 })
        {
            var together = Solve(game, options, new SolveContext { Clock = new FakeClock(), Threads = threads });
            Assert.Equal(alone.Last.Policy.Probabilities, together.Last.Policy.Probabilities);
            Assert.Equal(alone.Last.MeanField, together.Last.MeanField);
            Assert.Equal(alone.Trace, together.Trace);
            Assert.Equal(alone.Last.Certificate, together.Last.Certificate);
        }
    }

    // All but nobody is in the first state while most of all are there, and all are as soon as no more than half are: no population stays. There
    // is one action and no reward, so at any other population the only policy would pass as an equilibrium.
    [Fact]
    public void A_game_without_a_stationary_population_is_not_solved()
    {
        var game = TabularGame.Create(
            new PopulationGame((_, _, mu) => mu[0] > 0.5 ? [(0, 0), (1, 1)] : [(0, 1), (1, 0)], (_, _, _) => 0)
        );
        var solution = Solve(game, new MfTrpoOptions { OuterIterations = 3 });
        Assert.Equal(SolveStatus.IterationLimit, solution.Status);
        Assert.InRange(solution.Best.Certificate.StationarityResidual, 0.5, 2);
        Assert.Contains("no population came to rest under its policy", solution.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solve_that_is_cancelled_before_it_starts_returns_the_uniform_start()
    {
        var solution = Solve(
            Grid,
            new MfTrpoOptions(),
            new SolveContext { Clock = new FakeClock(), Cancellation = new CancellationToken(canceled: true) }
        );
        Assert.Equal((SolveStatus.Cancelled, 0), (solution.Status, solution.Iterations));
        Assert.Equal(Policy.Uniform(Grid).Probabilities, solution.Best.Policy.Probabilities);
        Assert.Same(solution.Best, solution.Last);
        Assert.Single(solution.Trace);
    }

    [Fact]
    public void A_solve_that_is_cancelled_on_the_way_returns_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        var options = new MfTrpoOptions { Tolerance = 1e-12 };
        var solution = Solve(
            Grid,
            options,
            new SolveContext
            {
                Clock = new FakeClock(),
                Cancellation = source.Token,
                Progress = progress =>
                {
                    if (progress.Iteration == 17)
                    {
                        source.Cancel();
                    }
                },
            }
        );
        Assert.Equal((SolveStatus.Cancelled, 17), (solution.Status, solution.Iterations));
        Assert.Equal(18, solution.Trace.Count);
        var uncut = Solve(Grid, options with { OuterIterations = 17 });
        Assert.Equal(uncut.Best.Iteration, solution.Best.Iteration);
        Assert.Equal(uncut.Best.Policy.Probabilities, solution.Best.Policy.Probabilities);
    }

    [Fact]
    public void The_time_limit_ends_a_solve()
    {
        var clock = new FakeClock();
        var solution = Solve(
            Grid,
            new MfTrpoOptions { TimeLimit = 10, Tolerance = 1e-12 },
            new SolveContext { Clock = clock, Progress = _ => clock.Advance(TimeSpan.FromSeconds(1)) }
        );
        Assert.Equal((SolveStatus.TimeLimit, 10), (solution.Status, solution.Iterations));
        Assert.Contains("10 s", solution.Explanation);
    }

    [Fact]
    public void Time_is_what_the_clock_says_and_scoring_is_not_solving()
    {
        var clock = new FakeClock(perReading: TimeSpan.FromSeconds(1));
        var solution = Solve(
            Grid,
            new MfTrpoOptions { OuterIterations = 5, Tolerance = 0 },
            new SolveContext { Clock = clock }
        );
        // One span between two readings in the constructor and in each iteration; six scores.
        Assert.Equal((6, 6), (solution.SolveSeconds, solution.CertifySeconds));
        Assert.Equal([1, 2, 3, 4, 5, 6], solution.Trace.Select(row => row.Seconds));
        Assert.True(Solve(Grid, new MfTrpoOptions { OuterIterations = 5, Tolerance = 0 }).SolveSeconds == 0);
    }

    [Fact]
    public void A_converged_solve_is_certified_to_its_tolerance()
    {
        foreach (var tolerance in new[] { 1e-1, 1e-3, 1e-6, 1e-9 })
        {
            var solution = Solve(Grid, new MfTrpoOptions { Tolerance = tolerance });
            Assert.Equal(SolveStatus.Converged, solution.Status);
            Assert.InRange(solution.Best.Certificate.RegularizedExploitability.Upper, 0, tolerance);
            Assert.All(solution.Trace.SkipLast(1), row => Assert.True(row.RegularizedExploitability.Upper > tolerance));
            Assert.Equal(solution.Iterations, solution.Trace[^1].Iteration);
        }
    }

    [Fact]
    public void The_iteration_limit_ends_a_solve_that_is_not_there_yet()
    {
        var solution = Solve(Grid, new MfTrpoOptions { OuterIterations = 12 });
        Assert.Equal((SolveStatus.IterationLimit, 12), (solution.Status, solution.Iterations));
        Assert.False(solution.Status.IsSuccess());
    }

    // Most of them come after the last improvement that a double can show.
    [Fact]
    public void Tolerance_zero_runs_every_iteration()
    {
        var solution = Solve(
            Grid,
            new MfTrpoOptions
            {
                OuterIterations = 300,
                Tolerance = 0,
                StallAfter = 10,
            }
        );
        Assert.Equal((SolveStatus.IterationLimit, 300), (solution.Status, solution.Iterations));
        Assert.Equal(Enumerable.Range(0, 301), solution.Trace.Select(row => row.Iteration));
    }

    [Fact]
    public void The_best_iterate_is_the_best_of_the_trace_and_the_last_is_the_last()
    {
        var solution = Solve(
            Grid,
            new MfTrpoOptions
            {
                Temperature = 0.01,
                OuterIterations = 60,
                TransitionSteps = 10,
            }
        );
        var uppers = solution.Trace.Select(row => row.RegularizedExploitability.Upper).ToArray();
        Assert.Equal(uppers.Min(), solution.Best.Certificate.RegularizedExploitability.Upper);
        Assert.Equal(Array.IndexOf(uppers, uppers.Min()), solution.Best.Iteration);
        Assert.Equal(uppers[^1], solution.Last.Certificate.RegularizedExploitability.Upper);
        Assert.Equal(60, solution.Last.Iteration);
        Assert.True(solution.Best.Iteration < 60);
    }

    [Fact]
    public void What_is_returned_is_its_own_stationary_law_and_certificate()
    {
        var solution = Solve(Grid, new MfTrpoOptions { OuterIterations = 7 });
        foreach (var iterate in new[] { solution.Best, solution.Last })
        {
            var again = MeanField.Equilibrium.Certifier.Certify(Grid, iterate.Policy, [.. iterate.MeanField], 0.05);
            Assert.InRange(iterate.Certificate.StationarityResidual, 0, 1e-14);
            Assert.True(
                again.Exploitability.Lower <= iterate.Certificate.Exploitability.Upper
                    && again.Exploitability.Upper >= iterate.Certificate.Exploitability.Lower
            );
        }
    }

    [Theory]
    [InlineData(1, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(3, new[] { 0, 3, 6, 9, 10 })]
    [InlineData(5, new[] { 0, 5, 10 })]
    [InlineData(100, new[] { 0, 10 })]
    public void The_trace_has_the_rows_asked_for_and_always_the_last(int every, int[] iterations)
    {
        var options = new MfTrpoOptions
        {
            OuterIterations = 10,
            TraceEvery = every,
            Tolerance = 0,
        };
        Assert.Equal(iterations, Solve(Grid, options).Trace.Select(row => row.Iteration));
    }

    [Fact]
    public void Scoring_seldom_changes_no_answer()
    {
        var options = new MfTrpoOptions { OuterIterations = 12, Tolerance = 0 };
        var (often, seldom) = (Solve(Grid, options), Solve(Grid, options with { TraceEvery = 12 }));
        Assert.Equal(often.Last.Policy.Probabilities, seldom.Last.Policy.Probabilities);
        // The stationary law is started from the same population either way.
        Assert.Equal(often.Last.MeanField, seldom.Last.MeanField);
    }

    // A solve cut short by the clock between scorings is scored at its end.
    [Fact]
    public void A_solve_that_ends_between_scorings_still_ends_with_a_certificate()
    {
        var clock = new FakeClock();
        var solution = Solve(
            Grid,
            new MfTrpoOptions
            {
                TimeLimit = 5,
                TraceEvery = 100,
                Tolerance = 1e-12,
            },
            new SolveContext { Clock = clock, Progress = _ => clock.Advance(TimeSpan.FromSeconds(1)) }
        );
        Assert.Equal((SolveStatus.TimeLimit, 5, 5), (solution.Status, solution.Iterations, solution.Last.Iteration));
        Assert.Equal([0, 5], solution.Trace.Select(row => row.Iteration));
    }

    [Fact]
    public void Progress_is_told_after_every_iteration()
    {
        var seen = new List<SolveProgress>();
        var solution = Solve(
            Grid,
            new MfTrpoOptions { OuterIterations = 4, Tolerance = 1e-7 },
            new SolveContext { Clock = new FakeClock(), Progress = seen.Add }
        );
        Assert.Equal([1, 2, 3, 4], seen.Select(progress => progress.Iteration));
        Assert.All(seen, progress => Assert.Equal((4, 1e-7), (progress.IterationLimit, progress.Tolerance)));
        Assert.Equal(
            solution.Trace.Skip(1).Select(row => row.PopulationChange),
            seen.Select(progress => progress.PopulationChange)
        );
        Assert.Equal(solution.Best.Certificate.RegularizedExploitability.Upper, seen[^1].BestRegularizedExploitability);
    }

    [Fact]
    public void Trace_rows_say_what_was_done()
    {
        var row = Solve(
            Grid,
            new MfTrpoOptions
            {
                OuterIterations = 3,
                InnerIterations = 4,
                PopulationStep = 0.5,
                PopulationStepDecay = 1,
                Tolerance = 0,
            }
        ).Trace[^1];
        // l = 3 and k = 2 last.
        Assert.Equal(1 / (0.05 * 5), row.StepSize, 1e-12);
        Assert.Equal(0.5 / 3, row.PopulationStep, 1e-15);
        Assert.True(row.PolicyKl > 0 && row.PopulationChange > 0 && row.PopulationGap > 0);
        Assert.Equal(0, row.Samples.Total);
    }

    // Temperature 0.01 with steps of a tenth circles for ever: no progress for 30 scores ends it, 0 never does.
    [Fact]
    public void Waiting_without_progress_is_limited_as_asked()
    {
        var options = new MfTrpoOptions
        {
            Temperature = 0.01,
            TransitionSteps = 10,
            OuterIterations = 260,
        };
        var impatient = Solve(Grid, options with { StallAfter = 30 });
        Assert.Contains(impatient.Status, new[] { SolveStatus.Stalled, SolveStatus.Diverged });
        Assert.Contains("30", impatient.Explanation);
        Assert.Equal(SolveStatus.IterationLimit, Solve(Grid, options with { StallAfter = 0 }).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_solver_can_be_stepped(int threads)
    {
        var options = new MfTrpoOptions { OuterIterations = 3, Tolerance = 0 };
        using var solver = new MfTrpo(Grid, options, new SolveContext { Clock = new FakeClock(), Threads = threads });
        Assert.Equal(0, solver.Iterations);
        Assert.Equal(Grids.Uniform(Grid.Source), solver.MeanField);
        Assert.Null(solver.Step());
        Assert.Null(solver.Step());
        Assert.Equal(SolveStatus.IterationLimit, solver.Step());
        Assert.Equal((3, 4), (solver.Iterations, solver.Trace.Count));
        Assert.Equal(Solve(Grid, options).Last.Policy.Probabilities, solver.Policy);
        solver.Dispose();
    }

    [Fact]
    public void A_game_that_breaks_at_a_mean_field_on_the_way_is_said_to()
    {
        var game = TabularGame.Create(
            new PopulationGame((s, a, _) => [(a, 1)], (_, a, mu) => mu[0] > 0.6 ? double.NaN : -a, actions: 2)
        );
        foreach (var threads in new[] { 1, 2 })
        {
            var context = new SolveContext { Clock = new FakeClock(), Threads = threads };
            Assert.Throws<MeanField.Games.InvalidGameException>(() => MfTrpo.Solve(game, new MfTrpoOptions(), context));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void No_threads_are_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Solve(Grid, new MfTrpoOptions(), new SolveContext { Clock = new FakeClock(), Threads = threads })
        );

    private static Solution Solve(TabularGame game, MfTrpoOptions options, SolveContext? context = null) =>
        MfTrpo.Solve(game, options, context ?? new SolveContext { Clock = new FakeClock() });
}
