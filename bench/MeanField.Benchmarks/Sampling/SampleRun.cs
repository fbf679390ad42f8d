namespace MeanField.Benchmarks.Sampling;

/// <summary>One solve, or one accuracy that a solve passed.</summary>
/// <param name="Variant">The method.</param>
/// <param name="Temperature">η.</param>
/// <param name="Target">ε, or the budget n.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Solve">The solve.</param>
internal sealed record SampleRun(SampleVariant Variant, double Temperature, double Target, int Seed, SampledSolve Solve)
{
    /// <summary>Samples when an iterate was first certified to have φ_η at most ε; infinite where none was within the limit.</summary>
    public double First { get; init; } = double.PositiveInfinity;

    /// <summary>Samples from when on every iterate was, up to the limit; infinite where the last one is not.</summary>
    public double Stays { get; init; } = double.PositiveInfinity;

    /// <summary>All samples of the solve.</summary>
    public double Spent { get; init; }

    /// <summary>The upper end of φ_η of the last whole outer iteration.</summary>
    public double Last { get; init; }

    /// <summary>The same of the mixture of the last inner iterates; infinite where there is none.</summary>
    public double Mixture { get; init; } = double.PositiveInfinity;

    /// <summary>Seconds of the solve on one thread, certificates excluded.</summary>
    public double Seconds { get; init; }
}
