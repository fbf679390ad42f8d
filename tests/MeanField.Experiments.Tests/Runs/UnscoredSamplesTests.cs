using MeanField.Experiments.Runs;
using MeanField.Experiments.Tests.Cli;
using MeanField.Experiments.Tests.Formats;

namespace MeanField.Experiments.Tests.Runs;

/// <summary>Samples of an iteration that did not come to its end are spent, though no line of the trace has them.</summary>
public sealed class UnscoredSamplesTests : IDisposable
{
    // An outer iteration of two inner ones takes 2 N resets at least: the budget ends within the third.
    private static readonly string[] Solve =
    [
        "solve",
        "crowd-grid",
        "--solver",
        "mf-trpo-sampled",
        "--set",
        "estimator=mean",
        "--set",
        "horizon=5",
        "--set",
        "trajectories=200",
        "--set",
        "inner-iterations=2",
        "--set",
        "sample-budget=80000",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void They_are_told_on_the_terminal_and_in_the_report_and_make_the_total()
    {
        var run = CommandRun.Of([.. Solve, "--out", _folder.Path]);
        Assert.Equal(3, run.Code);
        var stored = StoredRun.Read(_folder.Path);
        Assert.InRange(stored.UnscoredSamples, 1, 79999);
        Assert.Equal(stored.Record.Samples.Total, stored.Trace[^1].Samples.Total + stored.UnscoredSamples);
        Assert.Contains("in an iteration that did not end", run.Out, StringComparison.Ordinal);
        Assert.Contains(
            "in an unfinished iteration",
            File.ReadAllText(_folder.PathOf("report.html")),
            StringComparison.Ordinal
        );
        Assert.True(RunCertification.Check(_folder.Path).Holds);
    }

    [Fact]
    public void A_total_below_what_the_trace_has_is_found()
    {
        CommandRun.Of([.. Solve, "--out", _folder.Path]);
        var forger = new Forger(_folder, StoredRun.Read(_folder.Path).Record);
        forger.Forge(record => record with { Samples = record.Samples with { Rollout = 1 } });
        Assert.Contains(
            "trace.csv, run.json: found fewer samples than before; expected as many or more",
            RunCertification.Check(_folder.Path).Findings
        );
    }

    public void Dispose() => _folder.Dispose();
}
