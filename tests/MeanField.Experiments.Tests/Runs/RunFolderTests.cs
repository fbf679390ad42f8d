using System.Diagnostics;
using System.Security.Cryptography;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private static readonly SampleRun Run = SampleRun.Converged;
    private static readonly SampleRun Other = Run with { Seed = 8 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_written_with_the_files_of_the_contract()
    {
        var folder = _folder.PathOf("new/deeper");
        var record = Run.WriteTo(folder);
        Assert.Equal("mean_field.npy policy.npy report.html run.json states.csv trace.csv", Names(folder));
        Assert.Equal("mean_field.npy policy.npy trace.csv", string.Join(' ', record.Files.Keys));
        Assert.All(record.Files, file => Assert.Equal(Hash(Path.Combine(folder, file.Key)), file.Value));
    }

    [Fact]
    public void The_last_iterate_is_stored_when_it_is_not_the_best_one()
    {
        var folder = _folder.PathOf("run");
        SampleRun.Unconverged.WriteTo(folder);
        Assert.Equal(
            "mean_field.npy mean_field_last.npy policy.npy policy_last.npy report.html run.json states.csv trace.csv",
            Names(folder)
        );
    }

    [Fact]
    public void A_stored_run_reads_back_as_it_was()
    {
        var record = Run.WriteTo(_folder.Path);
        var stored = StoredRun.Read(_folder.Path);
        Assert.Equal(RunJsonWriter.Render(record), RunJsonWriter.Render(stored.Record));
        Assert.Equal(Run.Solution.Trace, stored.Trace);
        Assert.Equal(Run.Solution.Best.Policy.Probabilities.ToArray(), stored.Policy);
        Assert.Equal(Run.Solution.Best.MeanField, stored.MeanField);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-rf")]
    [InlineData("ünï #1 (x)'\"")]
    [InlineData("new\nline")]
    [InlineData("runs.json/..dots../.hidden")]
    public void Odd_names_are_fine(string name)
    {
        var folder = _folder.PathOf(name);
        Run.WriteTo(folder);
        Assert.True(RunCertification.Check(folder).Holds);
    }

    [Fact]
    public void Long_names_are_fine() => Run.WriteTo(_folder.PathOf(new string('n', 200) + "/" + new string('m', 200)));

    [Fact]
    public void Empty_folders_and_unrelated_files_are_fine_and_left_alone()
    {
        _folder.Write("notes.txt", "mine");
        Run.WriteTo(_folder.Path);
        Assert.Equal("mine", File.ReadAllText(_folder.PathOf("notes.txt")));
        Assert.True(RunCertification.Check(_folder.Path).Holds);
    }

    [Fact]
    public void The_same_run_again_replaces_the_earlier_one_and_what_only_that_had()
    {
        Run.WriteTo(_folder.Path);
        _folder.Write("policy_last.npy", "stale");
        _folder.Write("report.html", "stale");
        Run.WriteTo(_folder.Path);
        Assert.Equal("mean_field.npy policy.npy report.html run.json states.csv trace.csv", Names(_folder.Path));
        Assert.NotEqual("stale", File.ReadAllText(_folder.PathOf("report.html")), StringComparer.Ordinal);
        Assert.True(RunCertification.Check(_folder.Path).Holds);
    }

    [Fact]
    public void Another_run_is_refused_and_stays_as_it_is()
    {
        Run.WriteTo(_folder.Path);
        var before = Contents();
        AssertRefused(
            _folder.Path,
            Other,
            "holds another run (mf-trpo on crowd-grid, seed 7); allowed: a new or empty folder, or one with the same run"
        );
        AssertRefused(_folder.Path, SampleRun.Unconverged, "holds another run");
        Assert.Equal(before, Contents());
    }

    [Theory]
    [InlineData("run.json", "holds a run.json that is no run record")]
    [InlineData("policy.npy", "holds a policy.npy without the run.json it belongs to")]
    [InlineData("report.html", "holds a report.html without the run.json it belongs to")]
    public void Files_that_would_be_overwritten_are_refused_when_they_are_no_run(string name, string message)
    {
        _folder.Write(name, "mine");
        AssertRefused(_folder.Path, Run, message);
        Assert.Equal("mine", File.ReadAllText(_folder.PathOf(name)));
        Assert.Equal(name, Names(_folder.Path));
    }

    [Fact]
    public void A_folder_with_the_name_of_a_file_is_refused()
    {
        Directory.CreateDirectory(_folder.PathOf("trace.csv"));
        AssertRefused(_folder.Path, Run, "holds a folder named trace.csv");
    }

    [Fact]
    public void A_file_and_a_folder_below_a_file_are_refused()
    {
        var file = _folder.Write("file", "mine");
        AssertRefused(file, Run, "is a file; allowed: a folder");
        AssertRefused(Path.Combine(file, "below"), Run, "cannot be written (");
        AssertRefused("", Run, "cannot be written (");
        AssertRefused("a\0b", Run, "cannot be written (");
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void A_place_that_takes_no_files_is_refused()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc");
        AssertRefused("/proc/self", Run, "/proc/self: cannot be written (");
        AssertRefused("/proc/none", Run, "/proc/none: cannot be written (");
    }

    [Fact]
    public void A_read_only_folder_is_refused()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("permissions do not bind this user");
            return;
        }

        var folder = Directory
            .CreateDirectory(_folder.PathOf("locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute)
            .FullName;
        AssertRefused(folder, Run, "cannot be written (");
        AssertRefused(Path.Combine(folder, "below"), Run, "cannot be written (");
    }

    [Fact]
    public void A_claimed_folder_is_refused_until_the_claim_ends()
    {
        using (RunFolder.Claim(_folder.Path, Run.Spec, Run.Solver, Run.Seed))
        {
            AssertRefused(
                _folder.Path,
                Run,
                "is being written by a running process; allowed: a folder that no running solve uses"
            );
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
        Run.WriteTo(_folder.Path);
    }

    [Fact]
    public void A_claim_that_is_given_up_leaves_nothing_behind()
    {
        RunFolder.Claim(_folder.PathOf("new"), Run.Spec, Run.Solver, Run.Seed).Dispose();
        Assert.False(Directory.Exists(_folder.PathOf("new")));
        RunFolder.Claim(_folder.Path, Run.Spec, Run.Solver, Run.Seed).Dispose();
        Assert.True(Directory.Exists(_folder.Path));
    }

    // The other process is flock(1), which takes the same kind of lock that .NET does.
    [Fact]
    public async Task A_lock_of_a_running_process_holds_and_that_of_a_killed_one_does_not()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/flock"), "flock is not installed");
        var start = new ProcessStartInfo(
            "/usr/bin/flock",
            ["--no-fork", _folder.PathOf("run.lock"), "sh", "-c", "echo locked; exec sleep 60"]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using (var process = Process.Start(start)!)
        {
            try
            {
                Assert.Equal("locked", await process.StandardOutput.ReadLineAsync());
                AssertRefused(_folder.Path, Run, "is being written by a running process");
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        Assert.True(File.Exists(_folder.PathOf("run.lock")));
        Run.WriteTo(_folder.Path);
        Assert.False(File.Exists(_folder.PathOf("run.lock")));
    }

    // A temporary name that leads to /dev/full is a disk that is full when that file's turn comes.
    [Theory]
    [InlineData("policy.npy")]
    [InlineData("mean_field.npy")]
    [InlineData("trace.csv")]
    [InlineData("report.html")]
    [InlineData("run.json")]
    public void A_full_disk_leaves_the_earlier_run_as_it_was_and_nothing_else(string name)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        Run.WriteTo(_folder.Path);
        var before = Contents();
        var again = Run with { Solution = Run.Solution with { SolveSeconds = 99 } };
        using (var claimed = RunFolder.Claim(_folder.Path, Run.Spec, Run.Solver, Run.Seed))
        {
            File.CreateSymbolicLink(_folder.PathOf(name + ".partial"), "/dev/full");
            var error = Assert.Throws<IOException>(() => claimed.Write(again.Record, again.Solution, again.Game));
            Assert.StartsWith($"{_folder.Path}: the run cannot be written (", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Equal(before, Contents());
        Assert.True(RunCertification.Check(_folder.Path).Holds);
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public void A_report_made_again_is_the_same_to_the_last_byte()
    {
        Run.WriteTo(_folder.Path);
        var before = Contents();
        _folder.Write("report.html", "lost");
        Assert.Equal(_folder.PathOf("report.html"), RunFolder.RewriteReport(_folder.Path));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_report_is_made_only_of_a_run_that_nobody_is_writing_and_on_a_disk_with_room()
    {
        Assert.Throws<InputFileException>(() => RunFolder.RewriteReport(_folder.Path));
        Run.WriteTo(_folder.Path);
        using (RunFolder.Claim(_folder.Path, Run.Spec, Run.Solver, Run.Seed))
        {
            Assert.Throws<RunFolderException>(() => RunFolder.RewriteReport(_folder.Path));
        }

        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        var before = Contents();
        File.CreateSymbolicLink(_folder.PathOf("report.html.partial"), "/dev/full");
        Assert.Throws<IOException>(() => RunFolder.RewriteReport(_folder.Path));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void A_record_of_another_run_than_the_claimed_one_is_refused()
    {
        using var claimed = RunFolder.Claim(_folder.Path, Run.Spec, Run.Solver, Run.Seed);
        Assert.Throws<ArgumentException>(() => claimed.Write(Other.Record, Other.Solution, Other.Game));
        claimed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => claimed.Write(Run.Record, Run.Solution, Run.Game));
    }

    [Fact]
    public void The_default_folder_depends_on_everything_that_decides_the_answer()
    {
        string[] paths =
        [
            RunFolder.DefaultPath(Run.Spec, Run.Solver, 7),
            RunFolder.DefaultPath(Run.Spec, Run.Solver, 8),
            RunFolder.DefaultPath(SampleRun.Unconverged.Spec, Run.Solver, 7),
            RunFolder.DefaultPath(Run.Spec, SampleRun.Unconverged.Solver, 7),
        ];
        Assert.Equal(4, paths.Distinct(StringComparer.Ordinal).Count());
        Assert.All(paths, path => Assert.Matches("^runs[/\\\\]crowd-grid-mf-trpo-[0-9a-f]{8}$", path));
        Assert.Equal(
            paths[0],
            RunFolder.DefaultPath(GameSpec.Load("crowd-grid", [new("slip", "0.10")]), Run.Solver, 7)
        );
    }

    private static void AssertRefused(string path, SampleRun run, string message)
    {
        var error = Assert.Throws<RunFolderException>(() => RunFolder.Claim(path, run.Spec, run.Solver, run.Seed));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private string Contents() =>
        string.Join(
            '\n',
            Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(path => $"{path} {Hash(path)}")
        );

    private static string Names(string folder) =>
        string.Join(' ', Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
