using System.Globalization;
using MeanField.Parameters;

namespace MeanField.Solvers;

/// <summary>When a solve ends and how often it is scored: the same words for every solver. All defaults are this project's own.</summary>
public abstract record SolverOptions
{
    /// <summary>K, outer iterations at most, at least 1. Default 2000.</summary>
    public int OuterIterations { get; init; } = 2000;

    /// <summary>The certified upper end of φ_η at which the solve ends, at least 0; 0 runs every iteration. Default 1e-6; 0.01 for
    /// sample-based solvers and 1e-8 for Newton's method.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Scores every so many outer iterations; 0 (default) is 1 up to 5000 states and 10 beyond.</summary>
    public int TraceEvery { get; init; }

    /// <summary>Scored iterations without an improvement of the best φ_η by one percent that end the solve; 0 never does. Default 200;
    /// 0 for Newton's method.</summary>
    public int StallAfter { get; init; } = 200;

    /// <summary>Seconds at most, scoring included; 0 (default) is no limit.</summary>
    public double TimeLimit { get; init; }

    /// <summary>The number of iterations, first in every listing.</summary>
    internal static ParameterDescription IterationsDescription { get; } =
        new("outer-iterations", ParameterKind.WholeNumber, "2000", "Outer iterations K at most.") { Minimum = 1 };

    /// <summary>The other options, last in every listing.</summary>
    /// <param name="tolerance">The default tolerance, as text.</param>
    /// <param name="stallAfter">The default of stall-after, as text.</param>
    internal static IReadOnlyList<ParameterDescription> LimitDescriptions(
        string tolerance = "1e-06",
        string stallAfter = "200"
    ) =>
        [
            new(
                "tolerance",
                ParameterKind.Number,
                tolerance,
                "Certified regularised exploitability to reach; 0 runs every iteration (ours)."
            )
            {
                Minimum = 0,
            },
            new(
                "trace-every",
                ParameterKind.WholeNumber,
                "0",
                "Score every so many outer iterations; 0: 1 up to 5000 states, else 10 (ours)."
            )
            {
                Minimum = 0,
            },
            new(
                "stall-after",
                ParameterKind.WholeNumber,
                stallAfter,
                "Scorings without 1 % improvement that end the solve; 0: never (ours)."
            )
            {
                Minimum = 0,
            },
            new("time-limit", ParameterKind.Number, "0", "Seconds at most, scoring included; 0: no limit (ours).")
            {
                Minimum = 0,
            },
        ];

    /// <summary>These options as checked values say, the others as they are.</summary>
    internal static TOptions ReadLimits<TOptions>(ParameterValues values, TOptions options)
        where TOptions : SolverOptions =>
        options with
        {
            OuterIterations = values.WholeNumber("outer-iterations"),
            Tolerance = values.Number("tolerance"),
            TraceEvery = values.WholeNumber("trace-every"),
            StallAfter = values.WholeNumber("stall-after"),
            TimeLimit = values.Number("time-limit"),
        };

    /// <summary>Refuses options that are out of their documented ranges.</summary>
    /// <exception cref="ArgumentException">The first option found out of range; the message says what was found and what is allowed.</exception>
    internal virtual void Check()
    {
        Require(OuterIterations >= 1, nameof(OuterIterations), OuterIterations, "at least 1");
        Require(
            Tolerance >= 0 && double.IsFinite(Tolerance),
            nameof(Tolerance),
            Tolerance,
            "a finite number of at least 0"
        );
        Require(TraceEvery >= 0, nameof(TraceEvery), TraceEvery, "at least 0");
        Require(StallAfter >= 0, nameof(StallAfter), StallAfter, "at least 0");
        Require(
            TimeLimit >= 0 && double.IsFinite(TimeLimit),
            nameof(TimeLimit),
            TimeLimit,
            "a finite number of at least 0"
        );
    }

    private protected static void Require(bool isInRange, string option, object? found, string allowed)
    {
        if (!isInRange)
        {
            throw new ArgumentOutOfRangeException(
                option,
                string.Create(CultureInfo.InvariantCulture, $"{option} is {found}; allowed: {allowed}")
            );
        }
    }
}
