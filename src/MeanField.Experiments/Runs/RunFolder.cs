using System.Security.Cryptography;
using System.Text;
using MeanField.Experiments.Formats;
using MeanField.Experiments.Reports;
using MeanField.Solvers;
using MeanField.Tabular;

namespace MeanField.Experiments.Runs;

/// <summary>
/// A folder that takes one run. It is claimed before the solve, so that a bad name is known at once and two processes never write one
/// folder, and written once at the end. Not safe for use from several threads at once.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly RunRequest _request;
    private readonly FileStream _lock;
    private readonly bool _isNew;
    private bool _isBegun;

    private RunFolder(string path, RunRequest request, FileStream heldLock, bool isNew)
    {
        Path = path;
        _request = request;
        _lock = heldLock;
        _isNew = isNew;
    }

    /// <summary>The folder, as it was named.</summary>
    public string Path { get; }

    /// <summary>Where a run goes when nobody says: <c>runs/GAME-SOLVER-HASH</c>, the hash being eight hexadecimal digits of everything
    /// that decides the answer.</summary>
    public static string DefaultPath(GameSpec game, SolverRecord solver, long seed)
    {
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(solver);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(RunIdentity.Of(game.Hash, solver, seed)));
        return System.IO.Path.Combine("runs", $"{game.Name}-{solver.Name}-{Convert.ToHexStringLower(hash)[..8]}");
    }

    /// <summary>Claims a folder for a run: creates it if needed and holds a lock until <see cref="Dispose"/>. A lock that a killed process
    /// left behind holds nobody up, and its temporary files are deleted.</summary>
    /// <param name="path">The folder. It may be missing, empty, hold files that have nothing to do with runs, or hold an earlier run
    /// of the same game, solver, options and seed, which the new one will replace.</param>
    /// <param name="game">The game.</param>
    /// <param name="solver">The solver with all its options.</param>
    /// <param name="seed">The seed.</param>
    /// <exception cref="RunFolderException">The path is a file, cannot be written, holds another run, or is claimed already.</exception>
    public static RunFolder Claim(string path, GameSpec game, SolverRecord solver, long seed)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(game);
        ArgumentNullException.ThrowIfNull(solver);
        return Claim(path, new RunRequest(game, solver, seed, Threads: 1), RunIdentity.Of);
    }

    /// <summary>Claims the folder of a run to go on with it; it may have other limits than when it was begun.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="request">The run, as <see cref="RunRequest.Read"/> read it, with new limits and threads if wanted.</param>
    /// <exception cref="RunFolderException">The folder cannot be written, holds another run, or is claimed already.</exception>
    public static RunFolder Continue(string path, RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(request);
        return Claim(path, request, RunIdentity.OfWay);
    }

    /// <summary>Writes request.json, so that the run can be begun again or continued whatever happens from here on.</summary>
    /// <param name="threads">Worker threads.</param>
    /// <param name="reference">The run that the trace measures distances to, or <see langword="null"/> for none.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Begin(int threads, RequestedReference? reference = null)
    {
        ObjectDisposedException.ThrowIf(_lock.SafeFileHandle.IsClosed, this);
        var temporary = TemporaryPathOf(RunFiles.Request);
        try
        {
            _isBegun = true;
            File.WriteAllBytes(temporary, (_request with { Threads = threads, Reference = reference }).Render());
            File.Move(temporary, PathOf(RunFiles.Request), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryQuietly(() => File.Delete(temporary));
            throw Failed(Path, "request", e);
        }
    }

    /// <summary>Begins the event file of the run, in place of an earlier one.</summary>
    /// <param name="clock">For the times of the events.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TraceEvents BeginEvents(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        try
        {
            var file = new FileStream(PathOf(RunFiles.Events), FileMode.Create, FileAccess.Write, FileShare.Read);
            return new TraceEvents(file, clock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(Path, "event file", e);
        }
    }

    /// <summary>Whether there is a checkpoint, readable or not.</summary>
    public bool HasCheckpoint => File.Exists(PathOf(RunFiles.Checkpoint));

    /// <summary>The checkpoint in the folder, or <see langword="null"/> where there is none.</summary>
    /// <exception cref="InputFileException">It is damaged, of another version or of another run.</exception>
    public StoredCheckpoint? ReadCheckpoint() => CheckpointFile.Read(PathOf(RunFiles.Checkpoint), Way);

    /// <summary>Stores the states of a solve as checkpoint.bin, each beside the one before, which it then replaces.</summary>
    /// <param name="interval">The least time between two.</param>
    /// <param name="from">The checkpoint to go on from, or <see langword="null"/> to begin at the start.</param>
    /// <param name="onFailure">Told, on the solving thread, of a checkpoint that could not be written; the solve goes on.</param>
    /// <returns>What <see cref="SolveContext.Checkpoints"/> takes; good until <see cref="Dispose"/>.</returns>
    public CheckpointPlan Checkpoints(TimeSpan interval, StoredCheckpoint? from, Action<IOException> onFailure)
    {
        ArgumentNullException.ThrowIfNull(onFailure);
        return new CheckpointPlan
        {
            Interval = interval,
            Resume = from?.State,
            Store = checkpoint =>
            {
                ObjectDisposedException.ThrowIf(_lock.SafeFileHandle.IsClosed, this);
                try
                {
                    CheckpointFile.Write(PathOf(RunFiles.Checkpoint), Way, checkpoint);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    TryQuietly(() => File.Delete(TemporaryPathOf(RunFiles.Checkpoint)));
                    onFailure(Failed(Path, "checkpoint", e));
                }
            },
        };
    }

    /// <summary>Writes all files of a run, the report included. Everything is first written under temporary names and then renamed,
    /// run.json last, so that a failure leaves an earlier run as it was, and one between two renamings a run.json whose hashes do not hold.</summary>
    /// <param name="record">The run; its <see cref="RunRecord.Files"/> are filled in here. Game, solver, options and seed must be those the
    /// folder was claimed for.</param>
    /// <param name="solution">Where the policies, the mean fields and the trace are taken from.</param>
    /// <param name="game">The game that was solved.</param>
    /// <returns>The record as it stands in run.json.</returns>
    /// <exception cref="ArgumentException">The record is not the run that the folder was claimed for.</exception>
    /// <exception cref="IOException">The disk failed; temporary files are gone, an earlier run's files are as they were unless it was a renaming that failed.</exception>
    public RunRecord Write(RunRecord record, Solution solution, TabularGame game)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(game);
        ObjectDisposedException.ThrowIf(_lock.SafeFileHandle.IsClosed, this);
        if (
            RunIdentity.Of(record.Game.Hash, record.Solver, record.Seed)
            != RunIdentity.Of(_request.Game.Hash, _request.Solver, _request.Seed)
        )
        {
            throw new ArgumentException("The record is not the run that the folder was claimed for", nameof(record));
        }

        try
        {
            var written = WriteTemporaries(record, solution, game);
            foreach (var name in RunFiles.All.Where(name => IsWritten(name, written)))
            {
                File.Move(TemporaryPathOf(name), PathOf(name), overwrite: true);
            }

            foreach (var name in RunFiles.SometimesListed.Where(name => !written.Files.ContainsKey(name)))
            {
                File.Delete(PathOf(name));
            }

            if (written.Status.IsSuccess())
            {
                File.Delete(PathOf(RunFiles.Checkpoint));
                File.Delete(PathOf(RunFiles.Request));
            }

            return written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(Path, "run", e);
        }
        finally
        {
            DeleteTemporaries();
        }
    }

    /// <summary>Renders the report of a stored run again, under a temporary name first.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The path of the report.</returns>
    /// <exception cref="InputFileException">The folder holds no readable run.</exception>
    /// <exception cref="RunFolderException">The folder cannot be written or is claimed by a running process.</exception>
    /// <exception cref="IOException">The disk failed; the temporary file is gone, an earlier report is as it was.</exception>
    public static string RewriteReport(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var findings = new List<string>();
        RunCertification.CheckHashes(path, findings);
        if (findings.Count > 0)
        {
            throw new InputFileException(
                $"{Excerpt.Plain(path, 400)}: {findings[0]}; a report is made of an unchanged run only (meanfield certify tells more)"
            );
        }

        var page = ReportPage.Render(StoredRun.Read(path));
        using var held = RunLock.Take(path);
        var report = System.IO.Path.Combine(path, RunFiles.Report);
        try
        {
            File.WriteAllText(report + RunFiles.TemporarySuffix, page);
            File.Move(report + RunFiles.TemporarySuffix, report, overwrite: true);
            return report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "report", e);
        }
        finally
        {
            TryQuietly(() => File.Delete(report + RunFiles.TemporarySuffix));
        }
    }

    /// <summary>Deletes what a process that was killed while it wrote a run left in a folder; other files stay.</summary>
    /// <param name="path">A folder whose run.json, if there is one, is of no use, and that nobody has claimed.</param>
    internal static void RemoveUnfinished(string path)
    {
        foreach (var name in RunFiles.All)
        {
            File.Delete(System.IO.Path.Combine(path, name));
            File.Delete(System.IO.Path.Combine(path, name + RunFiles.TemporarySuffix));
        }
    }

    /// <summary>Gives up the claim. A folder that the claim created and nothing came of disappears again.</summary>
    public void Dispose()
    {
        if (_lock.SafeFileHandle.IsClosed)
        {
            return;
        }

        if (_isBegun && !File.Exists(PathOf(RunFiles.Record)) && !File.Exists(PathOf(RunFiles.Checkpoint)))
        {
            TryQuietly(() => File.Delete(PathOf(RunFiles.Request)));
        }

        _lock.Dispose();
        if (_isNew)
        {
            TryQuietly(() => Directory.Delete(Path, recursive: false));
        }
    }

    private RunRecord WriteTemporaries(RunRecord record, Solution solution, TabularGame game)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [RunFiles.Trace] = WriteHashed(RunFiles.Trace, stream => TraceFile.Write(stream, solution.Trace)),
        };
        WriteIterate(RunFiles.Policy, RunFiles.MeanField, solution.Best);
        if (!ReferenceEquals(solution.Best, solution.Last))
        {
            WriteIterate(RunFiles.LastPolicy, RunFiles.LastMeanField, solution.Last);
        }

        if (solution.Mixture is { } mixture)
        {
            WriteIterate(RunFiles.MixturePolicy, RunFiles.MixtureMeanField, mixture.MarkovPolicy);
        }

        var equilibria = EquilibriaFiles.Of(solution);
        if (equilibria.Count > 0)
        {
            files[RunFiles.EquilibriaPolicies] = WriteHashed(
                RunFiles.EquilibriaPolicies,
                stream => EquilibriaFiles.WritePolicies(stream, equilibria)
            );
            files[RunFiles.EquilibriaMeanFields] = WriteHashed(
                RunFiles.EquilibriaMeanFields,
                stream => EquilibriaFiles.WriteMeanFields(stream, equilibria)
            );
        }

        var written = record with { Files = files };
        var run = new StoredRun(
            written,
            solution.Trace,
            solution.Best.Policy.Probabilities.ToArray(),
            [.. solution.Best.MeanField]
        )
        {
            EquilibriaMeanFields = [.. equilibria.Select(equilibrium => equilibrium.MeanField.ToArray())],
        };
        WriteHashed(RunFiles.States, stream => StatesFile.Write(stream, game.Source));
        WriteHashed(RunFiles.Report, stream => stream.Write(Encoding.UTF8.GetBytes(ReportPage.Render(run))));
        WriteHashed(RunFiles.Record, stream => stream.Write(RunJsonWriter.Render(written)));
        return written;

        void WriteIterate(string policy, string meanField, Iterate iterate)
        {
            files[policy] = WriteHashed(policy, stream => PolicyFile.Write(stream, game, iterate.Policy));
            files[meanField] = WriteHashed(meanField, stream => WriteMeanField(stream, iterate));
        }
    }

    private string WriteHashed(string name, Action<Stream> write)
    {
        using var hash = SHA256.Create();
        using (var file = new FileStream(TemporaryPathOf(name), FileMode.Create, FileAccess.Write))
        using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write))
        {
            write(hashed);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    /// <summary>Whether a run has a file of this name.</summary>
    internal static bool IsWritten(string name, RunRecord record) =>
        name is RunFiles.States or RunFiles.Report or RunFiles.Record || record.Files.ContainsKey(name);

    private static void WriteMeanField(Stream stream, Iterate iterate) =>
        NpyFile.Write(stream, [.. iterate.MeanField], iterate.MeanField.Count);

    private string PathOf(string name) => System.IO.Path.Combine(Path, name);

    private string TemporaryPathOf(string name) => PathOf(name) + RunFiles.TemporarySuffix;

    private void DeleteTemporaries()
    {
        foreach (var name in RunFiles.All.Append(RunFiles.Checkpoint).Append(RunFiles.Request))
        {
            TryQuietly(() => File.Delete(TemporaryPathOf(name)));
        }
    }

    private string Way => RunIdentity.OfWay(_request.Game.Hash, _request.Solver, _request.Seed);

    private static RunFolder Claim(string path, RunRequest request, Func<string, SolverRecord, long, string> identity)
    {
        if (File.Exists(path))
        {
            throw RunFolderException.Refused(path, "is a file", "a folder, new or empty or with the same run");
        }

        var isNew = !Directory.Exists(path);
        var folder = new RunFolder(path, request, RunLock.Take(path), isNew);
        try
        {
            RunContents.RefuseOther(path, request, identity);
            folder.DeleteTemporaries();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static IOException Failed(string path, string what, Exception cause) =>
        new($"{Excerpt.Plain(path, 400)}: the {what} cannot be written ({Excerpt.Plain(cause.Message, 300)})", cause);

    // Cleaning up must not hide what went wrong before it.
    private static void TryQuietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }
}
