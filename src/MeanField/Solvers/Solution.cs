using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>How a solve ended and what it found. Immutable.</summary>
public sealed record Solution
{
    /// <summary>How it ended.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>The status in one sentence with numbers, for people.</summary>
    public required string Explanation { get; init; }

    /// <summary>Outer iterations done.</summary>
    public required int Iterations { get; init; }

    /// <summary>The scored iterate with the smallest certified upper end of the regularised exploitability; of a solver that finds roots, the first
    /// root, which later scores equal but for rounding.</summary>
    public required Iterate Best { get; init; }

    /// <summary>The last iterate; the same object as <see cref="Best"/> when it is the best one.</summary>
    public required Iterate Last { get; init; }

    /// <summary>Every scored outer iteration, oldest first.</summary>
    public required IReadOnlyList<TraceRow> Trace { get; init; }

    /// <summary>The distinct equilibria found, the first found first, each certified within the tolerance. Empty for solvers that look for
    /// one.</summary>
    public IReadOnlyList<Iterate> Equilibria { get; init; } = [];

    /// <summary>Simulator calls; none for exact solvers.</summary>
    public SampleAccount Samples { get; init; }

    /// <summary>How a sample-based solver sampled, in one sentence with numbers; empty for exact solvers.</summary>
    public string SamplingPlan { get; init; } = "";

    /// <summary>The mixture of the last whole outer iteration's inner iterates; <see langword="null"/> for exact solvers, where there was no whole
    /// iteration or no time, and where they would not fit in half a gigabyte.</summary>
    public Mixture? Mixture { get; init; }

    /// <summary>Seconds spent solving, scoring excluded.</summary>
    public required double SolveSeconds { get; init; }

    /// <summary>Seconds spent scoring iterates, in the loop and at the end.</summary>
    public required double CertifySeconds { get; init; }
}
