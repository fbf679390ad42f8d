using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Tests.Runs;

public sealed class CheckpointTests : IDisposable
{
    private static readonly byte[] State = Encoding.ASCII.GetBytes("a state");

    private readonly TemporaryFolder _folder = new();

    private static SampleRun Run => SampleRun.Unconverged;

    private string CheckpointPath => _folder.PathOf("checkpoint.bin");

    [Fact]
    public void A_checkpoint_is_read_as_it_was_written()
    {
        Store(3);
        Store(4);
        using var folder = Claim();
        var read = folder.ReadCheckpoint()!;
        Assert.Equal((4, TimeSpan.FromSeconds(4)), (read.Iterations, read.Elapsed));
        Assert.Equal(State, read.State);
        Assert.Equal(State, folder.Checkpoints(TimeSpan.Zero, read, Fail).Resume.ToArray());
        Assert.False(File.Exists(CheckpointPath + ".partial"));
    }

    [Fact]
    public void Any_damage_is_found_and_said_in_a_line_and_the_file_stays()
    {
        Store(3);
        var whole = File.ReadAllBytes(CheckpointPath);
        using var folder = Claim();
        for (var place = 0; place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            AssertRefused(folder, changed, "");
            AssertRefused(folder, whole[..place], "");
        }

        AssertRefused(folder, [.. whole, 0], "is damaged or not whole");
        AssertRefused(folder, Encoding.ASCII.GetBytes("mine"), "is no checkpoint");
        Assert.Equal("mine", File.ReadAllText(CheckpointPath));
    }

    [Fact]
    public void Checkpoints_of_other_runs_formats_and_versions_are_refused_by_name()
    {
        Store(3);
        var whole = File.ReadAllBytes(CheckpointPath);
        using (var folder = Claim())
        {
            byte[] format = [.. whole];
            format[8] = 9;
            AssertRefused(folder, format, "has format 9; allowed: 1");
            var version = Encoding.ASCII.GetBytes("99.0.0");
            byte[] other = [.. whole];
            version.CopyTo(other, 44);
            System.Security.Cryptography.SHA256.HashData(other.AsSpan(44)).CopyTo(other, 12);
            AssertRefused(folder, other, "is of version 99.0.0");
        }

        File.WriteAllBytes(CheckpointPath, whole);
        File.Delete(_folder.PathOf("request.json"));
        using var sibling = new TemporaryFolder();
        File.Copy(CheckpointPath, sibling.PathOf("checkpoint.bin"));
        using var otherSeed = RunFolder.Continue(
            sibling.PathOf("other"),
            new RunRequest(Run.Spec, Run.Solver, Run.Seed + 1, 1)
        );
        File.Copy(CheckpointPath, sibling.PathOf("other/checkpoint.bin"));
        Assert.Contains(
            "is of another run",
            Assert.Throws<InputFileException>(otherSeed.ReadCheckpoint).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_is_continued_with_other_limits_but_with_nothing_else_changed()
    {
        Store(3);
        using (var folder = RunFolder.Continue(_folder.Path, Request("outer-iterations", "99")))
        {
            Assert.Equal(3, folder.ReadCheckpoint()!.Iterations);
        }

        var refusal = Assert.Throws<RunFolderException>(() =>
            RunFolder.Continue(_folder.Path, Request("temperature", "0.02"))
        );
        Assert.Contains("holds another run", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_read_as_it_was_written_and_nothing_else_is()
    {
        using (var folder = Claim())
        {
            folder.Begin(threads: 2);
            Assert.Null(RunRequest.Read(_folder.Path).Reference);
            var reference = new RequestedReference("/runs/root", new string('a', 64));
            folder.Begin(threads: 2, reference);
            var read = RunRequest.Read(_folder.Path);
            Assert.Equal(reference, read.Reference);
            Assert.Equal((Run.Spec.Hash, Run.Seed, 2), (read.Game.Hash, read.Seed, read.Threads));
            Assert.Equal((Run.Solver.Name, Run.Spec.Definition), (read.Solver.Name, read.Game.Definition));
            Assert.Equal(Run.Solver.Options, read.Solver.Options);

            var text = File.ReadAllText(_folder.PathOf("request.json"));
            AssertNoRequest(
                text.Replace("\"discount\": 0.95", "\"discount\": 0.96", StringComparison.Ordinal),
                "game.hash"
            );
            AssertNoRequest(text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal), "format");
            AssertNoRequest(text.Replace("mf-trpo", "mf-tr", StringComparison.Ordinal), "solver.name");
            AssertNoRequest(
                text.Replace("\"threads\": 2", "\"threads\": 1000000", StringComparison.Ordinal),
                "'threads': found 1000000; allowed: a whole number from 1 to 256"
            );
            AssertNoRequest(text[..^10], "not JSON");
            AssertNoRequest("", "not JSON");
        }
    }

    [Fact]
    public void A_claim_that_nothing_came_of_leaves_nothing()
    {
        var path = _folder.PathOf("new");
        using (var folder = RunFolder.Claim(path, Run.Spec, Run.Solver, Run.Seed))
        {
            folder.Begin(threads: 1);
            Assert.True(File.Exists(Path.Combine(path, "request.json")));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Another_request_and_a_stray_checkpoint_keep_others_out_and_files_half_renamed_do_not()
    {
        Store(3);
        var other = SampleRun.Converged;
        Assert.Contains(
            "holds another run",
            Assert
                .Throws<RunFolderException>(() => RunFolder.Claim(_folder.Path, other.Spec, other.Solver, other.Seed))
                .Message,
            StringComparison.Ordinal
        );

        _folder.Write("policy.npy", "renamed, but run.json was not");
        Run.WriteTo(_folder.Path);
        Assert.True(RunCertification.Check(_folder.Path).Holds);

        using var stray = new TemporaryFolder();
        stray.Write("checkpoint.bin", "mine");
        Assert.Contains(
            "holds a checkpoint.bin without",
            Assert.Throws<RunFolderException>(() => Run.WriteTo(stray.Path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Only_a_run_that_has_converged_loses_its_checkpoint()
    {
        Store(3);
        Run.WriteTo(_folder.Path);
        Assert.True(File.Exists(CheckpointPath));

        var converged = SampleRun.Converged;
        using var second = new TemporaryFolder();
        using (var folder = RunFolder.Claim(second.Path, converged.Spec, converged.Solver, converged.Seed))
        {
            folder.Begin(threads: 1);
            folder.Checkpoints(TimeSpan.Zero, null, Fail).Store(new SolverCheckpoint(1, TimeSpan.Zero, State));
            folder.Write(converged.Record, converged.Solution, converged.Game);
        }

        Assert.False(File.Exists(second.PathOf("checkpoint.bin")));
        Assert.False(File.Exists(second.PathOf("request.json")));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_told_and_the_last_one_kept()
    {
        Store(3);
        Directory.CreateDirectory(CheckpointPath + ".partial");
        using var folder = Claim();
        var told = new List<string>();
        folder
            .Checkpoints(TimeSpan.Zero, null, failure => told.Add(failure.Message))
            .Store(new SolverCheckpoint(4, TimeSpan.Zero, State));
        Assert.Contains("the checkpoint cannot be written", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(3, folder.ReadCheckpoint()!.Iterations);
    }

    [Fact]
    public void Temporary_files_go_on_failure_and_at_the_next_claim()
    {
        Store(3);
        string[] left = ["request.json.partial", "checkpoint.bin.partial", "trace.csv.partial"];
        Assert.All(left, name => _folder.Write(name, "half"));
        using var folder = Claim();
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.partial"));

        File.Delete(CheckpointPath);
        File.Delete(_folder.PathOf("request.json"));
        Directory.CreateDirectory(CheckpointPath);
        Directory.CreateDirectory(_folder.PathOf("request.json"));
        Assert.Throws<IOException>(() => folder.Begin(threads: 1));
        var told = 0;
        folder.Checkpoints(TimeSpan.Zero, null, _ => told++).Store(new SolverCheckpoint(4, TimeSpan.Zero, State));
        Assert.Equal(1, told);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.partial"));
    }

    public void Dispose() => _folder.Dispose();

    private static void Fail(IOException failure) => Assert.Fail(failure.Message);

    private static RunRequest Request(string option, string value) =>
        new(
            Run.Spec,
            Run.Solver with
            {
                Options =
                [
                    .. Run.Solver.Options.Select(pair =>
                        pair.Key == option ? KeyValuePair.Create(option, value) : pair
                    ),
                ],
            },
            Run.Seed,
            1
        );

    private RunFolder Claim() => RunFolder.Claim(_folder.Path, Run.Spec, Run.Solver, Run.Seed);

    private void Store(int iterations)
    {
        using var folder = Claim();
        folder.Begin(threads: 1);
        var checkpoint = new SolverCheckpoint(iterations, TimeSpan.FromSeconds(iterations), State);
        folder.Checkpoints(TimeSpan.Zero, null, Fail).Store(checkpoint);
    }

    private void AssertNoRequest(string text, string place)
    {
        _folder.Write("request.json", text);
        var refusal = Assert.Throws<InputFileException>(() => RunRequest.Read(_folder.Path));
        Assert.Contains(place, refusal.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(RunFolder folder, byte[] bytes, string message)
    {
        File.WriteAllBytes(CheckpointPath, bytes);
        var refusal = Assert.Throws<InputFileException>(folder.ReadCheckpoint);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("checkpoint.bin", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }
}
