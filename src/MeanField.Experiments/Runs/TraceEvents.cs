using MeanField.Experiments.Formats;
using MeanField.Solvers;

namespace MeanField.Experiments.Runs;

/// <summary>The trace of a run as an event file for TensorBoard, which grows with it: a step is an outer iteration. Values that are not finite are left
/// out, and so is the distance to a reference where there is none. Not safe for use from several threads at once.</summary>
public sealed class TraceEvents : IDisposable
{
    private readonly TensorBoardFile _file;
    private readonly TimeProvider _clock;

    internal TraceEvents(Stream stream, TimeProvider clock)
    {
        _clock = clock;
        _file = new TensorBoardFile(stream, Now);
    }

    private double Now => _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Writes a row.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Write(TraceRow row) =>
        _file.Write(Now, row.Iteration, Scalars(row).Where(scalar => double.IsFinite(scalar.Value)));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static IEnumerable<KeyValuePair<string, double>> Scalars(TraceRow row) =>
        [
            new("exploitability/upper", row.Exploitability.Upper),
            new("exploitability/lower", row.Exploitability.Lower),
            new("regularizedExploitability/upper", row.RegularizedExploitability.Upper),
            new("regularizedExploitability/lower", row.RegularizedExploitability.Lower),
            new("population/change", row.PopulationChange),
            new("population/gap", row.PopulationGap),
            new("population/step", row.PopulationStep),
            new("population/referenceDistance", row.ReferenceDistance),
            new("policy/kl", row.PolicyKl),
            new("policy/stepSize", row.StepSize),
            new("samples/total", row.Samples.Total),
            new("samples/stateDrawing", row.Samples.StateDrawing),
            new("samples/rollout", row.Samples.Rollout),
            new("samples/population", row.Samples.Population),
            new("time/seconds", row.Seconds),
        ];
}
