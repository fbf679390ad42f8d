using MeanField.Catalogue;
using MeanField.Parameters;
using MeanField.Solvers;
using MeanField.Tabular;
using MeanField.Tests.Reference;

namespace MeanField.Tests.Solvers;

/// <summary>
/// A solve that is stopped and continued by another solver, wherever it is stopped, ends with the bits of one that never was. Every solver of the
/// catalogue is tested by being listed, with its defaults; variants of options that switch other parts of a state on are data.
/// </summary>
public sealed class ResumeTests
{
    private const int Iterations = 10;

    private static readonly (string Name, Func<TabularGame> Create)[] Games =
    [
        ("crowd-grid", () => Of("crowd-grid")),
        ("sis", () => Of("sis")),
        ("mf-garnet", () => Of("mf-garnet")),
        ("hall", () => Grids.Tabulated(Grids.Hall, ("congestion", "2"), ("slip", "0.05"))),
        ("hall without slip", () => Grids.Tabulated(Grids.Hall, ("congestion", "2"), ("slip", "0"))),
        // So large and tangled that policies are evaluated by sweeps, at the higher discount in vain.
        ("sweeps", () => TabularGame.Create(new RandomGame(3, states: 200, RandomShape.Connected, discount: 0.9))),
        ("slow", () => TabularGame.Create(new RandomGame(3, states: 120, RandomShape.Connected, discount: 0.999))),
    ];

    private static readonly (string Solver, string Options)[] Variants =
    [
        ("mf-trpo", "memory=0"),
        ("mf-trpo", "inner-iterations=3"),
        ("mf-trpo", "temperature=0.3"),
        ("mf-trpo", "faithful=true"),
        ("mf-trpo", "step-rule=kl-radius transition-steps=3"),
        ("mf-trpo", "step-rule=constant population-step-decay=0.1 trace-every=3"),
        ("mf-trpo-sampled", "estimator=importance trajectories=300 inner-iterations=2 temperature=0.3"),
        ("mf-trpo-sampled", "estimator=mean trajectories=300 inner-iterations=2 particles=50 averaging=false"),
        ("mf-trpo-sampled", "particles=50 step-rule=kl-radius sample-budget=100000"),
        ("mf-trpo-sampled", "warm-start=false"),
        ("fixed-point", "population-step=0.3 population-step-decay=0.1 start=random"),
        ("policy-iteration", "variant=boltzmann transition-steps=2"),
        ("q-learning-two-timescale", "temperature=0.1 iteration-steps=17"),
        ("newton", "temperature=0 starts=4"),
        ("newton", "temperature=0.05 starts=3"),
        ("newton", "temperature=0.2 starts=5 tolerance=1e-7 outer-iterations=60"),
    ];

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var solver in SolverCatalogue.All)
            {
                cases.Add("crowd-grid", solver.Name, "");
                cases.Add("sis", solver.Name, "");
                cases.Add("mf-garnet", solver.Name, "");
            }

            foreach (var (solver, options) in Variants)
            {
                cases.Add("crowd-grid", solver, options);
                cases.Add("mf-garnet", solver, options);
            }

            foreach (var solver in new[] { "mf-trpo", "fixed-point", "mf-trpo-sampled" })
            {
                cases.Add("sweeps", solver, "outer-iterations=6");
                cases.Add("slow", solver, "outer-iterations=6");
            }

            // Trust-region steps get stuck, and Newton's method takes over; without slip that fails too, and the method goes back and cools in smaller steps.
            cases.Add("hall", "mf-trpo", "outer-iterations=60");
            cases.Add("hall without slip", "mf-trpo", "outer-iterations=40");
            cases.Add("crowd-grid", "mf-trpo", "memory=0 outer-iterations=40");

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_solve_stopped_between_iterations_and_continued_is_the_solve_that_never_was(
        string game,
        string solver,
        string options
    )
    {
        var solve = new Case(game, solver, options);
        var whole = solve.Run(threads: 1);
        var last = whole.Trace[^1].Iteration;
        foreach (var stop in new[] { 1, last - 2, last }.Where(k => k > 0).Distinct())
        {
            var first = solve.RunUntil(stop, threads: 1);
            Assert.InRange(first.Iterations, stop - 1, stop);
            AssertSame(whole, solve.Run(threads: 2, first.State));
        }
    }

    // Two states after as many iterations must be one, bit for bit, however often the solve was stopped before; the clock stands still.
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_state_does_not_show_where_the_solve_was_stopped_before(string game, string solver, string options)
    {
        var solve = new Case(game, solver, options);
        var straight = solve.RunUntil(5, threads: 1);
        var broken = solve.RunUntil(3, threads: 1, solve.RunUntil(1, threads: 2).State);
        broken = solve.RunUntil(5, threads: 2, broken.State);
        Assert.Equal(straight.Iterations, broken.Iterations);
        Assert.Equal(straight.State, broken.State);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_solve_stopped_anywhere_and_continued_is_the_solve_that_never_was(
        string game,
        string solver,
        string options
    )
    {
        var solve = new Case(game, solver, options);
        var whole = solve.Run(threads: 1);
        foreach (var readings in new[] { 60, 170 })
        {
            var state = solve.RunUntilReading(readings);
            AssertSame(whole, solve.Run(threads: 1, state));
        }
    }

    [Fact]
    public void States_of_other_solvers_and_games_and_damaged_ones_are_refused()
    {
        var context = new SolveContext { Clock = new FakeClock() };
        using var solver = new FixedPoint(Of("sis"), new FixedPointOptions(), context);
        Assert.Null(solver.Step());
        var state = solver.SaveState();

        using var otherSolver = new FictitiousPlay(Of("sis"), new FictitiousPlayOptions(), context);
        using var otherGame = new FixedPoint(Of("crowd-grid"), new FixedPointOptions(), context);
        using var same = new FixedPoint(Of("sis"), new FixedPointOptions(), context);
        Assert.Contains("FixedPoint", Refusal(otherSolver, state), StringComparison.Ordinal);
        Assert.Contains("25 states", Refusal(otherGame, state), StringComparison.Ordinal);
        Assert.Contains("ends within", Refusal(same, state[..^1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_and_times_go_on_counting()
    {
        var clock = new FakeClock();
        var context = new SolveContext { Clock = clock };
        var options = new FixedPointOptions { TimeLimit = 100, Tolerance = 0 };
        using var first = new FixedPoint(Of("sis"), options, context);
        Assert.Null(first.Step());
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(first.Step());
        var state = first.SaveState();

        using var second = new FixedPoint(Of("sis"), options, context);
        second.RestoreState(state);
        Assert.Equal(2, second.Iterations);
        Assert.Equal(first.Trace, second.Trace);
        clock.Advance(TimeSpan.FromSeconds(39));
        Assert.Null(second.Step());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SolveStatus.TimeLimit, second.Step());
    }

    // Raised limits: the solve that ended goes on as the one with larger limits would have gone, though the last of its scores were due to its end alone.
    [Theory]
    [InlineData("mf-garnet", "mf-trpo", "outer-iterations=4", "outer-iterations=9")]
    [InlineData("mf-garnet", "mf-trpo", "trace-every=3 outer-iterations=4", "trace-every=3 outer-iterations=9")]
    [InlineData(
        "mf-garnet",
        "mf-trpo",
        "faithful=true trace-every=5 outer-iterations=4",
        "faithful=true trace-every=5 outer-iterations=9"
    )]
    [InlineData("mf-garnet", "mf-trpo-sampled", "sample-budget=3000", "sample-budget=9000")]
    [InlineData("mf-garnet", "semi-sgd", "sample-budget=1003", "sample-budget=2005")]
    [InlineData("crowd-grid", "fixed-point", "stall-after=3 outer-iterations=60", "stall-after=8 outer-iterations=60")]
    public void A_solve_that_came_to_a_limit_goes_on_as_with_a_larger_one(
        string game,
        string solver,
        string lower,
        string higher
    )
    {
        var state = new Case(game, solver, $"{lower} tolerance=1e-14").End();
        var raised = new Case(game, solver, $"{higher} tolerance=1e-14");
        AssertSame(raised.Run(threads: 1), raised.Run(threads: 1, state));
    }

    [Fact]
    public void A_state_is_stored_when_the_interval_is_over_and_at_an_end_without_an_answer_only()
    {
        var clock = new FakeClock();
        var stored = new List<int>();
        var context = new SolveContext
        {
            Clock = clock,
            Progress = _ => clock.Advance(TimeSpan.FromSeconds(4)),
            Checkpoints = new CheckpointPlan
            {
                Interval = TimeSpan.FromSeconds(10),
                Store = checkpoint => stored.Add(checkpoint.Iterations),
            },
        };
        var options = new FixedPointOptions { OuterIterations = 8, Tolerance = 0 };
        FixedPoint.Solve(Of("mf-garnet"), options, context);
        Assert.Equal([3, 6, 8], stored);

        stored.Clear();
        Assert.True(FixedPoint.Solve(Of("contraction"), new FixedPointOptions(), context).Status.IsSuccess());
        Assert.Empty(stored);
    }

    private static string Refusal(IterativeSolver solver, byte[] state) =>
        Assert.Throws<InvalidDataException>(() => solver.RestoreState(state)).Message;

    private static void AssertSame(Solution expected, Solution found)
    {
        Assert.Equal(expected.Status, found.Status);
        Assert.Equal(expected.Explanation, found.Explanation);
        Assert.Equal(expected.Iterations, found.Iterations);
        Assert.Equal(expected.Samples, found.Samples);
        Assert.Equal(expected.SamplingPlan, found.SamplingPlan);
        Assert.Equal(
            expected.Trace.Select(row => row with { Seconds = 0 }),
            found.Trace.Select(row => row with { Seconds = 0 })
        );
        AssertSame(expected.Best, found.Best);
        AssertSame(expected.Last, found.Last);
        Assert.Equal(ReferenceEquals(expected.Best, expected.Last), ReferenceEquals(found.Best, found.Last));
        Assert.Equal(expected.Equilibria.Count, found.Equilibria.Count);
        Assert.All(expected.Equilibria, (equilibrium, n) => AssertSame(equilibrium, found.Equilibria[n]));
        Assert.Equal(expected.Mixture is null, found.Mixture is null);
        if (expected.Mixture is { } mixture)
        {
            Assert.Equal(mixture with { MarkovPolicy = found.Mixture!.MarkovPolicy }, found.Mixture);
            AssertSame(mixture.MarkovPolicy, found.Mixture.MarkovPolicy);
        }
    }

    // Bits, so that 0 and −0 differ.
    private static void AssertSame(Iterate expected, Iterate found)
    {
        Assert.Equal(expected.Iteration, found.Iteration);
        Assert.Equal(expected.Certificate, found.Certificate);
        Assert.Equal(Bits(expected.Policy.Probabilities.ToArray()), Bits(found.Policy.Probabilities.ToArray()));
        Assert.Equal(Bits(expected.MeanField), Bits(found.MeanField));
    }

    private static IEnumerable<long> Bits(IEnumerable<double> numbers) =>
        numbers.Select(BitConverter.DoubleToInt64Bits);

    private static TabularGame Of(string name)
    {
        var entry = GameCatalogue.All.Single(game => game.Name == name);
        return TabularGame.Create(entry.Create(ParameterValues.Create(name, entry.Parameters, [])));
    }

    private sealed class Case
    {
        private readonly TabularGame _game;
        private readonly SolverDefinition _solver;
        private readonly ParameterValues _options;

        public Case(string game, string solver, string options)
        {
            _game = Games.Single(entry => entry.Name == game).Create();
            _solver = SolverCatalogue.Find(solver)!;
            var given = options
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(option => option.Split('='))
                .Select(parts => KeyValuePair.Create(parts[0], parts[1]));
            KeyValuePair<string, string>[] usual =
            [
                new("tolerance", "0"),
                new("stall-after", "0"),
                new("outer-iterations", $"{Iterations}"),
            ];
            _options = ParameterValues.Create(solver, _solver.Options, [.. usual, .. given]);
        }

        public Solution Run(int threads, byte[]? state = null) =>
            Solve(threads, new FakeClock(), state, null, CancellationToken.None).Solution;

        public byte[] End() => Solve(1, new FakeClock(), null, null, CancellationToken.None).Stored.State;

        public (int Iterations, byte[] State) RunUntil(int iteration, int threads, byte[]? state = null)
        {
            using var stop = new CancellationTokenSource();
            var (_, stored) = Solve(
                threads,
                new FakeClock(),
                state,
                progress =>
                {
                    if (progress.Iteration == iteration)
                    {
                        stop.Cancel();
                    }
                },
                stop.Token
            );
            return stored;
        }

        // Every look at the clock is a millisecond, and the time limit is looked at in the middle of iterations as well.
        public byte[] RunUntilReading(int readings)
        {
            var limited = ParameterValues.Create(
                _solver.Name,
                _solver.Options,
                [.. _options.InOrder(), new("time-limit", $"{readings * 1e-3:R}")]
            );
            return Solve(1, new FakeClock(TimeSpan.FromMilliseconds(1)), null, null, default, limited).Stored.State;
        }

        private (Solution Solution, (int Iterations, byte[] State) Stored) Solve(
            int threads,
            TimeProvider clock,
            byte[]? state,
            Action<SolveProgress>? progress,
            CancellationToken cancellation,
            ParameterValues? options = null
        )
        {
            (int, byte[]) stored = (0, []);
            var solution = _solver.Solve(
                _game,
                options ?? _options,
                new SolveContext
                {
                    Threads = threads,
                    Seed = 7,
                    Clock = clock,
                    Progress = progress,
                    Cancellation = cancellation,
                    Checkpoints = new CheckpointPlan
                    {
                        Interval = TimeSpan.Zero,
                        Store = checkpoint => stored = (checkpoint.Iterations, checkpoint.State.ToArray()),
                        Resume = state,
                    },
                }
            );
            return (solution, stored);
        }
    }
}
