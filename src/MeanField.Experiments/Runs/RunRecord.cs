using MeanField.Equilibrium;
using MeanField.Sampling;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>Everything that a run's <c>run.json</c> holds, apart from its own digest. Immutable. Reports, comparisons and
/// certification read this and the files beside it, nothing else.</summary>
public sealed record RunRecord
{
    internal const int CurrentFormat = 3;

    /// <summary>The most worker threads that a run can have, 256 (ours).</summary>
    internal const int MaximumThreads = 256;

    /// <summary>The version of the file format, 3.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>How the solve ended.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>The status in one sentence, for people.</summary>
    public required string Explanation { get; init; }

    /// <summary>Outer iterations done.</summary>
    public required int Iterations { get; init; }

    /// <summary>The outer iteration that the stored policy comes from (the best one scored).</summary>
    public required int BestIteration { get; init; }

    /// <summary>Seconds spent solving, scoring excluded.</summary>
    public required double SolveSeconds { get; init; }

    /// <summary>Seconds spent scoring and certifying.</summary>
    public required double CertifySeconds { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Worker threads, 1 to 256.</summary>
    public required int Threads { get; init; }

    /// <summary>The version of MeanField that made the run.</summary>
    public required string Version { get; init; }

    /// <summary>The game.</summary>
    public required GameRecord Game { get; init; }

    /// <summary>The solver and its options.</summary>
    public required SolverRecord Solver { get; init; }

    /// <summary>The certificate of the stored policy and mean field.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>The certificate of the last iterate; equal to <see cref="Certificate"/> when the best iterate is the last one.</summary>
    public required Certificate LastCertificate { get; init; }

    /// <summary>The mixture of the last inner iterates; <see langword="null"/> for exact solvers, and where it was not worked out.</summary>
    public required MixtureRecord? Mixture { get; init; }

    /// <summary>The certificates of the distinct equilibria found, the first found first, where there are several; empty otherwise. Their policies and
    /// mean fields are the rows of two files.</summary>
    public required IReadOnlyList<Certificate> Equilibria { get; init; }

    /// <summary>Simulator calls; all zero for exact solvers.</summary>
    public required SampleAccount Samples { get; init; }

    /// <summary>How a sample-based solver sampled, in one sentence; empty for exact solvers.</summary>
    public required string SamplingPlan { get; init; }

    /// <summary>The hash of the mean field that the trace measures distances to, 64 hexadecimal digits as in <see cref="Files"/> of the run it is from;
    /// <see langword="null"/> where there is none.</summary>
    public string? Reference { get; init; }

    /// <summary>The machine: operating system, runtime, processor count.</summary>
    public required HostRecord Host { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal of each file beside run.json, by file name.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>The version of this MeanField.</summary>
    internal static string CurrentVersion { get; } = typeof(RunRecord).Assembly.GetName().Version!.ToString(3);

    /// <summary>Records a solve. <see cref="Files"/> stays empty until the run is written.</summary>
    /// <param name="game">The game.</param>
    /// <param name="solver">The solver.</param>
    /// <param name="solution">What it found.</param>
    /// <param name="seed">The seed it was given.</param>
    /// <param name="threads">The worker threads it was given.</param>
    public static RunRecord Create(GameRecord game, SolverRecord solver, Solution solution, long seed, int threads)
    {
        ArgumentNullException.ThrowIfNull(solution);
        return new RunRecord
        {
            Status = solution.Status,
            Explanation = solution.Explanation,
            Iterations = solution.Iterations,
            BestIteration = solution.Best.Iteration,
            SolveSeconds = solution.SolveSeconds,
            CertifySeconds = solution.CertifySeconds,
            Seed = seed,
            Threads = threads,
            Version = CurrentVersion,
            Game = game,
            Solver = solver,
            Certificate = solution.Best.Certificate,
            LastCertificate = solution.Last.Certificate,
            Mixture = solution.Mixture is { } mixture ? MixtureRecord.Create(mixture) : null,
            Equilibria = [.. EquilibriaFiles.Of(solution).Select(equilibrium => equilibrium.Certificate)],
            Samples = solution.Samples,
            SamplingPlan = solution.SamplingPlan,
            Host = HostRecord.Current,
            Files = new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }
}
