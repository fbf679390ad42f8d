using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Cli;

public sealed class TensorBoardTests : IDisposable
{
    private const string Name = "events.out.tfevents.0.meanfield";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_row_of_the_trace_is_a_step_of_the_event_file()
    {
        var run = CommandRun.Of("solve", "crowd-grid", "--tensorboard", "--out", _folder.PathOf("run"));
        Assert.Equal(0, run.Code);
        Assert.Contains(Name, run.Out, StringComparison.Ordinal);
        var trace = StoredRun.Read(_folder.PathOf("run")).Trace;
        var events = TensorBoardReader.Read(File.ReadAllBytes(_folder.PathOf($"run/{Name}")));
        Assert.Equal(trace.Select(row => (long)row.Iteration), events.Skip(1).Select(step => step.Step));
        Assert.Equal(
            trace.Select(row => (float)row.Exploitability.Upper),
            events.Skip(1).Select(step => step.Values["exploitability/upper"])
        );
        Assert.DoesNotContain("population/referenceDistance", events[^1].Values.Keys);
        Assert.Equal(0, CommandRun.Of("certify", _folder.PathOf("run")).Code);
    }

    [Fact]
    public void Without_the_switch_there_is_no_event_file()
    {
        Assert.Equal(0, CommandRun.Of("solve", "crowd-grid", "--out", _folder.PathOf("run")).Code);
        Assert.False(File.Exists(_folder.PathOf($"run/{Name}")));
    }
}
