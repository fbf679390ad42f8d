namespace MeanField.Diagnostics;

/// <summary>A law with its image.</summary>
/// <param name="Law">μ by state; never changed.</param>
/// <param name="Image">Φ(μ) by state, as computed; never changed.</param>
/// <param name="Place">Where it comes from, for people.</param>
internal sealed record ImagePair(double[] Law, double[] Image, string Place)
{
    /// <summary>A bound on ‖Image − Φ(μ)‖₁, or NaN while nobody needed one.</summary>
    public double Error { get; set; } = double.NaN;
}
