using MeanField.Sampling;

namespace MeanField.Solvers;

/// <summary>How a solve that knows only a simulator ended and what it found. Nothing in it is proved. Immutable.</summary>
public sealed record SimulatorSolution
{
    /// <summary>How it ended; never <see cref="SolveStatus.Converged"/>, which would need a certificate.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>The status in one sentence with numbers, for people; for <see cref="SolveStatus.SimulatorFailed"/> what the simulator did,
    /// where and in which trajectory.</summary>
    public required string Explanation { get; init; }

    /// <summary>Outer iterations done.</summary>
    public required int Iterations { get; init; }

    /// <summary>The last whole iterate, or the start. There is no best one: nothing that is known without a kernel tells iterates apart, and a small
    /// population residual may be chance.</summary>
    public required SimulatorIterate Last { get; init; }

    /// <summary>The Markov policy of the uniform mixture of the last whole outer iteration's inner iterates; <see langword="null"/> where there was
    /// none, or where they would not fit in half a gigabyte.</summary>
    public required SimulatorIterate? Mixture { get; init; }

    /// <summary>Simulator calls, those of the final estimates in an account of their own.</summary>
    public required SampleAccount Samples { get; init; }

    /// <summary>How it sampled, in one sentence with numbers.</summary>
    public required string SamplingPlan { get; init; }

    /// <summary>Every outer iteration, oldest first.</summary>
    public required IReadOnlyList<SimulatorTraceRow> Trace { get; init; }

    /// <summary>Seconds spent solving, final estimates excluded.</summary>
    public required double SolveSeconds { get; init; }
}
