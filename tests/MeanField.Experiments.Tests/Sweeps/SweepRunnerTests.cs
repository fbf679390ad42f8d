using System.Collections.Concurrent;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Sweeps;
using MeanField.Experiments.Tests.Cli;
using MeanField.Experiments.Tests.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Sweeps;

public sealed class SweepRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SweepStore _store;

    public SweepRunnerTests() => _store = new SweepStore(_folder.PathOf("sweep"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cell_becomes_a_run_folder_that_certifies_and_nothing_else_remains()
    {
        var plan = SweepSample.Seeds(3);
        var outcomes = Run(plan);
        Assert.All(outcomes, outcome => Assert.Equal(SweepState.Solved, outcome.State));
        foreach (var (outcome, cell) in outcomes.Zip(plan.Cells))
        {
            Assert.Same(cell, outcome.Cell);
            Assert.Equal(_store.PathOf(cell), outcome.Folder);
            Assert.Equal(cell.Seed, outcome.Record!.Seed);
            Assert.Empty(RunCertification.Check(outcome.Folder).Findings);
            Assert.Equal(outcome.Record.Iterations, outcome.ReadRun().Trace[^1].Iteration);
        }

        Assert.Equal(0, CommandRun.Of("report", outcomes[0].Folder).Code);
        Assert.Equal(["cells", "working"], NamesIn(_store.Folder));
        Assert.Empty(NamesIn(Path.Combine(_store.Folder, "working")));
    }

    [Fact]
    public void What_is_stored_is_not_solved_again()
    {
        var plan = SweepSample.Seeds(4);
        Run(SweepPlan.Create("half", plan.Cells.Take(2)));
        var before = TextsOf(plan);
        var outcomes = Run(plan);
        Assert.Equal(
            [SweepState.Found, SweepState.Found, SweepState.Solved, SweepState.Solved],
            outcomes.Select(outcome => outcome.State)
        );
        Assert.Equal(before[..2], TextsOf(plan)[..2]);
    }

    [Fact]
    public void An_answer_has_the_bits_of_a_single_solve()
    {
        var cell = SweepSample.Cell("mf-trpo-sampled", seed: 3, game: "crowd-grid", options: ("outer-iterations", "3"));
        var outcome = Run(SweepPlan.Create("one", [cell]))[0];
        var alone = _folder.PathOf("alone");
        CommandRun.Of([
            "solve",
            "crowd-grid",
            "--solver",
            "mf-trpo-sampled",
            "--seed",
            "3",
            "--set",
            "outer-iterations=3",
            "--out",
            alone,
        ]);
        Assert.Equal(StoredRun.Read(alone).Policy, outcome.ReadRun().Policy);
        Assert.Equal(StoredRun.Read(alone).Record.Certificate, outcome.Record!.Certificate);
    }

    [Theory]
    [InlineData("policy.npy")]
    [InlineData("run.json")]
    [InlineData("trace.csv")]
    public void A_damaged_cell_is_set_aside_and_solved_again(string file)
    {
        var plan = SweepSample.Seeds(2);
        var bits = Run(plan)[1].ReadRun();
        var path = Path.Combine(_store.PathOf(plan.Cells[1]), file);
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal([SweepState.Found, SweepState.Missing], SweepRunner.Look(plan, _store).Select(o => o.State));
        var outcomes = Run(plan);
        Assert.Equal([SweepState.Found, SweepState.Solved], outcomes.Select(outcome => outcome.State));
        Assert.Contains(file, outcomes[1].Damage, StringComparison.Ordinal);
        Assert.Equal(bits.Policy, outcomes[1].ReadRun().Policy);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_store.Folder, "damaged", plan.Cells[1].Address, file)));
        Assert.All(Run(plan), outcome => Assert.Equal(SweepState.Found, outcome.State));
    }

    [Fact]
    public void A_run_of_another_cell_does_not_pass_for_one()
    {
        var plan = SweepSample.Seeds(2);
        Run(plan);
        Directory.Delete(_store.PathOf(plan.Cells[1]), recursive: true);
        Directory.Move(_store.PathOf(plan.Cells[0]), _store.PathOf(plan.Cells[1]));
        var outcomes = Run(plan);
        Assert.All(outcomes, outcome => Assert.Equal(SweepState.Solved, outcome.State));
        Assert.Equal([0, 1], outcomes.Select(outcome => outcome.Record!.Seed));
    }

    // What a kill can leave: half of the files renamed or not, or all of them in the working folder.
    [Fact]
    public void What_a_killed_process_left_does_not_hold_up_the_next_one()
    {
        var plan = SweepSample.Seeds(3);
        Run(plan);
        var working = plan.Cells.Select(cell => Path.Combine(_store.Folder, "working", cell.Address)).ToList();
        for (var i = 0; i < 3; i++)
        {
            Directory.Move(_store.PathOf(plan.Cells[i]), working[i]);
            File.WriteAllText(working[i] + ".lock", "");
        }

        File.Delete(Path.Combine(working[0], "run.json"));
        File.Move(Path.Combine(working[1], "run.json"), Path.Combine(working[1], "run.json.partial"));
        File.WriteAllText(Path.Combine(working[1], "run.lock"), "");
        var whole = File.ReadAllText(Path.Combine(working[2], "run.json"));

        var outcomes = Run(plan);
        Assert.Equal(
            [SweepState.Solved, SweepState.Solved, SweepState.Found],
            outcomes.Select(outcome => outcome.State)
        );
        Assert.Equal(whole, File.ReadAllText(Path.Combine(outcomes[2].Folder, "run.json")));
        Assert.All(outcomes, outcome => Assert.Empty(RunCertification.Check(outcome.Folder).Findings));
        Assert.DoesNotContain("run.json.partial", NamesIn(outcomes[1].Folder));
        Assert.Empty(NamesIn(Path.Combine(_store.Folder, "working")));
    }

    [Fact]
    public void A_cell_that_cannot_be_solved_stops_no_other_and_is_tried_again()
    {
        var broken = SweepSample.Cell(game: "crowd-grid", parameters: [new("targets", "77,0")]);
        var plan = SweepPlan.Create("test", [broken, .. SweepSample.Seeds(2).Cells]);
        for (var i = 0; i < 2; i++)
        {
            var outcomes = Run(plan);
            Assert.Equal(SweepState.Failed, outcomes[0].State);
            Assert.Contains("77,0", outcomes[0].Failure, StringComparison.Ordinal);
            Assert.All(outcomes.Skip(1), outcome => Assert.NotNull(outcome.Record));
            Assert.Equal(outcomes[0].Failure, SweepRunner.Look(plan, _store)[0].Failure);
        }

        Assert.Throws<InvalidOperationException>(() => Run(plan)[0].ReadRun());
    }

    [Fact]
    public void A_cell_that_did_not_converge_is_a_result()
    {
        var cell = SweepSample.Cell("mf-trpo", game: "crowd-grid", options: ("outer-iterations", "1"));
        var plan = SweepPlan.Create("test", [cell]);
        Assert.Equal(SolveStatus.IterationLimit, Run(plan)[0].Record!.Status);
        Assert.Equal(SweepState.Found, Run(plan)[0].State);
    }

    // A file where a folder belongs stands for a disk that takes the run's files but not their last renaming.
    [Fact]
    public void A_disk_that_fails_at_the_last_moment_costs_no_solve()
    {
        var plan = SweepSample.Seeds(1);
        Directory.CreateDirectory(_store.Folder);
        var inTheWay = Path.Combine(_store.Folder, "cells");
        File.WriteAllText(inTheWay, "");
        Assert.Throws<IOException>(() => Run(plan));
        var made = File.ReadAllText(Path.Combine(_store.Folder, "working", plan.Cells[0].Address, "run.json"));
        File.Delete(inTheWay);
        Assert.Equal(SweepState.Found, Run(plan)[0].State);
        Assert.Equal([made], TextsOf(plan));
    }

    [Fact]
    public void A_stopped_sweep_keeps_what_is_done_and_stores_nothing_half()
    {
        using var stop = new CancellationTokenSource();
        var plan = SweepSample.Seeds(6);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            SweepRunner.Run(
                plan,
                _store,
                new SweepSettings
                {
                    Report = (_, done) =>
                    {
                        if (done == 2)
                        {
                            stop.Cancel();
                        }
                    },
                },
                stop.Token
            )
        );
        var states = Run(plan).Select(outcome => outcome.State).ToList();
        Assert.Equal([SweepState.Found, SweepState.Found, SweepState.Solved], states.Take(3));
        Assert.All(states.Skip(2), state => Assert.Equal(SweepState.Solved, state));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stopped_cell_goes_on_from_its_checkpoint_to_the_same_bits(bool isDamaged)
    {
        var cell = SweepSample.Cell(
            "mf-trpo",
            game: "crowd-grid",
            options:
            [
                ("population-step", "0.1"),
                ("temperature", "0.3"),
                ("outer-iterations", "40000"),
                ("trace-every", "10"),
                ("tolerance", "0"),
                ("stall-after", "0"),
            ]
        );
        var plan = SweepPlan.Create("one", [cell]);
        var checkpoint = Path.Combine(_store.Folder, "working", cell.Address, "checkpoint.bin");
        using var stop = new CancellationTokenSource();
        var settings = new SweepSettings { CheckpointInterval = TimeSpan.FromMilliseconds(20) };
        var first = Task.Run(() => SweepRunner.Run(plan, _store, settings, stop.Token));

        // A thread of its own: with every pool thread busy the solve could be over before the checkpoint is seen.
        var watcher = new Thread(() =>
        {
            while (!File.Exists(checkpoint) && !first.IsCompleted)
            {
                Thread.Sleep(1);
            }

            stop.Cancel();
        });
        watcher.Start();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        watcher.Join();
        var iteration = CheckpointFile
            .Read(checkpoint, RunIdentity.OfWay(cell.Game.Hash, cell.SolverRecord, 0))
            ?.Iterations;
        Assert.InRange(iteration ?? 0, 1, 39999);
        if (isDamaged)
        {
            await File.WriteAllTextAsync(checkpoint, "damaged");
        }

        var outcome = Run(plan)[0];
        Assert.Equal(SweepState.Solved, outcome.State);
        Assert.Equal(isDamaged ? null : iteration, outcome.ContinuedFrom);
        Assert.Empty(RunCertification.Check(outcome.Folder).Findings);
        Assert.False(File.Exists(Path.Combine(outcome.Folder, "checkpoint.bin")));
        Assert.Empty(NamesIn(Path.Combine(_store.Folder, "working")));

        var whole = SweepRunner.Run(
            plan,
            new SweepStore(_folder.PathOf("whole")),
            new SweepSettings(),
            CancellationToken.None
        )[0];
        Assert.Equal(whole.ReadRun().Policy, outcome.ReadRun().Policy);
        Assert.Equal(whole.Record!.Certificate, outcome.Record!.Certificate);
        Assert.Equal(whole.Record.Iterations, outcome.Record.Iterations);
        Assert.Null(whole.ContinuedFrom);
    }

    [Fact]
    public async Task A_cell_under_way_elsewhere_is_waited_for_and_solved_once_its_holder_is_gone()
    {
        var plan = SweepSample.Seeds(3);
        var held = _store.TryClaim(plan.Cells[1]);
        Assert.NotNull(held);
        Assert.Null(_store.TryClaim(plan.Cells[1]));
        var reported = new BlockingCollection<SweepOutcome>();
        using var isWaiting = new ManualResetEventSlim();
        var running = Task.Run(() =>
            SweepRunner.Run(
                plan,
                _store,
                new SweepSettings
                {
                    Threads = 2,
                    Report = (outcome, _) => reported.Add(outcome),
                    Waiting = _ => isWaiting.Set(),
                },
                CancellationToken.None
            )
        );
        Assert.True(isWaiting.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(2, reported.Count);
        held.Dispose();
        var outcomes = await running;
        Assert.All(outcomes, outcome => Assert.Equal(SweepState.Solved, outcome.State));
    }

    [Fact]
    public void A_cell_that_was_finished_before_it_could_be_claimed_is_seen_to_be()
    {
        var plan = SweepSample.Seeds(1);
        Assert.Equal(SweepState.Missing, _store.Find(plan.Cells[0]).State);
        Run(plan);
        using var claim = _store.TryClaim(plan.Cells[0]);
        Assert.Equal(SweepState.Found, claim!.Stored.State);
    }

    [Fact]
    public async Task Two_runs_on_one_folder_solve_every_cell_once_between_them()
    {
        var plan = SweepSample.Seeds(40);
        SweepState[][] states = await Task.WhenAll(
            Enumerable
                .Range(0, 2)
                .Select(_ => Task.Run(() => Run(plan, threads: 2).Select(outcome => outcome.State).ToArray()))
        );
        Assert.All(
            states[0].Zip(states[1]),
            pair =>
                Assert.Equal(1, (pair.First == SweepState.Solved ? 1 : 0) + (pair.Second == SweepState.Solved ? 1 : 0))
        );
    }

    private IReadOnlyList<SweepOutcome> Run(SweepPlan plan, int threads = 1) =>
        SweepRunner.Run(plan, _store, new SweepSettings { Threads = threads }, CancellationToken.None);

    private string[] TextsOf(SweepPlan plan) =>
        [
            .. plan
                .Cells.Select(cell => Path.Combine(_store.PathOf(cell), "run.json"))
                .Select(path => File.Exists(path) ? File.ReadAllText(path) : ""),
        ];

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory
            .EnumerateFileSystemEntries(folder)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);
}
