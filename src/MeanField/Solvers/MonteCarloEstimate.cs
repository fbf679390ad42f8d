using MeanField.Numerics;

namespace MeanField.Solvers;

/// <summary>
/// What a best deviation was seen to gain on average: an estimate, and no certificate. Nobody knows of a simulator whether the deviation found is the best
/// one; the exploitability may be larger. Immutable.
/// </summary>
public sealed record MonteCarloEstimate
{
    private const double Quantile975 = 1.959963984540054;

    /// <summary>The mean gain, unnormalised like exploitability; may be negative by chance.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard error of the mean.</summary>
    public required double StandardError { get; init; }

    /// <summary>Pairs of trajectories, deviation and policy with the same random numbers.</summary>
    public required int Trajectories { get; init; }

    /// <summary>The interval that contains the true mean gain of this deviation with a probability of about 95 percent.</summary>
    public Interval Confidence95 => new(Mean - (Quantile975 * StandardError), Mean + (Quantile975 * StandardError));

    /// <summary>The estimate from gains, at least two.</summary>
    internal static MonteCarloEstimate Of(ReadOnlySpan<double> gains)
    {
        var sum = default(CompensatedSum);
        foreach (var gain in gains)
        {
            sum.Add(gain);
        }

        var mean = sum.Value / gains.Length;
        var squares = default(CompensatedSum);
        foreach (var gain in gains)
        {
            squares.Add((gain - mean) * (gain - mean));
        }

        return new MonteCarloEstimate
        {
            Mean = mean,
            StandardError = Math.Sqrt(squares.Value / (gains.Length - 1) / gains.Length),
            Trajectories = gains.Length,
        };
    }
}
