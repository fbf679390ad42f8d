namespace MeanField.Experiments.Runs;

/// <summary>Simulator calls by purpose.</summary>
/// <param name="StateDrawing">Calls made to draw states.</param>
/// <param name="Rollout">Calls made in roll-outs.</param>
/// <param name="Population">Calls made to move particles.</param>
public sealed record SampleRecord(long StateDrawing, long Rollout, long Population)
{
    /// <summary>All calls.</summary>
    public long Total => StateDrawing + Rollout + Population;
}
