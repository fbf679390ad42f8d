namespace MeanField.Diagnostics;

/// <summary>Assumption A-3, one recurrent class for every policy of full support, and how fast its chain mixes. Immutable.</summary>
public sealed record ChainReport
{
    /// <summary><see cref="AssumptionVerdict.Holds"/> where transitions do not depend on the mean field; otherwise only the uniform mean field and the
    /// fixed point found are examined.</summary>
    public required AssumptionVerdict Verdict { get; init; }

    /// <summary>Closed communicating classes of the union graph; A-3 asks for one. The larger number where two mean fields are examined.</summary>
    public required int RecurrentClasses { get; init; }

    /// <summary>States outside them, whose long-run share is 0.</summary>
    public required int TransientStates { get; init; }

    /// <summary>Two states of different classes, the witness of a violation, or empty.</summary>
    public required IReadOnlyList<int> SeparateStates { get; init; }

    /// <summary>The largest period of a class; 1 is aperiodic.</summary>
    public required int Period { get; init; }

    /// <summary>An estimate of |λ₂| of the chain at the fixed point, from the decay of a random change: the share of a disturbance that a step leaves.</summary>
    public required double SecondEigenvalue { get; init; }

    /// <summary>½ max ‖P(s, ·) − P(s', ·)‖₁ of that chain, at least |λ₂| but for rounding; <see langword="null"/> beyond 1000 states.</summary>
    public required double? Dobrushin { get; init; }
}
