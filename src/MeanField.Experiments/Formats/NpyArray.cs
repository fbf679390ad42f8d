namespace MeanField.Experiments.Formats;

/// <summary>An array read from a <c>.npy</c> file.</summary>
/// <param name="Shape">The length of each dimension.</param>
/// <param name="Values">The values in C order (last index fastest), as many as the product of <paramref name="Shape"/>; owned by
/// the caller. NaN and infinities are kept: whoever knows what the numbers mean refuses them.</param>
public sealed record NpyArray(IReadOnlyList<int> Shape, double[] Values);
